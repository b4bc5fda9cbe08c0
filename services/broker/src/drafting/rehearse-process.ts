/**
 * The process in which one rehearsal runs: its solver holds a thread for seconds, and the broker has nodes waiting. Gets one order,
 * gives one answer, and ends.
 * @module
 */
import type { AgreementDocument, Rehearsal } from '@kruispunt/contracts'
import { JobError, type JobErrorCode } from '../jobs/problems.ts'
import { rehearse } from '../jobs/rehearsal.ts'

export type RehearseOrder = {
  readonly document: AgreementDocument
  readonly table: string
  readonly dimensions: readonly string[]
  readonly persons: number
  readonly draws: number
}
export type RehearseReply = Rehearsal | { readonly refusedAs: JobErrorCode }

async function answer({ document, table: id, dimensions, persons, draws }: RehearseOrder): Promise<RehearseReply> {
  const table = document.tables.find((one) => one.id === id)
  if (table === undefined) return { refusedAs: 'table_unknown' }
  try {
    const sizes = { persons: { [table.population]: persons } }
    const settings = { draws, now: () => performance.now() }
    const { cells, withheldShare, refused, advice } = await rehearse(document, table, dimensions, sizes, settings)
    return { cells, withheldShare, refused, draws, advice: [...advice] }
  } catch (error) {
    if (error instanceof JobError) return { refusedAs: error.code }
    throw error
  }
}

process.once('message', (order: RehearseOrder) => {
  // What is not foreseen ends the process; whoever waits is told that nothing came of it.
  void answer(order).then((reply) => process.send?.(reply, () => process.exit()))
})
process.on('disconnect', () => process.exit())
