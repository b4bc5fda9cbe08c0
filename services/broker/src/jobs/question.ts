/**
 * A question checked against the agreement and the job, and brought into the form in which it is remembered: the order
 * of axes, of filters and of their categories is lost, and so is a filter that filters nothing.
 * @module
 */
import type { AllowedTable, CrossTabRequest } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import { chosenLevels, filteredLeaves, outside, type ShownAxis, shownAxis } from './axes.ts'
import type { JobPlan } from './job-plan.ts'
import type { CanonicalQuestion } from './ledger.ts'
import { type AskedMeasure, askedMeasures } from './measures.ts'
import { type CountedPopulation, countedPopulation } from './population.ts'
import { JobError, refuseUnless } from './problems.ts'
import { type Variable, variableOf } from './variables.ts'

export type Filter = { readonly variable: Variable; readonly leaves: readonly number[] }

export type CheckedQuestion = {
  readonly table: AllowedTable
  readonly population: CountedPopulation
  /** By id of the variable. */
  readonly axes: readonly ShownAxis[]
  /** Every filter, by id of the variable, those on a shown variable among them. */
  readonly filters: readonly Filter[]
  /** By id. */
  readonly measures: readonly AskedMeasure[]
  readonly canonical: CanonicalQuestion
  /** Hash of the agreement and the canonical question. */
  readonly tableHash: string
}

/** More cells than anybody reads, and than the attacker can be asked about in time. */
const mostCells = 20_000
/** Of one variable; the engine counts no more at once. */
const mostLeaves = 4096

const byId = (a: { readonly variable: Variable }, b: { readonly variable: Variable }) =>
  a.variable.id < b.variable.id ? -1 : 1

/** @throws {@link JobError} with the code of the first rule the question breaks */
export function checkQuestion(plan: JobPlan, asked: CrossTabRequest): CheckedQuestion {
  const table = plan.agreement.tables.find(({ id }) => id === asked.table)
  refuseUnless(table !== undefined, 'table_unknown')
  const wanted = [...asked.rows, ...asked.columns]
  refuseUnless(distinct(wanted) && distinct(asked.filters), 'dimension_repeated')
  refuseUnless(wanted.length <= table.maxDimensions, 'too_many_dimensions')
  refuseUnless(
    wanted.every(({ dimension }) => table.dimensions.includes(dimension)),
    'dimension_not_allowed',
  )
  refuseUnless(
    asked.filters.every(({ dimension }) => table.filters.includes(dimension)),
    'filter_not_allowed',
  )
  const population = countedPopulation(plan, table.population)
  const measures = askedMeasures(plan, table, population, asked.measures)
  const variable = (id: string): Variable => {
    const found = variableOf(plan, id)
    refuseUnless(population.canBeCrossedWith(found), 'population_not_countable')
    refuseUnless(found.leaves <= mostLeaves, 'table_too_large')
    return found
  }
  const filters = asked.filters
    .map(({ dimension, codes }) => {
      const found = variable(dimension)
      return { variable: found, leaves: filteredLeaves(found, codes, population) }
    })
    .filter((filter): filter is Filter => filter.leaves !== undefined)
    .toSorted(byId)
  const axes = wanted
    .map(({ dimension, levels }) => {
      const found = variable(dimension)
      const filter = filters.find(({ variable }) => variable.id === dimension)?.leaves
      // Membership of the population itself may be asked as a dimension: then it is the condition.
      const leaves = population.condition?.dimension === found.name ? [1] : filter
      const chosen = chosenLevels(found, levels)
      return { ...shownAxis(found, chosen, leaves, population), levels: chosen }
    })
    .toSorted(byId)
  const cells = axes.reduce((product, { nodes }) => product * nodes.length, 1)
  if (cells > mostCells) throw new JobError('table_too_large')

  const canonical: CanonicalQuestion = {
    table: table.id,
    axes: axes.map(({ variable, levels }) => ({ dimension: variable.id, levels })),
    filters: filters.map(({ variable, leaves }) => ({
      dimension: variable.id,
      codes: leaves.map((leaf) => finestCode(variable.levels.at(-1)?.categories ?? [], leaf) ?? outside),
    })),
    ...(measures.length === 0 ? {} : { measures: measures.map(({ measure }) => measure.id) }),
  }
  const tableHash = documentHash('question', { agreement: plan.agreementId, question: canonical })
  return { table, population, axes, filters, measures, canonical, tableHash }
}

const distinct = (list: readonly { readonly dimension: string }[]) =>
  new Set(list.map(({ dimension }) => dimension)).size === list.length

const finestCode = (
  categories: readonly { readonly code: string; readonly leaves: readonly number[] }[],
  leaf: number,
): string | undefined => categories.find(({ leaves }) => leaves.includes(leaf))?.code

/** A remembered question, asked again in a job; its axes in the order in which they are remembered. */
export const asRequest = ({ table, axes, filters, measures }: CanonicalQuestion): CrossTabRequest => ({
  table,
  rows: axes.map(({ dimension, levels }) => ({ dimension, levels: [...levels] })),
  columns: [],
  filters: filters.map(({ dimension, codes }) => ({ dimension, codes: [...codes] })),
  ...(measures ? { measures: [...measures] } : {}),
})
