/**
 * Which remembered answers bear on a new one.
 * @module
 */
import type { ExtractId } from '@kruispunt/contracts'
import type { Axis } from '@kruispunt/disclosure'
import type { JobPlan } from './job-plan.ts'
import type { LedgerAnswer } from './ledger.ts'

/** The deliveries that a job counts. */
export const deliveriesOf = (plan: JobPlan): LedgerAnswer['deliveries'] =>
  plan.extracts.map(({ extract, dataset }) => ({ dataset: dataset.id, extractId: extract.extractId }))

/** The deliveries that a table was read from, as the names of its variables say. */
export const sourcesOf = (
  axes: readonly Axis[],
  { release, deliveries }: Pick<LedgerAnswer, 'release' | 'deliveries'>,
): readonly string[] =>
  axes.flatMap(({ dimension }) => {
    const of = dimension.slice(dimension.indexOf('@') + 1)
    return of === release ? deliveries.map(({ extractId }) => extractId) : of.split('+')
  })

/** Sums are of amounts in the dataset that the population is within. */
export function deliveryOfSums(
  { agreement }: Pick<JobPlan, 'agreement'>,
  { population: id, deliveries }: Pick<LedgerAnswer, 'population' | 'deliveries'>,
): ExtractId | undefined {
  const within = agreement.populations.find((population) => population.id === id)?.dataset
  return deliveries.find(({ dataset }) => dataset === within)?.extractId
}

/**
 * Answers read from any of these deliveries, or from one that such an answer was read from too. The others tie nothing
 * down here.
 */
export function connected(answers: readonly LedgerAnswer[], extractIds: readonly string[]): readonly LedgerAnswer[] {
  const reached = new Set(extractIds)
  const found = new Set<LedgerAnswer>()
  for (let grows = true; grows; ) {
    grows = false
    for (const answer of answers) {
      if (found.has(answer)) continue
      const sources = sourcesOf(answer.table.axes, answer)
      if (!sources.some((source) => reached.has(source))) continue
      found.add(answer)
      for (const source of sources) reached.add(source)
      grows = true
    }
  }
  return answers.filter((answer) => found.has(answer))
}

type Deliveries = Pick<LedgerAnswer, 'deliveries'>

/**
 * Whether two answers counted the same deliveries as far as both counted a dataset: a request for fewer datasets is no
 * new release, or leaving one out would be a way to a fresh question budget.
 */
export function sameDeliveries(a: Deliveries, b: Deliveries): boolean {
  const versions = new Map(a.deliveries.map(({ dataset, extractId }) => [dataset, extractId]))
  const both = b.deliveries.filter(({ dataset }) => versions.has(dataset))
  return both.length > 0 && both.every(({ dataset, extractId }) => versions.get(dataset) === extractId)
}
