/**
 * Amounts that a question may have added up, and what everybody knows of one unit's amount.
 * @module
 */
import {
  type AllowedTable,
  amountBounds,
  type Dataset,
  type ExtractId,
  type Measure,
  type PartyId,
  type Population,
} from '@kruispunt/contracts'
import { extractOfDataset, type JobPlan } from './job-plan.ts'
import type { CountedPopulation } from './population.ts'
import { JobError, refuseUnless } from './problems.ts'

export type AskedMeasure = {
  readonly measure: Measure
  /** The delivery that the amounts stand in: the next one may give the same person another. */
  readonly source: ExtractId
  /** Who delivers it, and so knows every amount. */
  readonly owner: PartyId
  /** The engine's record table that the amounts stand in; absent when persons have them. */
  readonly recordTable: string | undefined
  /** Of one unit that is counted, in the smallest unit. */
  readonly bounds: { readonly lower: number; readonly upper?: number }
}

/** By id. @throws {@link JobError} `measure_not_allowed`, `column_not_requested` */
export function askedMeasures(
  plan: JobPlan,
  table: AllowedTable,
  population: CountedPopulation,
  asked: readonly string[] = [],
): readonly AskedMeasure[] {
  refuseUnless(
    new Set(asked).size === asked.length &&
      // Exact sums beside counts that are not would give the errors away.
      (asked.length === 0 || (population.population.answers?.kind ?? 'suppression') === 'suppression') &&
      asked.every((id) => table.measures?.includes(id)),
    'measure_not_allowed',
  )
  return asked.toSorted().map((id): AskedMeasure => {
    const planned = population.within === undefined ? undefined : extractOfDataset(plan, population.within)
    const measure = planned?.dataset.measures?.find((listed) => listed.id === id)
    refuseUnless(
      planned !== undefined && measure !== undefined && population.unit !== 'households',
      'measure_not_allowed',
    )
    if (!planned.columns.some(({ name }) => name === id)) throw new JobError('column_not_requested')
    const asked = askedMeasure(planned.dataset, planned.extract.extractId, measure, population.unit)
    // Nothing bounds such a total from below where amounts are negative.
    const isTotal = asked.recordTable !== undefined && population.unit === 'persons'
    refuseUnless(!isTotal || asked.bounds.lower === 0, 'measure_not_allowed')
    return asked
  })
}

/**
 * @param dataset - where the measure stands
 * @param source - the delivery of it
 */
export function askedMeasure(
  dataset: Dataset,
  source: ExtractId,
  measure: Measure,
  unit: Population['unit'],
): AskedMeasure {
  const { lowest, highest } = amountBounds(measure)
  const ofRecords = dataset.grain === 'record'
  // A person may have any number of records: nothing bounds the total from above.
  const isTotal = ofRecords && unit === 'persons'
  return {
    measure,
    source,
    owner: dataset.party,
    recordTable: ofRecords ? dataset.id : undefined,
    // Nobody need have an amount, so 0 is always within bounds.
    bounds: { lower: Math.min(0, lowest), ...(isTotal || highest <= 0 ? {} : { upper: highest }) },
  }
}
