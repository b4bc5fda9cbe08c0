/**
 * A checked question counted: the true table, as disclosure control takes it.
 * @module
 */
import type { Axis, TrueCell, TrueTable } from '@kruispunt/disclosure'
import type { CountQuery } from '@kruispunt/engine'
import { filterAxis, protectedAxis } from './axes.ts'
import type { OpenJob } from './open-job.ts'
import { refuseUnless } from './problems.ts'
import type { CheckedQuestion, Filter } from './question.ts'
import { structuralZeros } from './structural-zeros.ts'

/** Filters on variables that are not shown; those on shown ones are in their nodes already. */
const hiddenFilters = ({ axes, filters }: CheckedQuestion): readonly Filter[] =>
  filters.filter(({ variable }) => !axes.some((axis) => axis.variable.id === variable.id))

/** Axes as disclosure control sees them: those shown, then hidden filters, then the population's condition. */
export function allAxes(question: CheckedQuestion): Axis[] {
  const shown = question.axes.map(protectedAxis)
  const filters = hiddenFilters(question).map(({ variable, leaves }) => filterAxis(variable, leaves))
  const { condition } = question.population
  const isAxis = condition && [...shown, ...filters].some(({ dimension }) => dimension === condition.dimension)
  return condition && !isAxis ? [...shown, ...filters, condition] : [...shown, ...filters]
}

/** What is asked of the engine: the axes that are shown, the filters that are not. */
export const engineQuery = (question: CheckedQuestion): CountQuery => ({
  ...question.population.query,
  filters: hiddenFilters(question).map(({ variable, leaves }) => ({
    column: variable.column,
    codes: leaves.map(variable.storedCodeOf),
  })),
  axes: question.axes.map(({ variable, nodes }) => ({
    column: variable.column,
    nodes: nodes.map(({ leaves }) => leaves.map(variable.storedCodeOf)),
  })),
})

/** @throws JobError `population_not_countable` when households are asked of a job that made none */
export async function countTable(
  job: Pick<OpenJob, 'counting' | 'households'>,
  question: CheckedQuestion,
): Promise<TrueTable> {
  const { axes, population } = question
  const counting = population.unit === 'households' ? job.households : job.counting
  refuseUnless(counting !== undefined, 'population_not_countable')
  const all = allAxes(question)
  const { cells } = await counting.count(engineQuery(question))
  const rest = all.slice(axes.length).map(() => 0)
  const trueCells = cells.map(
    ({ at, count, persons, byParty, largest }): TrueCell => ({
      at: [...at, ...rest],
      count,
      persons,
      // A dataset's own membership is part of its party's: only parties hold people.
      byParty: Object.fromEntries(Object.entries(byParty).filter(([name]) => !name.startsWith('dataset:'))),
      largest,
    }),
  )
  const zeros = structuralZeros(
    question,
    all,
    trueCells.map(({ at }) => at),
  )
  return {
    population: population.ledgerKey,
    unit: population.unit,
    axes: all,
    cells: trueCells,
    structuralZeros: zeros,
  }
}
