/**
 * The process in which disclosure control works: its solver holds a thread for seconds, and the broker has nodes waiting.
 * A process and not a thread, because one that must be ended while the solver runs can then take nothing else with it.
 * @module
 */
import {
  type CellState,
  countsAfterSums,
  DisclosureError,
  type EmptyPlace,
  type JointQuestion,
  type Outcome,
  protectSums,
  protectTables,
  type SumsOutcome,
  type TrueTable,
} from '@kruispunt/disclosure'
import type { OwnedMeasure } from './sums-question.ts'

export type ProtectOrder = {
  readonly question: Omit<JointQuestion, 'deadlineMs' | 'now'>
  /** Amounts beside the counts of `table`, which has the cells of the question's only one. */
  readonly sums?: {
    readonly table: TrueTable
    readonly measures: readonly OwnedMeasure[]
    readonly empty: readonly EmptyPlace[]
  }
  readonly withinMs: number
}
export type Protected = {
  /** One for each table. */
  readonly outcomes: readonly Outcome[]
  /** One for each measure, when the table is answered. */
  readonly sums: readonly SumsOutcome[]
}
export type ProtectReply = Protected | { readonly refused: DisclosureError['code'] }

async function protect({ question, sums, withinMs }: ProtectOrder): Promise<ProtectReply> {
  const now = () => performance.now()
  const limits = { now, deadlineMs: now() + withinMs }
  try {
    const outcomes = await protectTables({ ...question, ...limits })
    const [outcome] = outcomes
    if (sums === undefined || outcome?.outcome !== 'answered') return { outcomes, sums: [] }
    return { outcomes, sums: await protectAmounts(question, sums, outcome.cells, limits) }
  } catch (error) {
    if (error instanceof DisclosureError) return { refused: error.code }
    throw error
  }
}

/** Amounts on top of counts; the counts are judged beside them once more, next to everything that was answered before. */
async function protectAmounts(
  { tables, earlier, whole, rules, secret }: ProtectOrder['question'],
  { table, measures, empty }: NonNullable<ProtectOrder['sums']>,
  cells: readonly CellState[],
  limits: { readonly now: () => number; readonly deadlineMs: number },
): Promise<readonly SumsOutcome[]> {
  const outcomes = await protectSums({ counts: { table, cells }, measures, empty, rules, secret, ...limits })
  const shown = measures.flatMap((measure, at) => {
    const outcome = outcomes[at]
    if (outcome?.outcome !== 'answered') return []
    const now = { axes: table.axes, cells: outcome.cells, recounted: measure.cells }
    return [{ ...measure, earlier: [...(measure.earlier ?? []), now] }]
  })
  if (shown.length < measures.length) return outcomes
  const counts = tables.map((each) => ({ table: each, cells }))
  const known = { earlier, ...(whole ? { whole } : {}) }
  const verdict = await countsAfterSums({ counts, ...known, measures: shown, rules, ...limits })
  return verdict === 'open' ? outcomes : measures.map(({ id }) => ({ measure: id, outcome: 'refused', code: verdict }))
}

process.on('message', (order: ProtectOrder) => {
  // What is not foreseen ends the process; whoever waits is told that nothing is known about the answer.
  void protect(order).then((reply) => process.send?.(reply))
})
// Without a broker nobody waits for an answer.
process.on('disconnect', () => process.exit())
