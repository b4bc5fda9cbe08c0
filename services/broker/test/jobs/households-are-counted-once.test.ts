import { createDuckdbEngine, type JobTables, noHousehold } from '@kruispunt/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byHousehold } from '../../src/jobs/household-tables.ts'

/** Stored codes of the agreement's list "yes, no, unknown", 0 outside the delivery. */
const unknown = 3
const unknownCodes = new Map([['care', unknown]])
const tablesOf = (codes: readonly number[], present: readonly number[]): JobTables => ({
  persons: codes.length,
  personColumns: [{ id: 'care', codes: Uint8Array.from(codes) }],
  memberships: [{ party: 'town', present: Uint8Array.from(present) }],
  recordTables: [],
})

/** What a household counts as, said in another way: the first of yes, no, unknown, outside that a member has. */
const expected = (codes: readonly number[]): number => [1, 2, unknown, 0].find((code) => codes.includes(code)) ?? 0

describe('households are counted once', () => {
  it('counts as the first category of the list that a member has, and is known when a member is', () => {
    const tables = tablesOf([2, 1, 3, 2, 0, 3, 1], [1, 1, 1, 1, 0, 1, 1])
    const households = Uint32Array.of(0, 0, 1, 1, 2, 2, noHousehold)
    const { personColumns, memberships } = byHousehold(tables, households, unknownCodes)
    expect([...(personColumns[0]?.codes ?? [])]).toStrictEqual([1, 1, 2, 2, 3, 3, 1])
    expect([...(memberships[0]?.present ?? [])]).toStrictEqual([1, 1, 1, 1, 1, 1, 1])
    // The tables of persons stay as they were.
    expect([...(tables.personColumns[0]?.codes ?? [])]).toStrictEqual([2, 1, 3, 2, 0, 3, 1])
  })

  it('puts every household in one cell, the one a plain reading gives, and leaves out who has none', async () => {
    const engine = createDuckdbEngine({ memoryLimitMiB: 256, threads: 1 })
    const person = fc.record({
      household: fc.constantFrom(0, 1, 2, 3, noHousehold),
      code: fc.constantFrom(0, 1, 2, unknown),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 4, maxLength: 14 }), async (people) => {
        const codes = people.map(({ code }) => code)
        const tables = tablesOf(
          codes,
          codes.map((code) => (code === 0 ? 0 : 1)),
        )
        const households = Uint32Array.from(people, ({ household }) => household)
        const job = await engine.open(byHousehold(tables, households, unknownCodes))
        const nodes = [[0, 1, 2, unknown], [0], [1], [2], [unknown]]
        const { cells } = await job.count({
          unit: 'households',
          population: {},
          filters: [],
          axes: [{ column: 'care', nodes }],
        })
        await job.close()
        const known = [...new Set(people.map(({ household }) => household))].filter((one) => one !== noHousehold)
        const plain = known.map((one) =>
          expected(people.filter(({ household }) => household === one).map(({ code }) => code)),
        )
        expect(cells.map(({ count }) => count)).toStrictEqual(
          nodes.map((node) => plain.filter((code) => node.includes(code)).length),
        )
      }),
      { numRuns: 40 },
    )
  })
})
