/**
 * A question in the address of the page, so that it can be kept and passed on: names of variables and categories of the
 * agreement, nothing that was counted. Opening such an address asks nothing by itself.
 * @module
 */
import type { AllowedTable } from '@kruispunt/contracts'
import type { Catalogue } from './catalogue.ts'
import type { Axis, Percentages, Question } from './question.ts'

export type QuestionAddress = {
  readonly table?: string | undefined
  /** `gemeente.area@wijk+buurt` */
  readonly rows?: readonly string[] | undefined
  readonly columns?: readonly string[] | undefined
  /** `gemeente.age=0-17|18-29` */
  readonly filters?: readonly string[] | undefined
  readonly measures?: readonly string[] | undefined
  readonly percentages?: Percentages | undefined
}

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.slice(0, 8) : undefined
const percentages = ['row', 'column', 'total'] as const

/** Anybody can write an address: what is not understood is left out. */
export function questionInAddress(search: Record<string, unknown>): QuestionAddress {
  const found = {
    table: typeof search.table === 'string' ? search.table : undefined,
    rows: texts(search.rows),
    columns: texts(search.columns),
    filters: texts(search.filters),
    measures: texts(search.measures),
    percentages: percentages.find((kind) => kind === search.percentages),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

const written = ({ dimension, levels }: Axis) => `${dimension}@${levels.join('+')}`

export const addressOf = ({ table, rows, columns, filters, measures, percentages }: Question): QuestionAddress => ({
  table,
  rows: rows.map(written),
  ...(columns.length === 0 ? {} : { columns: columns.map(written) }),
  ...(filters.length === 0
    ? {}
    : { filters: filters.map(({ dimension, codes }) => `${dimension}=${codes.join('|')}`) }),
  ...(measures.length === 0 ? {} : { measures }),
  ...(percentages === undefined ? {} : { percentages }),
})

/** Only what the agreement knows comes through. */
export function questionAt(address: QuestionAddress, table: AllowedTable, catalogue: Catalogue): Question {
  const axis = (text: string): Axis[] => {
    const [dimension = '', levels = ''] = text.split('@')
    const variable = catalogue.variables.get(dimension)
    if (variable === undefined || !table.dimensions.includes(dimension)) return []
    const chosen = variable.levels.map(({ id }) => id).filter((id) => levels.split('+').includes(id))
    return [{ dimension, levels: chosen.length > 0 ? chosen : variable.levels.slice(0, 1).map(({ id }) => id) }]
  }
  const filter = (text: string) => {
    const [dimension = '', codes = ''] = text.split('=')
    const known = catalogue.variables.get(dimension)?.codes.map(({ code }) => code) ?? []
    const chosen = codes.split('|').filter((code) => known.includes(code))
    return table.filters.includes(dimension) && chosen.length > 0 ? [{ dimension, codes: chosen }] : []
  }
  return {
    table: table.id,
    rows: (address.rows ?? []).flatMap(axis),
    columns: (address.columns ?? []).flatMap(axis),
    filters: (address.filters ?? []).flatMap(filter),
    measures: (address.measures ?? []).filter((id) => table.measures?.includes(id)),
    percentages: address.percentages,
  }
}
