/**
 * Sums that were shown before, as they bear on counts asked now: where there is a sum there is somebody, and nobody has more than
 * the public upper bound.
 * @module
 */
import type { CountsAfterSumsQuestion } from '@kruispunt/disclosure'
import type { AtHand } from './at-hand.ts'
import { tableBeside } from './count-sums.ts'
import { deliveriesOf, sameDeliveries } from './earlier-answers.ts'
import type { JobPlan } from './job-plan.ts'
import type { LedgerAnswer } from './ledger.ts'
import { type AskedMeasure, askedMeasure } from './measures.ts'
import type { ShownSums } from './protect-process.ts'
import { sumsQuestion } from './sums-question.ts'

/** @returns nothing if no sum was shown; `unknown` if the job cannot count what it takes to judge */
export function shownSums(
  plan: JobPlan,
  { asked, facts, earlier, bearing }: AtHand,
): ShownSums | 'unknown' | undefined {
  const measures = shownMeasures(
    plan,
    bearing.map(({ answer }) => answer),
  )
  if (measures.length === 0) return undefined
  const counts: CountsAfterSumsQuestion['counts'][number][] = []
  const known = [...facts]
  for (const [at, { answer }] of bearing.entries()) {
    const table = earlier[at]
    if (!table) throw new Error('an answer without its table')
    const { recounted, cells, ...shape } = table
    if (recounted) counts.push({ table: tableBeside({ ...shape, cells: recounted }), cells })
    // Whoever opens fewer columns must not get what he would not get otherwise. Deliveries of before cannot be opened any more:
    // what was shown of them counts, what was hidden there was judged when it was asked.
    else if (
      sameDeliveries(answer, { deliveries: deliveriesOf(plan) }) &&
      cells.some(({ state }) => state === 'withheld')
    )
      return 'unknown'
    else known.push(table)
  }
  const [{ table }] = asked
  return {
    tables: asked.map((each) => tableBeside(each.table)),
    counts,
    measures: sumsQuestion(
      table,
      measures.map((measure) => ({ asked: measure, cells: [] })),
      bearing,
      facts,
    ).measures,
    known,
  }
}

function shownMeasures({ agreement }: JobPlan, answers: readonly LedgerAnswer[]): AskedMeasure[] {
  const found = new Map<string, AskedMeasure>()
  for (const { population: id, sums } of answers) {
    const population = agreement.populations.find((candidate) => candidate.id === id)
    const dataset = agreement.datasets.find((candidate) => candidate.id === population?.dataset)
    for (const { measure } of sums) {
      const listed = dataset?.measures?.find((candidate) => candidate.id === measure)
      if (!dataset || !listed || !population) throw new Error('a sum without its measure')
      found.set(measure, askedMeasure(dataset, listed, population.unit))
    }
  }
  return [...found.values()]
}
