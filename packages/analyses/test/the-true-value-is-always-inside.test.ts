import type { CrossTabAnswer } from '@kruispunt/contracts'
import { makePerturbationTable, perturb } from '@kruispunt/disclosure'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { analyse } from '../src/index.ts'
import { intervalsOf, outside } from './support/inside.ts'
import { people, quarters, questionsAboutPeople, questionsAboutQuarters } from './support/questions.ts'
import { type Counted, limits, openAnswer, protectedAnswer, sealedAgain, withheldAnswer } from './support/tables.ts'

/** Many small counts and some large ones, as in tables that need protection. */
const count = fc.oneof(
  fc.integer({ min: 0, max: 14 }),
  fc.integer({ min: 10, max: 120 }),
  fc.integer({ min: 100, max: 900 }),
)
const peopleCounts = fc.array(count, { minLength: 16, maxLength: 16 })
const quarterCounts = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 20, max: 60 })), {
  minLength: 32,
  maxLength: 32,
})

// Protecting a table is a search; on a busy machine it takes its time.
vi.setConfig({ testTimeout: 180_000 })

/** By type of question: how often the two were compared, and how often something was left open. */
const compared = new Map<string, number>()
const wide = new Map<string, number>()
const add = (to: Map<string, number>, type: string) => to.set(type, (to.get(type) ?? 0) + 1)

/** What the true tables give, against what these give. */
async function holds(
  question: { readonly type: string },
  truth: readonly CrossTabAnswer[],
  shown: readonly { answer: CrossTabAnswer; largestError?: number }[],
) {
  const seen = await analyse(question, shown, limits)
  // A refusal claims nothing.
  if (seen.outcome === 'refused') return
  const whole = await analyse(
    question,
    truth.map((answer) => ({ answer })),
    limits,
  )
  if (whole.outcome === 'refused') throw new Error(`refused with the whole table: ${whole.code}`)
  expect(outside(whole.record.result, seen.record.result)).toEqual([])
  add(compared, question.type)
  if (intervalsOf(seen.record.result).some(({ low, high }) => low < high)) add(wide, question.type)
}

