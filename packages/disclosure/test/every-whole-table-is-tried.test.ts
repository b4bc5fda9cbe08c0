/**
 * Small tables and sequences of them, drawn at random and judged by trying every whole table that fits what was published: for
 * outsiders, for a party that knows its own rows, and as the measure of our own attacker.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Axis, attackPublished, type EarlierTable, type Position } from '../src/index.ts'
import { IndependentAttacker, type Knowledge } from './attacker.ts'
import { type Answer, knowledgeOf, wrong } from './leaks.ts'
import { flat, type Group, nested, protect, protectTogether, remembered, tableOf } from './tables.ts'

const two = ['x', 'y']
const a = flat('a', two)
const b = flat('b', two)
const c = flat('c', two)
const area = nested('area', 4, { all: [0, 1, 2, 3], north: [0, 1], south: [2, 3], n1: [0], n2: [1], s1: [2], s2: [3] })
const ages = { all: [0, 1, 2, 3, 4] }

type Scenario = { readonly sizes: Readonly<Record<string, number>>; readonly questions: readonly (readonly Axis[])[] }
const scenarios: Readonly<Record<string, Scenario>> = {
  'a two-way table': { sizes: { a: 2, kind: 3 }, questions: [[a, flat('kind', ['p', 'q', 'r'])]] },
  'a three-way table': { sizes: { a: 2, b: 2, c: 2 }, questions: [[a, b, c]] },
  'a hierarchy': { sizes: { area: 4, b: 2 }, questions: [[area, b]] },
  'two linked tables': {
    sizes: { a: 2, b: 2, c: 2 },
    questions: [
      [a, b],
      [a, c],
    ],
  },
  'a hierarchy, then other unions of the same codes': {
    sizes: { area: 4, b: 2 },
    questions: [[area], [nested('area', 4, { all: [0, 1, 2, 3], odd: [0, 2], even: [1, 3] }), b]],
  },
  'codings that cut each other': {
    sizes: { age: 5 },
    questions: [
      [nested('age', 5, { ...ages, young: [0, 1], old: [2, 3, 4] })],
      [nested('age', 5, { ...ages, below: [0], above: [1, 2, 3, 4] })],
      [nested('age', 5, { ...ages, middle: [1, 2, 3] })],
      [nested('age', 5, { some: [1, 2], one: [1] })],
    ],
  },
  'the whole and then a part': {
    sizes: { a: 2, b: 2, c: 2 },
    questions: [
      [a, b],
      [b, nested('c', 2, { one: [0] })],
      [nested('a', 2, { one: [1] }), b, c],
    ],
  },
}

const drawn = (sizes: Scenario['sizes'], largest: number): fc.Arbitrary<Group[]> => {
  const combinations = Object.entries(sizes).reduce<Record<string, number>[]>(
    (made, [dimension, size]) =>
      made.flatMap((leaves) => Array.from({ length: size }, (_, leaf) => ({ ...leaves, [dimension]: leaf }))),
    [{}],
  )
  const one = fc.record({ count: fc.oneof(fc.nat(2), fc.nat(largest)), share: fc.constantFrom(0, 0, 0.4, 0.8, 1) })
  return fc.array(one, { minLength: combinations.length, maxLength: combinations.length }).map((counts) =>
    counts.map(({ count, share }, index) => ({
      leaves: combinations[index] ?? {},
      count,
      held: { police: Math.round(share * count) },
    })),
  )
}

type Asked = {
  readonly minimum: number
  readonly zeros: 'publish' | 'protect'
  readonly way: 'alone' | 'together'
}

/** Every question with all earlier answers at hand, or all of them at once. */
async function ask(groups: readonly Group[], { questions }: Scenario, { minimum, zeros, way }: Asked) {
  if (way === 'together') {
    const tables = questions.map((axes) => tableOf(axes, groups))
    const outcomes = await protectTogether(tables, { minimum, zeros, maxSparsity: 1 })
    return tables.flatMap((table, index): Answer[] => {
      const outcome = outcomes[index]
      if (outcome?.outcome !== 'answered') return []
      expect(wrong({ table, cells: outcome.cells }, minimum)).toStrictEqual([])
      return [{ table, cells: outcome.cells }]
    })
  }
  const answers: Answer[] = []
  const ledger: EarlierTable[] = []
  for (const axes of questions) {
    const table = tableOf(axes, groups)
    const outcome = await protect(table, { minimum, zeros, maxSparsity: 1 }, ledger)
    if (outcome.outcome === 'refused') continue
    expect(wrong({ table, cells: outcome.cells }, minimum)).toStrictEqual([])
    answers.push({ table, cells: outcome.cells })
    ledger.push({ ...remembered(table, outcome.cells), recounted: table.cells })
  }
  return answers
}

