/**
 * The process in which disclosure control works: its solver holds a thread for seconds, and the broker has nodes waiting.
 * A process and not a thread, because one that must be ended while the solver runs can then take nothing else with it.
 * @module
 */
import {
  type CellState,
  type CountsAfterSumsQuestion,
  countsAfterSums,
  DisclosureError,
  type EarlierTable,
  type EmptyPlace,
  type JointQuestion,
  type Outcome,
  protectSums,
  protectTables,
  type RefusalCode,
  type SumMeasure,
  type SumsOutcome,
  type TrueTable,
} from '@kruispunt/disclosure'

/** Sums that were shown before, beside which counts are judged. */
export type ShownSums = {
  /** The tables asked now, in their order. */
  readonly tables: readonly TrueTable[]
  /** Tables of before that the job can count, with what was decided about them. */
  readonly counts: CountsAfterSumsQuestion['counts']
  readonly measures: CountsAfterSumsQuestion['measures']
  /** What else is known of counts. */
  readonly known: readonly EarlierTable[]
}

export type ProtectOrder = {
  readonly question: Omit<JointQuestion, 'deadlineMs' | 'now'>
  /** Amounts beside the counts of `table`, which has the cells of the question's only one. */
  readonly sums?: {
    readonly table: TrueTable
    readonly measures: readonly SumMeasure[]
    readonly empty: readonly EmptyPlace[]
  }
  /** Sums that were shown before. */
  readonly shown?: ShownSums
  readonly withinMs: number
}
export type Protected = {
  /** One for each table. */
  readonly outcomes: readonly Outcome[]
  /** Whether sums of before give nothing of these tables away; `open` too where a table is refused anyway. */
  readonly besideSums: 'open' | RefusalCode
  /** One for each measure, when the table is answered. */
  readonly sums: readonly SumsOutcome[]
}
export type ProtectReply = Protected | { readonly refused: DisclosureError['code'] }

async function protect({ question, sums, shown, withinMs }: ProtectOrder): Promise<ProtectReply> {
  const now = () => performance.now()
  const limits = { now, deadlineMs: now() + withinMs }
  const { rules, secret } = question
  try {
    const outcomes = await protectTables({ ...question, ...limits })
    const decided: (readonly CellState[])[] = []
    for (const outcome of outcomes) if (outcome.outcome === 'answered') decided.push(outcome.cells)
    const none = { outcomes, besideSums: 'open', sums: [] } as const
    const [cells] = decided
    if (cells === undefined || decided.length < outcomes.length) return none
    if (shown) {
      const counts = shown.tables.map((table, at) => ({ table, cells: decided[at] ?? [] }))
      const { measures, known } = shown
      const besideSums = await countsAfterSums({
        counts: [...counts, ...shown.counts],
        measures,
        known,
        rules,
        ...limits,
      })
      if (besideSums !== 'open') return { ...none, besideSums }
    }
    if (sums === undefined) return none
    const { table, ...amounts } = sums
    return { ...none, sums: await protectSums({ counts: { table, cells }, ...amounts, rules, secret, ...limits }) }
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
