/**
 * The process in which disclosure control works: its solver holds a thread for seconds, and the broker has nodes waiting.
 * A process and not a thread, because one that must be ended while the solver runs can then take nothing else with it.
 * @module
 */
import {
  DisclosureError,
  type JointQuestion,
  type Outcome,
  protectSums,
  protectTables,
  type SumMeasure,
  type SumsOutcome,
  type TrueTable,
} from '@kruispunt/disclosure'

export type ProtectOrder = {
  readonly question: Omit<JointQuestion, 'deadlineMs' | 'now'>
  /** Amounts beside the counts of `table`, which has the cells of the question's only one. */
  readonly sums?: { readonly table: TrueTable; readonly measures: readonly SumMeasure[] }
  readonly withinMs: number
}
/** `outcomes`: one for each table. `sums`: one for each measure, when the table is answered. */
export type Protected = { readonly outcomes: readonly Outcome[]; readonly sums: readonly SumsOutcome[] }
export type ProtectReply = Protected | { readonly refused: DisclosureError['code'] }

async function protect({ question, sums, withinMs }: ProtectOrder): Promise<ProtectReply> {
  const now = () => performance.now()
  const limits = { now, deadlineMs: now() + withinMs }
  try {
    const outcomes = await protectTables({ ...question, ...limits })
    const [first] = outcomes
    if (sums === undefined || first?.outcome !== 'answered') return { outcomes, sums: [] }
    const { rules, secret } = question
    const counts = { table: sums.table, cells: first.cells }
    return { outcomes, sums: await protectSums({ counts, measures: sums.measures, rules, secret, ...limits }) }
  } catch (error) {
    if (error instanceof DisclosureError) return { refused: error.code }
    throw error
  }
}

process.on('message', (order: ProtectOrder) => {
  // What is not foreseen ends the process; whoever waits is told that nothing is known about the answer.
  void protect(order).then((reply) => process.send?.(reply))
})
// Without a broker nobody waits for an answer.
process.on('disconnect', () => process.exit())
