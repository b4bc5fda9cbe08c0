/**
 * Which conditions all tables of one check have in common, so that disclosure control need not carry them.
 * @module
 */
import type { DisplayedLinkageReport } from '@kruispunt/linkage/broker'
import { type Delivery, extractOfDataset, type JobPlan } from './job-plan.ts'
import { membershipOf } from './job-tables.ts'
import { type CountedPopulation, everybodyName, isInAny } from './population.ts'
import type { Conditions } from './shared-condition.ts'
import { dimensionName } from './variables.ts'

/** @param sources - ids of all deliveries that the tables were read from */
export function conditionsOf(
  plan: JobPlan,
  population: CountedPopulation,
  sources: ReadonlySet<string>,
  shown: DisplayedLinkageReport,
): Conditions {
  const opened = new Map<string, Delivery>(plan.extracts.map((planned) => [planned.extract.extractId, planned]))
  const isWithin = [...sources].every((source) => opened.has(source))
  const own = extractOfDataset(plan, population.within ?? '')
  const label = own && membershipOf(plan, own.dataset.id)
  // Each header tells how many its delivery holds, so whoever learns how many of them are in the population learns how
  // many are not. Where that may be seen, the report shows it, and those outside may be left out of account; where it
  // does not, they have to stay in.
  // Of households nobody is told how many are outside.
  const isOpenOutside =
    population.unit !== 'households' &&
    [...sources].every((source) => {
      const other = opened.get(source)
      if (source === own?.extract.extractId) return true
      const labels = other && [label, membershipOf(plan, other.dataset.id)]
      const pair = shown.pairs.find(({ parties }) =>
        labels?.every((each) => each !== undefined && parties.includes(each)),
      )
      return pair !== undefined && pair.linked !== null
    })
  const isEverybody = own === undefined
  return {
    population: isEverybody || isOpenOutside ? population.condition : undefined,
    inside: new Set(own?.dataset.dimensions.map(({ id }) => dimensionName(id, own)) ?? []),
    // Whoever is in any of this job's deliveries is one of everybody.
    met: population.unit !== 'records' && isWithin ? isInAny(everybodyName(plan)) : undefined,
  }
}
