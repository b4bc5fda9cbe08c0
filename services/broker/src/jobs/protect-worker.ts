/**
 * The thread in which disclosure control works: its solver holds a thread for seconds, and the broker has nodes waiting.
 * @module
 */
import { parentPort } from 'node:worker_threads'
import {
  DisclosureError,
  type Outcome,
  protectSums,
  protectTable,
  type Question,
  type SumMeasure,
  type SumsOutcome,
  type TrueTable,
} from '@kruispunt/disclosure'

export type ProtectOrder = {
  readonly question: Omit<Question, 'deadlineMs' | 'now'>
  /** Amounts beside the counts of `table`, which has the cells of the question's. */
  readonly sums?: { readonly table: TrueTable; readonly measures: readonly SumMeasure[] }
  readonly withinMs: number
}
/** `sums`: one for each measure, when the table is answered. */
export type Protected = { readonly outcome: Outcome; readonly sums: readonly SumsOutcome[] }
export type ProtectReply = Protected | { readonly refused: DisclosureError['code'] }

async function protect({ question, sums, withinMs }: ProtectOrder): Promise<ProtectReply> {
  const now = () => performance.now()
  const limits = { now, deadlineMs: now() + withinMs }
  try {
    const outcome = await protectTable({ ...question, ...limits })
    if (outcome.outcome === 'refused' || sums === undefined) return { outcome, sums: [] }
    const { rules, secret } = question
    const counts = { table: sums.table, cells: outcome.cells }
    return { outcome, sums: await protectSums({ counts, measures: sums.measures, rules, secret, ...limits }) }
  } catch (error) {
    if (error instanceof DisclosureError) return { refused: error.code }
    throw error
  }
}

parentPort?.on('message', (order: ProtectOrder) => {
  // What is not foreseen ends the thread; whoever waits is told that nothing is known about the answer.
  void protect(order).then((reply) => parentPort?.postMessage(reply))
})
