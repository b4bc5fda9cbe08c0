/**
 * Sums that were shown before, as they bear on counts asked now: where there is a sum there is somebody, and nobody has more than
 * the public upper bound.
 * @module
 */
import type { AtHand } from './at-hand.ts'
import { deliveriesOf, sameDeliveries } from './earlier-answers.ts'
import type { JobPlan } from './job-plan.ts'
import { type AskedMeasure, askedMeasure } from './measures.ts'
import { type Bearing, type OwnedMeasure, sumsQuestion } from './sums-question.ts'

/** @returns nothing if no sum was shown; `unknown` if the job cannot count what it takes to judge */
export function shownSums(
  plan: JobPlan,
  { asked: tables, facts, earlier, bearing }: AtHand,
): readonly OwnedMeasure[] | 'unknown' | undefined {
  const measures = shownMeasures(plan, bearing)
  if (measures.length === 0) return undefined
  // Whoever opens fewer columns must not get what he would not get otherwise. Deliveries of before cannot be opened any more:
  // what was shown of them counts, what was hidden there was judged when it was asked.
  const isUnknown = bearing.some(
    ({ answer }, at) =>
      earlier[at]?.recounted === undefined &&
      sameDeliveries(answer, { deliveries: deliveriesOf(plan) }) &&
      answer.table.cells.some(({ state }) => state === 'withheld'),
  )
  if (isUnknown) return 'unknown'
  const [{ table }] = tables
  const asked = measures.map((measure) => ({ asked: measure, cells: [] }))
  return sumsQuestion(table, asked, bearing, facts).measures
}

/** Each measure of each delivery once. */
function shownMeasures({ agreement }: JobPlan, bearing: readonly Bearing[]): AskedMeasure[] {
  const found = new Map<string, AskedMeasure>()
  for (const { answer, source } of bearing) {
    const population = agreement.populations.find(({ id }) => id === answer.population)
    const dataset = agreement.datasets.find(({ id }) => id === population?.dataset)
    for (const { measure } of answer.sums) {
      const listed = dataset?.measures?.find(({ id }) => id === measure)
      if (!dataset || !listed || !population || !source) throw new Error('a sum without its measure')
      found.set(`${source} ${measure}`, askedMeasure(dataset, source, listed, population.unit))
    }
  }
  return [...found.values()]
}
