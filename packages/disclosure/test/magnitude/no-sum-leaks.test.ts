/**
 * Whatever the table: an attacker written apart from the product, over rules written a second time, stays in doubt.
 * @module
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Axis, EarlierSums, SumState, SumsOutcome } from '../../src/index.ts'
import { answered, flat, nested } from '../tables.ts'
import { inside, unsafeIn } from './naive-rules.ts'
import { ask, countsOf, hidden, type Person, protectCounts, sumsOf } from './people.ts'
import { type Own, SumAttacker } from './sum-attacker.ts'

const rules = { minimum: 3, maxSparsity: 1, zeros: 'publish' } as const
const limits = { minimum: 3, p: 10, range: 30 }
const codes = (size: number) => Array.from({ length: size }, (_, index) => `c${index}`)
const parties = ['one', 'two']

/** People with skewed contributions, some of them known to a party. */
function population(sizes: Readonly<Record<string, number>>, most: number, largest: number): fc.Arbitrary<Person[]> {
  const leaves = fc.record(Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, fc.nat(size - 1)])))
  const value = fc.oneof({ weight: 4, arbitrary: fc.nat(Math.ceil(largest / 20)) }, fc.nat(largest))
  const holder = fc.option(fc.constantFrom(...parties), { nil: undefined })
  const person = fc.tuple(leaves, value, holder).map(
    ([where, amount, party]): Person => ({
      leaves: where,
      value: amount,
      ...(party ? { known: { [party]: amount } } : {}),
    }),
  )
  return fc.array(person, { minLength: Math.floor(most / 2), maxLength: most })
}

const knowledge = (axes: readonly Axis[], people: readonly Person[], party: string): Own[] =>
  sumsOf(axes, people).flatMap(({ at, byParty, persons }) => {
    const own = byParty[party]
    return own ? [{ axes, at, part: own.sum, all: own.persons === persons }] : []
  })

type Answer = { readonly axes: readonly Axis[]; readonly cells: readonly SumState[] }

/** Unsafe sums that somebody can bound too closely; nobody learns of an unknown that is shown to be empty. */
function leaks(answers: readonly Answer[], people: readonly Person[], insiders = true) {
  const attackers = new Map<string | undefined, SumAttacker>()
  const attacker = (party: string | undefined) => {
    const own = party === undefined ? [] : answers.flatMap(({ axes }) => knowledge(axes, people, party))
    const made = attackers.get(party) ?? new SumAttacker(answers, own)
    attackers.set(party, made)
    return made
  }
  return answers.flatMap(({ axes }) =>
    unsafeIn(axes, people, limits).flatMap((unsafe) => {
      if (unsafe.party !== undefined && !insiders) return []
      const { low, high } = attacker(unsafe.party).bounds({ axes, at: unsafe.at })
      return low <= unsafe.atMost + 1e-6 && high >= unsafe.atLeast - 1e-6 ? [] : [{ ...unsafe, low, high }]
    }),
  )
}

/** A refusal is allowed where nothing can be shown, and nowhere else. */
function cellsOrNothing(outcome: SumsOutcome): readonly SumState[] {
  if (outcome.outcome === 'answered') return outcome.cells
  expect(['nothing_left', 'not_protectable']).toContain(outcome.code)
  return []
}

const wrong = ({ axes, cells }: Answer, people: readonly Person[]) =>
  cells.filter((cell) => {
    const there = inside(axes, cell.at, people)
    const sum = there.reduce((total, { value }) => total + value, 0)
    return cell.state === 'released' && (cell.sum !== sum || cell.persons !== there.length)
  })

