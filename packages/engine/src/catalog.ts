/**
 * Under which generated names the tables and columns of a job lie in the database.
 *
 * Ids given by callers never reach SQL: a query's ids are looked up here, and what is not here is refused.
 * @module
 */
import { presencePrefix } from './check-tables.ts'
import type { CountQuery, JobTables } from './counting-engine.ts'
import { EngineError } from './errors.ts'

/** The column a table is ordered by: a record's person, a person's household. */
export const keyColumn = 'k'
/** One bit per party that holds the person. */
export const maskColumn = 'm'
export const personsTable = 'p'
export const recordsTable = (at: number): string => `r${at}`
export const personColumn = (at: number): string => `c${at}`
export const recordColumn = (at: number): string => `d${at}`
export const measureColumn = (at: number): string => `a${at}`

export type Catalog = {
  readonly parties: readonly string[]
  readonly hasHouseholds: boolean
  /** the table a query counts over, and a lookup from column ids to expressions in it */
  readonly source: (query: Pick<CountQuery, 'recordTable'>) => {
    readonly table: string
    readonly expression: (id: string) => string
    readonly measure: (id: string) => string
  }
  /** whether the person is in this party's extract, as 1 or 2 */
  readonly presence: (party: string) => string
}

export function createCatalog(tables: JobTables): Catalog {
  const parties = tables.memberships.map(({ party }) => party)
  const personColumns = tables.personColumns.map(({ id }, at) => [id, personColumn(at)] as const)
  const persons = {
    table: personsTable,
    columns: new Map(personColumns),
    measures: measuresOf(tables.personMeasures),
  }
  const records = new Map(
    tables.recordTables.map(({ id, columns, measures }, at) => {
      const own = columns.map((column, place) => [column.id, recordColumn(place)] as const)
      return [
        id,
        { table: recordsTable(at), columns: new Map([...personColumns, ...own]), measures: measuresOf(measures) },
      ]
    }),
  )
  const presence = (party: string): string => {
    const bit = parties.indexOf(party)
    if (bit === -1) throw new EngineError('unknown_party')
    return `(((${maskColumn} >> ${bit}) & 1) + 1)`
  }
  return {
    parties,
    hasHouseholds: tables.households !== undefined,
    presence,
    source: ({ recordTable }) => {
      const source = recordTable === undefined ? persons : records.get(recordTable)
      if (source === undefined) throw new EngineError('unknown_record_table')
      return {
        table: source.table,
        expression: (id) => {
          if (id.startsWith(presencePrefix)) return presence(id.slice(presencePrefix.length))
          const column = source.columns.get(id)
          if (column === undefined) throw new EngineError('unknown_column')
          return column
        },
        measure: (id) => {
          const column = source.measures.get(id)
          if (column === undefined) throw new EngineError('unknown_measure')
          return column
        },
      }
    },
  }
}

const measuresOf = (measures: JobTables['personMeasures'] = []): ReadonlyMap<string, string> =>
  new Map(measures.map(({ id }, at) => [id, measureColumn(at)]))
