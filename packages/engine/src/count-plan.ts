/**
 * From a checked query to one SQL statement over generated names and whole numbers.
 * @module
 */
import { type Catalog, keyColumn, maskColumn } from './catalog.ts'
import { type CountQuery, noHousehold, type SumQuery } from './counting-engine.ts'
import { EngineError } from './errors.ts'
import { checkCodes } from './table-cells.ts'

/**
 * How the rows of the statement are to be read:
 * - `groups`: per combination of codes: one code per axis, number of persons, then per party the persons it holds
 * - `households` and `records`: per person or record, by rising key: key, mask, then one code per axis
 */
export type CountPlan = { readonly rows: 'groups' | 'households' | 'records'; readonly sql: string }

/**
 * @param query - its axes have been checked by `tableCells`
 * @throws {@link EngineError} when it asks for what the job does not have, or for a unit that does not go with it
 */
export function planCount(catalog: Catalog, query: CountQuery): CountPlan {
  const rows = rowsOf(catalog, query)
  const { codes, where } = selection(catalog, query, rows === 'households' ? [`${keyColumn} <> ${noHousehold}`] : [])
  // Order is that of loading: the engine keeps it (preserve_insertion_order), and the reader checks it.
  if (rows !== 'groups') return { rows, sql: `select ${[keyColumn, maskColumn, ...codes].join(', ')} ${where}` }
  const held = catalog.parties.map((party) => `count(*) filter (${catalog.presence(party)} = 2)`)
  const places = codes.map((_, axis) => axis + 1).join(', ')
  return { rows, sql: `select ${[...codes, 'count(*)', ...held].join(', ')} ${where} group by ${places}` }
}

/** Per row: its amount, its person where rows are records, then one code per axis. */
export function planSum(catalog: Catalog, query: SumQuery): { readonly sql: string; readonly hasKey: boolean } {
  const { codes, measure, where } = selection(catalog, query, [])
  const hasKey = query.recordTable !== undefined
  return {
    sql: `select ${[measure(query.measure), ...(hasKey ? [keyColumn] : []), ...codes].join(', ')} ${where}`,
    hasKey,
  }
}

function selection(catalog: Catalog, query: Omit<CountQuery, 'unit'>, more: readonly string[]) {
  const { table, expression, measure } = catalog.source(query)
  const codes = query.axes.map(({ column }) => expression(column))
  const conditions = [
    ...query.axes.map(({ nodes }, axis) => isIn(codes[axis] as string, nodes[0] as readonly number[])),
    ...query.filters.map((filter) => {
      checkCodes(filter.codes)
      return isIn(expression(filter.column), filter.codes)
    }),
    ...(query.population.memberships ?? []).map(
      ({ party, present }) => `${catalog.presence(party)} = ${present ? 2 : 1}`,
    ),
    ...more,
  ]
  return { codes, measure, where: `from ${table} where ${conditions.join(' and ')}` }
}

function rowsOf({ hasHouseholds }: Catalog, { unit, recordTable }: CountQuery): CountPlan['rows'] {
  if (unit === 'records' && recordTable === undefined) throw new EngineError('record_table_missing')
  if (unit === 'households') {
    if (recordTable !== undefined) throw new EngineError('record_table_not_allowed')
    if (!hasHouseholds) throw new EngineError('households_missing')
    return 'households'
  }
  return recordTable === undefined ? 'groups' : 'records'
}

const isIn = (expression: string, codes: readonly number[]): string => `${expression} in (${codes.join(', ')})`