describe('the true value is always inside', () => {
  beforeEach(() => {
    compared.clear()
    wide.clear()
  })

  it('of every question about protected tables', async () => {
    await fc.assert(
      fc.asyncProperty(peopleCounts, fc.integer({ min: 3, max: 10 }), async (counts, minimum) => {
        const counted = people(counts)
        const answer = await protectedAnswer(counted, { minimum })
        if (answer)
          for (const question of questionsAboutPeople) await holds(question, [openAnswer(counted)], [{ answer }])
      }),
      // Between them they have something withheld for every question.
      {
        numRuns: 5,
        examples: [
          [[31, 6, 300, 90, 12, 4, 210, 95, 40, 11, 520, 180, 14, 7, 80, 66], 10],
          // Too few with care in two areas, and too few of the young.
          [[3, 2, 300, 90, 4, 3, 210, 95, 40, 11, 520, 180, 14, 7, 80, 66], 10],
          [[3, 40, 2, 90, 4, 60, 3, 95, 40, 11, 520, 180, 14, 7, 80, 66], 10],
        ],
      },
    )
    for (const { type } of questionsAboutPeople) {
      expect(compared.get(type), type).toBeGreaterThan(0)
      expect(wide.get(type), type).toBeGreaterThan(0)
    }
  })

  it('of every question about protected quarters', async () => {
    await fc.assert(
      fc.asyncProperty(quarterCounts, async (counts) => {
        const counted = quarters(counts)
        const answer = await protectedAnswer(counted, { minimum: 5 })
        if (answer)
          for (const question of questionsAboutQuarters) await holds(question, [openAnswer(counted)], [{ answer }])
      }),
      { numRuns: 2, examples: [[Array.from({ length: 32 }, (_, at) => (at === 11 ? 3 : 20 + ((at * 5) % 17)))]] },
    )
    for (const { type } of questionsAboutQuarters) expect(wide.get(type), type).toBeGreaterThan(0)
  })

  it('also where cells are withheld anyhow, singly or by the row', async () => {
    // Areas of which the cells inside are withheld, by care and age or by either alone.
    const hidden = fc.record({
      areas: fc.subarray([2, 3, 5, 6], { minLength: 2 }),
      axes: fc.constantFrom('both', 'care', 'age'),
    })
    await fc.assert(
      fc.asyncProperty(
        peopleCounts,
        hidden,
        fc.constantFrom(...questionsAboutPeople),
        async (counts, { areas, axes }, question) => {
          const counted = people(counts)
          const answer = withheldAnswer(
            counted,
            ([area = 0, care = 0, age = 0]) =>
              areas.includes(area) && (axes === 'age' || care > 0) && (axes === 'care' || age > 0),
          )
          await holds(question, [openAnswer(counted)], [{ answer }])
        },
      ),
      { numRuns: 60 },
    )
    expect([...wide.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0)
  })

  it('also where two tables of one release say more together', async () => {
    const counted = people(Array.from({ length: 16 }, (_, at) => 12 + ((at * 7) % 40)))
    const { sides, counts } = counted
    const byCare: Counted = {
      sides: sides.slice(0, 2),
      counts: Array.from({ length: 8 }, (_, at) => (counts[2 * at] ?? 0) + (counts[2 * at + 1] ?? 0)),
    }
    const whole = withheldAnswer(counted, ([area = 0, care = 0]) => (area === 2 || area === 3) && care > 0)
    const question = { type: 'rates', by: { dimension: 'gebied' }, outcome: { dimension: 'wmo', category: 'ja' } }
    const alone = await analyse(question, [{ answer: whole }], limits)
    const together = await analyse(question, [{ answer: whole }, { answer: openAnswer(byCare) }], limits)
    if (alone.outcome === 'refused' || together.outcome === 'refused') throw new Error('refused')
    expect(alone.record.tables[0]?.inexact).toBe(2)
    expect(together.record.tables[0]?.inexact).toBe(0)
    expect(outside(together.record.result, alone.record.result)).toEqual([])
    await holds(
      question,
      [openAnswer(counted), openAnswer(byCare)],
      [{ answer: whole }, { answer: openAnswer(byCare) }],
    )
  })

  it('also where counts carry a limited error', async () => {
    const table = makePerturbationTable({ maxDeviation: 4, variance: 2, smallestShown: 1 })
    const keys = fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { minLength: 63, maxLength: 63 })
    await fc.assert(
      fc.asyncProperty(
        peopleCounts,
        keys,
        fc.constantFrom(3, 10),
        fc.constantFrom(...questionsAboutPeople),
        async (counts, drawn, minimum, question) => {
          const truth = openAnswer(people(counts))
          const cells = truth.cells.map((cell, index) => ({
            at: cell.at,
            count: cell.state === 'released' ? cell.count : 0,
            key: drawn[index] ?? 0,
          }))
          const noisy = perturb({ cells, table, minimum }).map((cell) => ({ ...cell, at: [...cell.at] }))
          const answer = sealedAgain(truth, { cells: noisy, mode: 'cell-key', minimum })
          await holds(question, [truth], [{ answer, largestError: 4 }])
        },
      ),
      { numRuns: 60 },
    )
    expect([...compared.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0)
  })
})

describe('fewer withheld cells never widen an answer', () => {
  const hidden = fc.array(fc.constantFrom('shown', 'less', 'more'), { minLength: 63, maxLength: 63 })
  const masks = { less: ['less'], more: ['less', 'more'] } as const

  it('of people', async () => {
    let narrower = 0
    await fc.assert(
      fc.asyncProperty(
        peopleCounts,
        hidden,
        fc.constantFrom(...questionsAboutPeople),
        async (counts, mask, question) => {
          const counted = people(counts)
          const [less, more] = (['less', 'more'] as const).map((which) =>
            withheldAnswer(
              counted,
              ([a = 0, b = 0, c = 0]) =>
                a + b + c > 0 && (masks[which] as readonly string[]).includes(mask[(a * 3 + b) * 3 + c] ?? 'shown'),
            ),
          )
          const [narrow, wide_] = await Promise.all(
            [less, more].map((answer) => analyse(question, [{ answer }], limits)),
          )
          if (wide_?.outcome !== 'analysed') return
          if (narrow?.outcome !== 'analysed') throw new Error('refused with more to go by')
          expect(outside(narrow.record.result, wide_.record.result, 1e-7)).toEqual([])
          if (JSON.stringify(narrow.record.result) !== JSON.stringify(wide_.record.result)) narrower += 1
        },
      ),
      { numRuns: 40 },
    )
    expect(narrower).toBeGreaterThan(0)
  })

  it('of quarters', async () => {
    await fc.assert(
      fc.asyncProperty(quarterCounts, fc.array(fc.nat(15), { minLength: 2, maxLength: 4 }), async (counts, hide) => {
        const counted = quarters(counts)
        const answers = [hide.slice(1), hide].map((some) =>
          withheldAnswer(counted, ([quarter = 0, kind = 0]) => kind > 0 && some.includes(quarter - 1)),
        )
        for (const question of questionsAboutQuarters) {
          const [narrow, wide_] = await Promise.all(answers.map((answer) => analyse(question, [{ answer }], limits)))
          if (narrow?.outcome !== 'analysed' || wide_?.outcome !== 'analysed') throw new Error('refused')
          expect(outside(narrow.record.result, wide_.record.result, 1e-7)).toEqual([])
        }
      }),
      { numRuns: 2 },
    )
  })
})
