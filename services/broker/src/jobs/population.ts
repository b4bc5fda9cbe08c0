/**
 * Who or what a table counts, and the names under which the ledger keeps such tables together.
 *
 * All tables of persons under one agreement share one ledger, whatever their population: "residents" and "everybody,
 * of whom residents" are the same people, and an attacker would ask for both. A population is therefore a condition
 * like any other, an axis with a single category.
 * @module
 */
import type { ExtractId, Population } from '@kruispunt/contracts'
import type { Axis, Unit } from '@kruispunt/disclosure'
import type { CountQuery } from '@kruispunt/engine'
import { extractOfDataset, type JobPlan } from './job-plan.ts'
import { membershipOf } from './job-tables.ts'
import { refuseUnless } from './problems.ts'
import { memberName, type Variable } from './variables.ts'

export type CountedPopulation = {
  readonly population: Population
  readonly unit: Unit
  /** Tables with the same key are about the same units. */
  readonly ledgerKey: string
  /** The condition to be one of them, as disclosure control sees it. */
  readonly condition: Axis | undefined
  readonly query: Pick<CountQuery, 'unit' | 'recordTable' | 'population'>
  /** Whether a variable says one thing of each unit. */
  readonly canBeCrossedWith: (variable: Variable) => boolean
  /** Nobody of the population is outside these datasets' deliveries. */
  readonly within: string | undefined
  /** Everyone in the population is in at least one of these deliveries. */
  readonly extractIds: readonly ExtractId[]
}

/** The condition of being in a delivery, or in any of several; see `memberName` and {@link everybodyName}. */
export const isInAny = (dimension: string): Axis => ({ dimension, leaves: 2, nodes: [{ code: 'yes', leaves: [1] }] })

/** The variable "is in any of the deliveries of this job". */
export const everybodyName = (plan: JobPlan): string => `everybody@${plan.release}`

/** @throws JobError `column_not_requested`, `population_not_countable` */
export function countedPopulation(plan: JobPlan, id: string): CountedPopulation {
  const population = plan.agreement.populations.find((candidate) => candidate.id === id)
  if (!population) throw new Error('a table without its population')
  const planned = population.dataset === null ? undefined : extractOfDataset(plan, population.dataset)
  refuseUnless(population.dataset === null || planned !== undefined, 'column_not_requested')

  if (population.unit === 'records') {
    refuseUnless(planned?.dataset.grain === 'record', 'population_not_countable')
    const { dataset, extract } = planned
    return {
      population,
      unit: 'records',
      ledgerKey: `records@${extract.extractId}`,
      condition: undefined,
      query: { unit: 'records', recordTable: dataset.id, population: {} },
      canBeCrossedWith: ({ recordsOf }) => recordsOf === undefined || recordsOf === dataset.id,
      within: dataset.id,
      extractIds: [extract.extractId],
    }
  }
  const membership = planned && { party: membershipOf(plan, planned.dataset.id), present: true }
  const { unit } = population
  return {
    population,
    unit,
    ledgerKey: unit,
    condition: isInAny(planned ? memberName([planned]) : everybodyName(plan)),
    query: { unit, population: membership ? { memberships: [membership] } : {} },
    canBeCrossedWith: ({ recordsOf }) => recordsOf === undefined,
    within: planned?.dataset.id,
    extractIds: (planned ? [planned] : plan.extracts).map(({ extract }) => extract.extractId),
  }
}
