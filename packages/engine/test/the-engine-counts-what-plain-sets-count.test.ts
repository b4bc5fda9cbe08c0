import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CountQuery, createDuckdbEngine, type JobTables } from '../src/index.ts'
import { countNaively, sumNaively } from './naive-engine.ts'
import { randomJob } from './random-tables.ts'

const engine = createDuckdbEngine({ memoryLimitMiB: 512, threads: 2 })

async function cellsOf(tables: JobTables, query: CountQuery) {
  const job = await engine.open(tables)
  try {
    return (await job.count(query)).cells
  } finally {
    await job.close()
  }
}

/** Four persons in two districts; person 0 has three reports in two months, person 1 one, person 3 one. */
const small = (): JobTables => ({
  persons: 4,
  personColumns: [{ id: 'district', codes: Uint8Array.of(1, 1, 2, 0) }],
  memberships: [
    { party: 'gemeente', present: Uint8Array.of(1, 1, 1, 0) },
    { party: 'politie', present: Uint8Array.of(1, 1, 0, 1) },
  ],
  recordTables: [
    {
      id: 'reports',
      party: 'politie',
      person: Uint32Array.of(3, 0, 1, 0, 0),
      columns: [{ id: 'month', codes: Uint8Array.of(1, 1, 1, 2, 2) }],
    },
  ],
  households: Uint32Array.of(2, 2, 0, 0xffffffff),
})
const district = { column: 'district', nodes: [[1, 2], [1], [2]] }

describe('the engine counts what plain sets count', () => {
  it('counts persons per node, with who holds them', async () => {
    const cells = await cellsOf(small(), { unit: 'persons', population: {}, filters: [], axes: [district] })
    expect(cells).toStrictEqual([
      { at: [0], count: 3, persons: 3, byParty: { gemeente: 3, politie: 2 }, largest: [1, 1] },
      { at: [1], count: 2, persons: 2, byParty: { gemeente: 2, politie: 2 }, largest: [1, 1] },
      { at: [2], count: 1, persons: 1, byParty: { gemeente: 1, politie: 0 }, largest: [1, 0] },
    ])
  })

  it('counts a person once in a margin however many cells its records are in', async () => {
    const month = { column: 'month', nodes: [[1, 2], [1], [2]] }
    const cells = await cellsOf(small(), {
      unit: 'records',
      recordTable: 'reports',
      population: {},
      filters: [],
      axes: [month],
    })
    expect(cells).toStrictEqual([
      { at: [0], count: 5, persons: 3, byParty: { gemeente: 2, politie: 3 }, largest: [3, 1] },
      { at: [1], count: 3, persons: 3, byParty: { gemeente: 2, politie: 3 }, largest: [1, 1] },
      { at: [2], count: 2, persons: 1, byParty: { gemeente: 1, politie: 1 }, largest: [2, 0] },
    ])
  })

  it('counts households with somebody in the cell, and presence as 1 and 2', async () => {
    const known = { column: 'presence:politie', nodes: [[1, 2], [1], [2]] }
    const cells = await cellsOf(small(), { unit: 'households', population: {}, filters: [], axes: [known] })
    expect(cells.map(({ count, persons }) => [count, persons])).toStrictEqual([
      [2, 3],
      [1, 1],
      [1, 2],
    ])
  })

  it('agrees with them on any tables and any queries', async () => {
    await fc.assert(
      fc.asyncProperty(randomJob, async ({ tables, queries }) => {
        const job = await engine.open(tables)
        try {
          for (const query of queries) {
            expect((await job.count(query)).cells).toStrictEqual(countNaively(tables, query))
          }
        } finally {
          await job.close()
        }
      }),
      { numRuns: 150 },
    )
  })

  it('agrees with them over many chunks of rows', async () => {
    const persons = 10_000
    const spread = (of: number, step: number): Uint8Array =>
      Uint8Array.from({ length: persons }, (_, at) => Math.floor((at * step) / 7) % of)
    // Made anew for every job, since a job wipes what it was given.
    const tables = (): JobTables => ({
      persons,
      personColumns: [{ id: 'band', codes: spread(5, 3) }],
      memberships: [{ party: 'gemeente', present: spread(2, 5) }],
      recordTables: [
        {
          id: 'reports',
          party: 'politie',
          person: Uint32Array.from({ length: 15_000 }, (_, at) => (at * 7919) % persons),
          columns: [{ id: 'month', codes: Uint8Array.from({ length: 15_000 }, (_, at) => (at % 12) + 1) }],
        },
      ],
      households: Uint32Array.from({ length: persons }, (_, at) => (at * 31) % 4000),
    })
    const axes = [{ column: 'band', nodes: [[1, 2, 3, 4], [1, 2], [3], [4]] }]
    const months = { column: 'month', nodes: [[1, 2, 3, 4, 5, 6], [1, 2, 3], [4, 5, 6], [2]] }
    const base = { population: {}, filters: [] }
    for (const query of [
      { unit: 'persons', ...base, axes },
      { unit: 'households', ...base, axes },
      { unit: 'records', recordTable: 'reports', ...base, axes: [...axes, months] },
    ] satisfies CountQuery[]) {
      expect(await cellsOf(tables(), query)).toStrictEqual(countNaively(tables(), query))
    }
  })

  it('adds up amounts as plain addition does, with the largest contributions of one person', async () => {
    await fc.assert(
      fc.asyncProperty(randomJob, fc.integer({ min: 2, max: 5 }), async ({ tables, queries }, largest) => {
        const job = await engine.open(tables)
        for (const query of queries.filter(({ unit }) => unit !== 'households')) {
          const { unit: _, ...rest } = query
          const measure = query.recordTable === undefined ? 'hours' : `${query.recordTable} cost`
          const asked = { ...rest, measure, largest }
          expect((await job.sum(asked)).cells).toStrictEqual(sumNaively(tables, asked))
        }
        await job.close()
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('refuses a measure it does not have, and to name more than five contributions', async () => {
    const job = await engine.open(small())
    const query = { population: {}, filters: [], axes: [district] }
    await expect(job.sum({ ...query, measure: 'hours', largest: 2 })).rejects.toThrow(
      expect.objectContaining({ code: 'unknown_measure' }),
    )
    await expect(job.sum({ ...query, measure: 'hours', largest: 6 })).rejects.toThrow(
      expect.objectContaining({ code: 'largest_malformed' }),
    )
    await job.close()
  })
})