/** Without the number of all people there is no end to the tables that fit. */
const isBounded = (answers: readonly Answer[]): boolean =>
  answers.some(({ table, cells }) =>
    cells.some(
      ({ at, state }) =>
        state === 'released' &&
        table.axes.every(({ nodes, leaves }, axis) => nodes[at[axis] ?? 0]?.leaves.length === leaves),
    ),
  )

const patience = 40_000

/** Bounds of every cell of every answer. */
function boundsOf(answers: readonly Answer[], knowledge: readonly Knowledge[]) {
  const attacker = new IndependentAttacker(
    answers.map(({ table, cells }) => ({ axes: table.axes, cells })),
    knowledge,
  )
  const cells = answers.flatMap(({ table }, index) => table.cells.map((cell) => ({ ...cell, table: index })))
  const ranges = attacker.ranges(
    cells.map((cell) => attacker.atoms(answers[cell.table]?.table.axes ?? [], cell.at)),
    patience,
  )
  return (
    ranges && cells.map((cell, index) => ({ ...cell, ...(ranges[index] ?? { low: Number.NaN, high: Number.NaN }) }))
  )
}

/** Our own attacker, with the same knowledge. */
async function ourBounds(answers: readonly Answer[], party?: string) {
  const knowledge = answers.flatMap(({ table }, index) =>
    party === undefined
      ? []
      : knowledgeOf(table, party).map(({ at, atLeast, exact = false }) => ({ table: index, at, atLeast, exact })),
  )
  const attack = await attackPublished({
    tables: answers.map(({ table, cells }) => ({ axes: table.axes, cells })),
    knowledge,
    maxAtoms: 1_000,
    deadlineMs: 60_000,
    now: () => 0,
  })
  if (attack.outcome === 'failed') throw new Error(attack.code)
  const name = (table: number, at: Position) => `${table}: ${at.join()}`
  return new Map(attack.cells.map(({ table, at, low, high }) => [name(table, at), { low, high }]))
}

describe('trying every whole table that fits', { timeout: 600_000 }, () => {
  for (const [name, scenario] of Object.entries(scenarios)) {
    it(`tells nobody a small count, and our attacker finds the same: ${name}`, async () => {
      const judged = { outsider: 0, police: 0 }
      await fc.assert(
        fc.asyncProperty(
          fc
            .integer({ min: 3, max: 5 })
            .chain((minimum) => fc.tuple(fc.constant(minimum), drawn(scenario.sizes, minimum + 3))),
          fc.constantFrom('publish', 'protect'),
          fc.constantFrom('alone', 'together'),
          async ([minimum, groups], zeros, way) => {
            if (groups.every(({ count }) => count === 0)) return
            const answers = await ask(groups, scenario, { minimum, zeros, way })
            if (!isBounded(answers)) return
            for (const party of [undefined, 'police']) {
              const knowledge = party === undefined ? [] : answers.flatMap(({ table }) => knowledgeOf(table, party))
              const bounds = boundsOf(answers, knowledge)
              if (!bounds) continue
              const ours = await ourBounds(answers, party)
              for (const { table, at, count, byParty, low, high } of bounds) {
                expect(low <= count && count <= high).toBe(true)
                const found = ours.get(`${table}: ${at.join()}`)
                if (found) expect({ at, ...found }).toStrictEqual({ at, low, high })
                const own = party === undefined ? 0 : (byParty[party] ?? 0)
                const others = count - own
                const isSecret = others > 0 ? others < minimum : zeros === 'protect' && party === undefined
                if (!isSecret) continue
                expect({ at, party, deniable: high - own >= minimum && low < high }).toStrictEqual({
                  at,
                  party,
                  deniable: true,
                })
                judged[party === undefined ? 'outsider' : 'police']++
              }
            }
          },
        ),
        { numRuns: 8, seed: 11, endOnFailure: true },
      )
      // Refusing everything, or giving up on every table, would pass all of the above.
      expect(Math.min(judged.outsider, judged.police)).toBeGreaterThan(3)
    })
  }
})
