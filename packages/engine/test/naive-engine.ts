/**
 * The same port, written as plainly as possible: sets of persons, one cell at a time. To compare the product with.
 * @module
 */
import {
  type CountedCell,
  type CountQuery,
  type JobTables,
  noHousehold,
  type SummedCell,
  type SumQuery,
} from '../src/index.ts'

type Row = { person: number; record: number | undefined }

/** The rows behind each cell. */
function rowsOfCells(tables: JobTables, query: Omit<CountQuery, 'unit'> & { unit?: CountQuery['unit'] }) {
  const table = tables.recordTables.find(({ id }) => id === query.recordTable)
  const isIn = (party: string, person: number): boolean =>
    tables.memberships.find((membership) => membership.party === party)?.present[person] === 1
  const codeOf = (column: string, { person, record }: Row): number => {
    if (column.startsWith('presence:')) return isIn(column.slice('presence:'.length), person) ? 2 : 1
    const own = table?.columns.find(({ id }) => id === column)
    if (own !== undefined) return own.codes[record as number] as number
    return tables.personColumns.find(({ id }) => id === column)?.codes[person] as number
  }
  const rows: Row[] =
    table === undefined
      ? Array.from({ length: tables.persons }, (_, person) => ({ person, record: undefined }))
      : Array.from(table.person, (person, record) => ({ person, record }))
  const selected = rows
    .filter((row) => query.filters.every(({ column, codes }) => codes.includes(codeOf(column, row))))
    .filter(({ person }) =>
      (query.population.memberships ?? []).every(({ party, present }) => isIn(party, person) === present),
    )
    .filter(({ person }) => query.unit !== 'households' || tables.households?.[person] !== noHousehold)

  const places = query.axes.reduce<number[][]>(
    (all, { nodes }) => all.flatMap((at) => nodes.map((_, node) => [...at, node])),
    [[]],
  )
  return places.map((at) => ({
    at,
    isIn,
    inCell: selected.filter((row) =>
      query.axes.every(({ column, nodes }, axis) => nodes[at[axis] as number]?.includes(codeOf(column, row))),
    ),
  }))
}

export function sumNaively(tables: JobTables, query: SumQuery): SummedCell[] {
  const table = tables.recordTables.find(({ id }) => id === query.recordTable)
  const measures = table === undefined ? tables.personMeasures : table.measures
  const amounts = measures?.find(({ id }) => id === query.measure)?.amounts
  const amountOf = ({ person, record }: Row) => amounts?.[record ?? person] as number
  const total = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + amountOf(row), 0)
  return rowsOfCells(tables, query).map(({ at, inCell }) => {
    const persons = [...new Set(inCell.map(({ person }) => person))]
    const contributions = persons
      .map((person) => Math.abs(total(inCell.filter((row) => row.person === person))))
      .filter((amount) => amount !== 0)
      .sort((a, b) => b - a)
    return {
      at,
      sum: total(inCell),
      persons: persons.length,
      contributors: contributions.length,
      largest: contributions.slice(0, query.largest),
    }
  })
}

export function countNaively(tables: JobTables, query: CountQuery): CountedCell[] {
  return rowsOfCells(tables, query).map(({ at, inCell, isIn }) => {
    const persons = [...new Set(inCell.map(({ person }) => person))]
    const households = new Set(persons.map((person) => tables.households?.[person]))
    const contributions = persons
      .map((person) => (query.unit === 'records' ? inCell.filter((row) => row.person === person).length : 1))
      .sort((a, b) => b - a)
    const counts = { persons: persons.length, records: inCell.length, households: households.size }
    return {
      at,
      count: counts[query.unit],
      persons: persons.length,
      byParty: Object.fromEntries(
        tables.memberships.map(({ party }) => [party, persons.filter((person) => isIn(party, person)).length]),
      ),
      largest: [contributions[0] ?? 0, contributions[1] ?? 0],
    }
  })
}
