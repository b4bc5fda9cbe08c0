/**
 * A question while it is put together: which variables stand where, and why another one cannot. The broker holds every
 * question against the agreement itself; this says it beforehand. Pure: knows no page.
 * @module
 */
import type { AllowedTable, CrossTabRequest } from '@kruispunt/contracts'
import type { Catalogue, Variable } from './catalogue.ts'

export type Axis = { readonly dimension: string; readonly levels: readonly string[] }
export type Percentages = NonNullable<CrossTabRequest['percentages']>

export type Question = {
  readonly table: string
  /** Outermost first. */
  readonly rows: readonly Axis[]
  readonly columns: readonly Axis[]
  readonly filters: readonly { readonly dimension: string; readonly codes: readonly string[] }[]
  readonly measures: readonly string[]
  readonly percentages: Percentages | undefined
}

export type Place = 'rows' | 'columns'
export type Obstacle = 'not-in-table' | 'other-records' | 'not-delivered' | 'place-full' | 'table-full'

const mostPerSide = 2

export const placeOf = ({ rows, columns }: Question, id: string): Place | undefined => {
  if (rows.some(({ dimension }) => dimension === id)) return 'rows'
  return columns.some(({ dimension }) => dimension === id) ? 'columns' : undefined
}

/** Why a variable can have no place at all under this table; undefined when it can. */
export function obstacleOf(table: AllowedTable, catalogue: Catalogue, variable: Variable): Obstacle | undefined {
  if (!table.dimensions.includes(variable.id)) return 'not-in-table'
  const population = catalogue.populationOf(table)
  if (variable.recordsOf !== undefined && variable.recordsOf !== population?.dataset) return 'other-records'
  return variable.isDelivered ? undefined : 'not-delivered'
}

/** Why it cannot stand there now. */
export function obstacleAt(question: Question, table: AllowedTable, id: string, place: Place): Obstacle | undefined {
  const own = placeOf(question, id)
  if (own === place) return undefined
  if (question[place].length >= mostPerSide) return 'place-full'
  const used = question.rows.length + question.columns.length
  return own === undefined && used >= table.maxDimensions ? 'table-full' : undefined
}

/** Coarse to begin with: fewer cells, and more of them shown. */
const firstLevel = ({ levels }: Variable): string[] => levels.slice(0, 1).map(({ id }) => id)

const without = (axes: readonly Axis[], id: string) => axes.filter(({ dimension }) => dimension !== id)

/** Puts a variable somewhere, or takes it out. */
export function put(question: Question, variable: Variable, place: Place | undefined): Question {
  const { id } = variable
  const before = [...question.rows, ...question.columns].find(({ dimension }) => dimension === id)
  const axis = before ?? { dimension: id, levels: firstLevel(variable) }
  const rows = without(question.rows, id)
  const columns = without(question.columns, id)
  return {
    ...question,
    rows: place === 'rows' ? [...rows, axis] : rows,
    columns: place === 'columns' ? [...columns, axis] : columns,
  }
}

/** Never none: the last one stays. */
export function switchLevel(question: Question, variable: Variable, level: string): Question {
  const change = (axis: Axis): Axis => {
    if (axis.dimension !== variable.id) return axis
    const chosen = axis.levels.includes(level) ? axis.levels.filter((id) => id !== level) : [...axis.levels, level]
    const levels = variable.levels.map(({ id }) => id).filter((id) => chosen.includes(id))
    return levels.length === 0 ? axis : { ...axis, levels }
  }
  return { ...question, rows: question.rows.map(change), columns: question.columns.map(change) }
}

export function switchFilter(question: Question, dimension: string, code: string): Question {
  const codes = question.filters.find((filter) => filter.dimension === dimension)?.codes ?? []
  const chosen = codes.includes(code) ? codes.filter((listed) => listed !== code) : [...codes, code]
  const others = question.filters.filter((filter) => filter.dimension !== dimension)
  return { ...question, filters: chosen.length === 0 ? others : [...others, { dimension, codes: chosen }] }
}

/** One to begin with: the first two variables that can be crossed. */
export function firstQuestion(table: AllowedTable, catalogue: Catalogue): Question {
  const empty: Question = { table: table.id, rows: [], columns: [], filters: [], measures: [], percentages: undefined }
  const possible = table.dimensions
    .map((id) => catalogue.variables.get(id))
    .filter((variable) => variable !== undefined)
    .filter((variable) => obstacleOf(table, catalogue, variable) === undefined)
  const [first, second] = possible
  const withRow = first === undefined ? empty : put(empty, first, 'rows')
  return second === undefined || table.maxDimensions < 2 ? withRow : put(withRow, second, 'columns')
}

export function requestOf({ table, rows, columns, filters, measures, percentages }: Question) {
  const axes = (list: readonly Axis[]) => list.map(({ dimension, levels }) => ({ dimension, levels: [...levels] }))
  return {
    table,
    rows: axes(rows),
    columns: axes(columns),
    filters: filters.map(({ dimension, codes }) => ({ dimension, codes: [...codes] })),
    ...(measures.length === 0 ? {} : { measures: [...measures] }),
    ...(percentages === undefined ? {} : { percentages }),
  }
}
