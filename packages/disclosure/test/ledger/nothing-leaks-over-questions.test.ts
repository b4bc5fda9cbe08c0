/** Long series of questions to one ledger, drawn at random, judged by the attacker in this folder's parent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Axis } from '../../src/index.ts'
import { IndependentAttacker } from '../attacker.ts'
import { knowledgeOf } from '../leaks.ts'
import { flat, type Group, holes, nested } from '../tables.ts'
import { AskingLedger } from './asking.ts'

const codes = (size: number) => Array.from({ length: size }, (_, index) => `${index}`)
const sizes = { a: 3, b: 3, c: 4, d: 2 }

/** Persons for every combination: mostly many, some few, some none; each party holds a part of them. */
const people: fc.Arbitrary<Group[]> = fc
  .array(
    fc.record({
      count: fc.oneof({ weight: 1, arbitrary: fc.integer({ min: 5, max: 40 }) }, { weight: 1, arbitrary: fc.nat(3) }),
      police: fc.double({ min: 0, max: 1, noNaN: true }),
      housing: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 72, maxLength: 72 },
  )
  .map((drawn) =>
    drawn.map(({ count, police, housing }, index) => ({
      leaves: { a: index % 3, b: Math.floor(index / 3) % 3, c: Math.floor(index / 9) % 4, d: Math.floor(index / 36) },
      count,
      held: { police: Math.floor(police * count), housing: Math.round(housing * count) },
    })),
  )

const axes: readonly Axis[] = [
  flat('a', codes(3)),
  flat('b', codes(3), { owner: 'police' }),
  nested('c', 4, { all: [0, 1, 2, 3], low: [0, 1], high: [2, 3] }),
  nested('c', 4, { all: [0, 1, 2, 3], low: [0, 1], high: [2, 3], c0: [0], c1: [1], c2: [2], c3: [3] }),
  flat('d', codes(2)),
  nested('a', 3, { some: [0, 1], x: [0], y: [1] }),
  nested('b', 3, { some: [1, 2] }, { owner: 'police' }),
  nested('c', 4, { some: [0, 1, 2], one: [0], two: [1, 2] }),
  nested('d', 2, { one: [1] }),
]
const question = fc.uniqueArray(fc.constantFrom(...axes), {
  minLength: 1,
  maxLength: 3,
  selector: ({ dimension }) => dimension,
})
const series = fc.tuple(people, fc.array(question, { minLength: 6, maxLength: 10 }))

describe('a ledger asked many questions', { timeout: 120_000 }, () => {
  it.each(['publish', 'protect'] as const)('gives no small count away, with zeros: %s', async (zeros) => {
    let asked = 0
    let shown = 0
    await fc.assert(
      fc.asyncProperty(series, async ([groups, questions]) => {
        const asking = new AskingLedger(sizes, groups, { minimum: 5, maxSparsity: 1, zeros })
        for (const one of questions) {
          const outcome = await asking.ask(one, false)
          asked++
          if (outcome.outcome === 'refused') expect(['nothing_left', 'not_protectable']).toContain(outcome.code)
          else shown += outcome.cells.length - holes(outcome.cells).length
        }
        asking.judge()
      }),
      { numRuns: 20, seed: 4, endOnFailure: true },
    )
    // A ledger that refuses everything would pass all of the above.
    expect(shown / asked).toBeGreaterThan(3)
  })

  it('tells no party how few others are in a cell with its people', async () => {
    await fc.assert(
      fc.asyncProperty(series, async ([groups, questions]) => {
        const asking = new AskingLedger(sizes, groups, { minimum: 5, maxSparsity: 1 })
        for (const one of questions) await asking.ask(one, false)
        for (const party of ['police', 'housing']) {
          const knowledge = asking.answers.flatMap(({ table }) => knowledgeOf(table, party))
          const attacker = new IndependentAttacker(
            asking.answers.map(({ table, cells }) => ({ axes: table.axes, cells })),
            knowledge,
          )
          for (const { table } of asking.answers) {
            for (const { at, persons, byParty } of table.cells) {
              const own = byParty[party] ?? 0
              if (persons - own === 0 || persons - own >= 5) continue
              const { high } = attacker.bounds(table.axes, at)
              expect({ at, others: high - own >= 5 }).toStrictEqual({ at, others: true })
            }
          }
        }
      }),
      { numRuns: 8, seed: 5, endOnFailure: true },
    )
  })

  it('cannot be seen through by trying every whole table that fits', async () => {
    const small = { a: 2, b: 3 }
    const groups = fc
      .array(fc.nat(9), { minLength: 6, maxLength: 6 })
      .map((counts) =>
        counts.map((count, index): Group => ({ leaves: { a: index % 2, b: Math.floor(index / 2) }, count })),
      )
    const ask = fc.constantFrom<readonly Axis[]>(
      [flat('a', codes(2)), flat('b', codes(3))],
      [flat('b', codes(3))],
      [flat('a', codes(2)), nested('b', 3, { some: [0, 1] })],
      [nested('b', 3, { all: [0, 1, 2], low: [0, 1], last: [2] })],
      [nested('b', 3, { some: [1, 2], x: [1] }), nested('a', 2, { one: [0] })],
    )
    let judged = 0
    await fc.assert(
      fc.asyncProperty(groups, fc.array(ask, { minLength: 2, maxLength: 5 }), async (drawn, questions) => {
        const asking = new AskingLedger(small, drawn, { minimum: 3, maxSparsity: 1, zeros: 'publish' })
        for (const one of questions) await asking.ask(one, false)
        const published = asking.answers.map(({ table, cells }) => ({ axes: table.axes, cells }))
        const attacker = new IndependentAttacker(published)
        for (const { table } of asking.answers) {
          for (const { at, count } of table.cells) {
            if (count === 0 || count >= 3) continue
            const bounded = published.some(({ cells, axes: shown }) =>
              cells.some(
                (cell) =>
                  cell.state === 'released' &&
                  cell.at.every((node, axis) => shown[axis]?.nodes[node]?.leaves.length === shown[axis]?.leaves),
              ),
            )
            const { low, high } = bounded ? attacker.enumerate(table.axes, at) : attacker.bounds(table.axes, at)
            expect(low <= count && count <= high).toBe(true)
            expect({ at, deniable: high >= 3 && low < high }).toStrictEqual({ at, deniable: true })
            judged++
          }
        }
      }),
      { numRuns: 150, seed: 6, endOnFailure: true },
    )
    expect(judged).toBeGreaterThan(10)
  })
})
