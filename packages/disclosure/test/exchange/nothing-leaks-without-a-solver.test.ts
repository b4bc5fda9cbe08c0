/** Series of questions answered with everybody counted, judged by the attacker in this folder's parent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Axis, crossingsOf, defaultRules, type EarlierTable, protectTable, type Rules } from '../../src/index.ts'
import { IndependentAttacker } from '../attacker.ts'
import { type Answer, knowledgeOf, leaks, wrong } from '../leaks.ts'
import { flat, type Group, nested, remembered, secret, tableOf } from '../tables.ts'

const codes = (size: number) => Array.from({ length: size }, (_, index) => `${index}`)

/** Persons for every combination of four dimensions, few or none where rare categories meet; the police hold a part of them. */
const people: fc.Arbitrary<Group[]> = fc
  .array(
    fc.record({
      often: fc.integer({ min: 2, max: 9 }),
      rarely: fc.constantFrom(0, 0, 0, 0, 1, 1, 2),
      police: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 108, maxLength: 108 },
  )
  .map((drawn) =>
    drawn.map(({ often, rarely, police }, index) => {
      const leaves = {
        a: index % 3,
        b: Math.floor(index / 3) % 3,
        c: Math.floor(index / 9) % 4,
        d: Math.floor(index / 36) % 3,
      }
      // Rare categories meet in cells that are small in two dimensions already.
      const rare = [leaves.a === 2, leaves.b === 2, leaves.c === 3, leaves.c === 2].filter(Boolean).length
      const count = rare > 1 || (rare === 1 && leaves.d > 0) ? rarely : often
      return { leaves, count, held: { police: Math.floor(police * count) } }
    }),
  )

const axes: readonly Axis[] = [
  flat('a', codes(3)),
  flat('b', codes(3), { owner: 'police' }),
  flat('c', codes(4)),
  nested('c', 4, { all: [0, 1, 2, 3], low: [0, 1], high: [2, 3], c0: [0], c1: [1], c2: [2], c3: [3] }),
  flat('d', codes(3)),
  nested('a', 3, { some: [0, 1], x: [0], y: [1] }),
  nested('c', 4, { some: [0, 1, 2], one: [0], two: [1, 2] }),
]
const question = fc.uniqueArray(fc.constantFrom(...axes), {
  minLength: 2,
  maxLength: 2,
  selector: ({ dimension }) => dimension,
})
const series = fc.tuple(people, fc.array(question, { minLength: 5, maxLength: 8 }))

/** Counted here, not by what is tested. */
function everybody(tables: readonly (readonly Axis[])[], groups: readonly Group[]): number[][] | undefined {
  return crossingsOf(tables, 100_000)?.map((crossing) => {
    let combinations: { readonly of: readonly Group[] }[] = [{ of: groups }]
    for (const { dimension, classes } of crossing.axes)
      combinations = combinations.flatMap(({ of }) =>
        classes.map((leaves) => ({ of: of.filter((group) => leaves.includes(group.leaves[dimension] ?? -1)) })),
      )
    return combinations.map(({ of }) => of.reduce((sum, { count }) => sum + count, 0))
  })
}

class Asking {
  readonly answers: Answer[] = []
  readonly #earlier: EarlierTable[] = []
  readonly #groups: readonly Group[]
  readonly #rules: Rules
  readonly #more: { readonly exchangeFrom?: number; readonly lie?: boolean }

  constructor(
    groups: readonly Group[],
    rules: Partial<Rules>,
    more: { readonly exchangeFrom?: number; readonly lie?: boolean },
  ) {
    this.#groups = groups
    this.#rules = { ...defaultRules, maxSparsity: 1, ...rules }
    this.#more = more
  }

  async ask(question: readonly Axis[]) {
    const table = tableOf(question, this.#groups)
    const { exchangeFrom, lie } = this.#more
    const counted = everybody([table.axes, ...this.#earlier.map((known) => known.axes)], this.#groups) ?? []
    const now = () => performance.now()
    const outcome = await protectTable({
      table,
      earlier: this.#earlier,
      rules: this.#rules,
      secret,
      whole: lie ? counted.map((counts) => counts.map((count) => count + 1)) : counted,
      ...(exchangeFrom === undefined ? {} : { exchangeFrom }),
      now,
      deadlineMs: now() + 60_000,
      improveMs: 50,
    })
    if (outcome.outcome === 'answered') {
      this.answers.push({ table, cells: outcome.cells })
      this.#earlier.push({ ...remembered(table, outcome.cells), recounted: table.cells })
    }
    return outcome
  }

  judge(): void {
    const { minimum, zeros } = this.#rules
    for (const answer of this.answers) expect(wrong(answer, minimum)).toStrictEqual([])
    expect(leaks(this.answers, minimum, zeros === 'protect')).toStrictEqual([])
  }
}

describe('answers next to earlier ones, with everybody counted', { timeout: 240_000 }, () => {
  it.each([
    ['publish', 0],
    ['protect', 0],
    ['protect', 1_000],
  ] as const)('give no small count away, with zeros: %s, exchanges before programmes from %i', async (zeros, from) => {
    let asked = 0
    let shown = 0
    await fc.assert(
      fc.asyncProperty(series, async ([groups, questions]) => {
        const asking = new Asking(groups, { minimum: 5, zeros }, { exchangeFrom: from })
        for (const one of questions) {
          const outcome = await asking.ask(one)
          asked++
          if (outcome.outcome === 'refused') expect(['nothing_left', 'not_protectable']).toContain(outcome.code)
          else shown += outcome.cells.filter(({ state }) => state === 'released').length
        }
        asking.judge()
      }),
      { numRuns: 10, seed: 14, endOnFailure: true },
    )
    // What refuses everything would pass all of the above.
    expect(shown / asked).toBeGreaterThan(3)
  })

  it('tell no party how few others are in a cell with its people', async () => {
    await fc.assert(
      fc.asyncProperty(series, async ([groups, questions]) => {
        const asking = new Asking(groups, { minimum: 5 }, { exchangeFrom: 0 })
        for (const one of questions) await asking.ask(one)
        const attacker = new IndependentAttacker(
          asking.answers.map(({ table, cells }) => ({ axes: table.axes, cells })),
          asking.answers.flatMap(({ table }) => knowledgeOf(table, 'police')),
        )
        for (const { table } of asking.answers) {
          for (const { at, persons, byParty } of table.cells) {
            const own = byParty['police'] ?? 0
            if (persons - own === 0 || persons - own >= 5) continue
            const { high } = attacker.bounds(table.axes, at)
            expect({ at, others: high - own >= 5 }).toStrictEqual({ at, others: true })
          }
        }
      }),
      { numRuns: 8, seed: 15, endOnFailure: true },
    )
  })

  it('are as safe when everybody was counted wrongly: such a count is no start', async () => {
    await fc.assert(
      fc.asyncProperty(series, async ([groups, questions]) => {
        const asking = new Asking(groups, { minimum: 5 }, { exchangeFrom: 0, lie: true })
        for (const one of questions.slice(0, 3)) await asking.ask(one)
        asking.judge()
      }),
      { numRuns: 4, seed: 16, endOnFailure: true },
    )
  })
})