describe('no sum leaks', () => {
  it.each([
    ['two dimensions', [flat('a', codes(3)), flat('b', codes(4))], 150],
    ['three dimensions', [flat('a', codes(2)), flat('b', codes(2)), flat('c', codes(3))], 150],
    [
      'a hierarchy',
      [
        nested('a', 4, { all: [0, 1, 2, 3], low: [0, 1], high: [2, 3], a: [0], b: [1], c: [2], d: [3] }),
        flat('b', codes(3)),
      ],
      130,
    ],
  ])(
    'from one table of %s',
    async (_, axes, most) => {
      const sizes = Object.fromEntries(axes.map(({ dimension, leaves }) => [dimension, leaves]))
      let shown = 0
      let unsafe = 0
      await fc.assert(
        fc.asyncProperty(population(sizes, most, 400), async (people) => {
          const cells = cellsOrNothing(await ask({ axes, people, rules }))
          shown += cells.length - hidden(cells).length
          if (cells.length > 0) unsafe += unsafeIn(axes, people, limits).length
          expect(wrong({ axes, cells }, people)).toStrictEqual([])
          if (cells.length > 0) expect(leaks([{ axes, cells }], people)).toStrictEqual([])
        }),
        { numRuns: 25, seed: 4 },
      )
      // A suppression that refuses everything would pass all of the above.
      expect(shown).toBeGreaterThan(100)
      expect(unsafe).toBeGreaterThan(50)
    },
    60_000,
  )

  it('to an attacker who tries every whole table', async () => {
    const axes = [flat('a', codes(2)), flat('b', codes(3))]
    let tried = 0
    await fc.assert(
      fc.asyncProperty(population({ a: 2, b: 3 }, 24, 6), async (people) => {
        const cells = cellsOrNothing(await ask({ axes, people, rules }))
        // Without the grand total nothing bounds a hidden cell, and there is no end to the tables that fit.
        if (cells.length === 0 || hidden(cells).includes('0,0')) return
        const attacker = new SumAttacker([{ axes, cells }])
        for (const unsafe of unsafeIn(axes, people, limits)) {
          if (unsafe.party !== undefined) continue
          const { low, high } = attacker.enumerate({ axes, at: unsafe.at })
          const linear = attacker.bounds({ axes, at: unsafe.at })
          expect([low, high]).toStrictEqual([Math.round(linear.low), Math.round(linear.high)])
          expect(low <= unsafe.atMost && high >= unsafe.atLeast).toBe(true)
          tried++
        }
      }),
      { numRuns: 25, seed: 5 },
    )
    expect(tried).toBeGreaterThan(20)
  }, 60_000)

  it.each([
    ['kept', 'with unions added up'],
    ['recounted', 'with unions added up'],
    ['recounted', 'and no more'],
  ] as const)(
    'from questions one after the other, earlier ones %s, %s',
    async (memory, more) => {
      const whole = {
        a: flat('a', codes(3)),
        b: flat('b', codes(3)),
        c: nested('c', 4, { all: [0, 1, 2, 3], low: [0, 1], high: [2, 3] }),
      }
      const part = {
        a: nested('a', 3, { some: [0, 1], x: [0], y: [1] }),
        c: nested('c', 4, { some: [0, 1, 2], one: [0], two: [1, 2] }),
      }
      const axis = fc.constantFrom(whole.a, whole.b, whole.c, part.a, part.c)
      const question = fc.uniqueArray(axis, { minLength: 1, maxLength: 2, selector: ({ dimension }) => dimension })
      let answers = 0
      await fc.assert(
        fc.asyncProperty(
          population({ a: 3, b: 3, c: 4 }, 90, 300),
          fc.array(question, { minLength: 2, maxLength: 4 }),
          async (people, questions) => {
            const given: (Answer & EarlierSums)[] = []
            for (const axes of questions) {
              const all = Object.values(finest)
              const unions = more === 'and no more' ? [] : [{ axes: all, cells: sumsOf(all, people) }]
              const outcome = await ask({ axes, people, rules, measure: { earlier: given, unions } })
              const cells = cellsOrNothing(outcome)
              if (outcome.outcome === 'refused') continue
              answers++
              const again =
                memory === 'kept' ? { kept: outcome.certificate.private.kept } : { recounted: sumsOf(axes, people) }
              given.push({ axes, cells, ...again })
            }
            for (const answer of given) expect(wrong(answer, people)).toStrictEqual([])
            expect(leaks(given, people, memory === 'recounted')).toStrictEqual([])
          },
        ),
        { numRuns: 12, seed: 6 },
      )
      expect(answers).toBeGreaterThan(15)
    },
    60_000,
  )

  it('beside counts that are hidden: such a sum is hidden as well, and open', async () => {
    const axes = [flat('a', codes(3)), flat('b', codes(4))]
    let beside = 0
    await fc.assert(
      fc.asyncProperty(population({ a: 3, b: 4 }, 70, 50), async (people) => {
        const decided = await protectCounts(countsOf(axes, people), rules)
        if (decided.outcome === 'refused') return
        const counts = answered(decided)
        const cells = cellsOrNothing(await ask({ axes, people, rules, counts }))
        if (cells.length === 0) return
        const gone = counts.filter(({ state }) => state === 'withheld').map(({ at }) => at.join())
        expect(hidden(cells)).toEqual(expect.arrayContaining(gone))
        expect(leaks([{ axes, cells }], people)).toStrictEqual([])
        beside += gone.length
      }),
      { numRuns: 25, seed: 7 },
    )
    expect(beside).toBeGreaterThan(50)
  }, 60_000)
})

const finest = { a: flat('a', codes(3)), b: flat('b', codes(3)), c: flat('c', codes(4)) }
