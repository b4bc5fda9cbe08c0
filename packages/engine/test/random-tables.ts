/** Random jobs and queries over them, small enough that every border is hit. @module */
import fc from 'fast-check'
import { type CountQuery, type JobTables, noHousehold } from '../src/index.ts'

const parties = ['gemeente', 'politie', 'ggd']
/** Codes of a column that are stored wide on purpose lie around 300. */
const narrow = [0, 1, 2, 3]
const wide = [0, 299, 300, 301]

/** Two that cancel out, and one at the end of the range. */
const amounts = [0, 3, -3, 7, 40, 2 ** 31 - 1]

const list = (length: number, values: readonly number[]): fc.Arbitrary<number[]> =>
  fc.array(fc.constantFrom(...values), { minLength: length, maxLength: length })

const tables: fc.Arbitrary<JobTables> = fc
  .record({ persons: fc.integer({ min: 1, max: 12 }), reports: fc.nat(15), visits: fc.nat(6) })
  .chain(({ persons, reports, visits }) => {
    const everyone = Array.from({ length: persons }, (_, person) => person)
    const records = (id: string, rows: number) =>
      fc
        .record({
          person: list(rows, everyone),
          kind: list(rows, narrow),
          month: list(rows, wide),
          amounts: list(rows, amounts),
        })
        .map((made) => ({
          id,
          party: id === 'reports' ? 'politie' : 'ggd',
          person: Uint32Array.from(made.person),
          columns: [
            { id: `${id} kind`, codes: Uint8Array.from(made.kind) },
            { id: `${id} month`, codes: Uint16Array.from(made.month) },
          ],
          measures: [{ id: `${id} cost`, amounts: Int32Array.from(made.amounts) }],
        }))
    return fc.record({
      persons: fc.constant(persons),
      personColumns: fc.tuple(list(persons, narrow), list(persons, wide)).map(([band, district]) => [
        { id: 'band', codes: Uint8Array.from(band) },
        { id: 'district', codes: Uint16Array.from(district) },
      ]),
      personMeasures: list(persons, amounts).map((made) => [{ id: 'hours', amounts: Int32Array.from(made) }]),
      memberships: fc
        .tuple(...parties.map(() => list(persons, [0, 1])))
        .map((columns) =>
          columns.map((present, at) => ({ party: parties[at] as string, present: Uint8Array.from(present) })),
        ),
      recordTables: fc.tuple(records('reports', reports), records('visits', visits)),
      households: list(persons, [...everyone, noHousehold]).map((made) => Uint32Array.from(made)),
    })
  })

const columns = [
  { id: 'band', codes: narrow },
  { id: 'district', codes: wide },
  ...parties.map((party) => ({ id: `presence:${party}`, codes: [1, 2] })),
]
const recordColumns = (id: string) => [
  { id: `${id} kind`, codes: narrow },
  { id: `${id} month`, codes: wide },
]
type Known = { id: string; codes: readonly number[] }

const some = (codes: readonly number[]): fc.Arbitrary<number[]> => fc.subarray([...codes], { minLength: 1 })
const axis = ({ id, codes }: Known) =>
  some(codes)
    .chain((whole) => fc.tuple(fc.constant(whole), fc.array(some(whole), { maxLength: 3 })))
    .map(([whole, parts]) => ({ column: id, nodes: [whole, ...parts] }))

function queryOver(known: readonly Known[], rest: Pick<CountQuery, 'unit' | 'recordTable'>): fc.Arbitrary<CountQuery> {
  const column = fc.constantFrom(...known)
  return fc.record({
    unit: fc.constant(rest.unit),
    ...(rest.recordTable === undefined ? {} : { recordTable: fc.constant(rest.recordTable) }),
    population: fc.oneof(
      fc.constant({}),
      fc.record({
        memberships: fc.array(fc.record({ party: fc.constantFrom(...parties), present: fc.boolean() }), {
          maxLength: 2,
        }),
      }),
    ),
    filters: fc.array(
      column.chain(({ id, codes }) => fc.record({ column: fc.constant(id), codes: some(codes) })),
      { maxLength: 2 },
    ),
    axes: fc.array(column.chain(axis), { minLength: 1, maxLength: 4 }),
  })
}

const queries = fc.oneof(
  queryOver(columns, { unit: 'persons' }),
  queryOver(columns, { unit: 'households' }),
  ...['reports', 'visits'].flatMap((recordTable) => [
    queryOver([...columns, ...recordColumns(recordTable)], { unit: 'records', recordTable }),
    queryOver([...columns, ...recordColumns(recordTable)], { unit: 'persons', recordTable }),
  ]),
)

export const randomJob = fc.record({ tables, queries: fc.array(queries, { minLength: 1, maxLength: 4 }) })
