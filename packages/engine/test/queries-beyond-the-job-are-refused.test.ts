import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CountingJob, type CountQuery, createDuckdbEngine, type JobTables } from '../src/index.ts'

const engine = createDuckdbEngine({ memoryLimitMiB: 256, threads: 1 })
const tables = (): JobTables => ({
  persons: 2,
  personColumns: [{ id: 'band', codes: Uint8Array.of(1, 2) }],
  memberships: [{ party: 'gemeente', present: Uint8Array.of(1, 0) }],
  recordTables: [
    { id: 'reports', party: 'gemeente', person: Uint32Array.of(1), columns: [{ id: 'kind', codes: Uint8Array.of(1) }] },
  ],
  households: Uint32Array.of(0, 0),
})
const band = { column: 'band', nodes: [[1, 2]] }
const query: CountQuery = { unit: 'persons', population: {}, filters: [], axes: [band] }
const axisOf = (nodes: number[][], column = 'band'): CountQuery => ({ ...query, axes: [{ column, nodes }] })
const codes = (length: number): number[] => Array.from({ length }, (_, code) => code)

describe('queries beyond the job are refused', () => {
  let job: CountingJob
  beforeAll(async () => {
    job = await engine.open(tables())
  })
  afterAll(() => job.close())

  it.each<[string, CountQuery]>([
    ['unknown_column', axisOf([[1]], 'nope')],
    ['unknown_column', axisOf([[1]], 'c0; drop table p')],
    ['unknown_column', axisOf([[1]], 'c0')],
    ['unknown_column', axisOf([[1]], 'kind')],
    ['unknown_column', { ...query, filters: [{ column: 'nope', codes: [1] }] }],
    ['unknown_party', axisOf([[1]], 'presence:politie')],
    ['unknown_party', { ...query, population: { memberships: [{ party: 'politie', present: true }] } }],
    ['unknown_record_table', { ...query, recordTable: 'visits' }],
    ['record_table_missing', { ...query, unit: 'records' }],
    ['record_table_not_allowed', { ...query, unit: 'households', recordTable: 'reports' }],
    ['axes_count', { ...query, axes: [] }],
    ['axes_count', { ...query, axes: Array.from({ length: 13 }, () => band) }],
    ['axis_malformed', axisOf([])],
    ['axis_malformed', axisOf([[1], []])],
    ['axis_malformed', axisOf([[1], [2]])],
    ['axis_malformed', axisOf([codes(4097)])],
    ['codes_malformed', axisOf([[1, 1]])],
    ['codes_malformed', axisOf([[1.5]])],
    ['codes_malformed', axisOf([[-1]])],
    ['codes_malformed', axisOf([[65_536]])],
    ['codes_malformed', { ...query, filters: [{ column: 'band', codes: [] }] }],
    ['codes_malformed', { ...query, filters: [{ column: 'band', codes: [Number.NaN] }] }],
    [
      'too_many_cells',
      {
        ...query,
        axes: [codes(501), codes(501)].map((list) => ({
          column: 'band',
          nodes: [list, ...list.slice(1).map((code) => [code])],
        })),
      },
    ],
  ])('%s', async (code, refused) => {
    await expect(job.count(refused)).rejects.toThrow(expect.objectContaining({ code }))
  })

  it('takes 4096 codes on an axis and a code no column can hold', async () => {
    const { cells } = await job.count(axisOf([codes(4096), [300]]))
    expect(cells.map(({ count }) => count)).toStrictEqual([2, 0])
  })

  it('goes on after a refusal, and answers questions asked at once', async () => {
    const [refused, ...answers] = await Promise.allSettled([job.count(axisOf([])), job.count(query), job.count(query)])
    expect(refused.status).toBe('rejected')
    expect(answers.map((answer) => answer.status === 'fulfilled' && answer.value.cells[0]?.count)).toStrictEqual([2, 2])
  })

  it('refuses households where the job has none', async () => {
    const { households: _, ...without } = tables()
    const other = await engine.open(without)
    await expect(other.count({ ...query, unit: 'households' })).rejects.toThrow(
      expect.objectContaining({ code: 'households_missing' }),
    )
    await other.close()
  })
})

describe('a closed job is gone', () => {
  it('answers nothing, has wiped what it was given, and may be closed again', async () => {
    const given = tables()
    const job = await engine.open(given)
    const asked = job.count(query)
    await job.close()
    await job.close()
    expect((await asked).cells[0]?.count).toBe(2)
    await expect(job.count(query)).rejects.toThrow(expect.objectContaining({ code: 'job_closed' }))
    const arrays = [
      given.personColumns[0]?.codes,
      given.memberships[0]?.present,
      given.recordTables[0]?.person,
      given.recordTables[0]?.columns[0]?.codes,
      given.households,
    ]
    expect(arrays.flatMap((array) => [...(array ?? [9])])).toStrictEqual(Array(8).fill(0))
  })
})
