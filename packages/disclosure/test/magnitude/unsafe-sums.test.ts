/**
 * Which sums are unsafe and how far an attacker must be kept off: both sides of each border.
 * @module
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRules, type Rules, type SumMeasure } from '../../src/index.ts'
import { besideHiddenCount, hazards, merge, type Part, yardstick } from '../../src/magnitude/hazards.ts'

const measured = (rules: Partial<Rules> = {}, measure: Partial<SumMeasure> = {}) =>
  yardstick(
    { id: 'hours', cells: [], ...measure },
    { ...defaultRules, ...rules },
    {
      at: [],
      sum: 10_000,
      persons: 1_000,
      contributors: 1_000,
      largest: [20, 20],
      byParty: {},
    },
  )

/** A cell of these contributions and `others` of the given size. */
const part = (largest: readonly number[], others = 0, size = 1, byParty: Part['byParty'] = {}): Part => ({
  value: largest.reduce((sum, each) => sum + each, others * size),
  persons: largest.length + others,
  contributors: largest.length + others,
  largest: [...largest, ...Array.from({ length: Math.min(others, 4) }, () => size)],
  byParty,
})

describe('p %', () => {
  it('is unsafe when the rest is less than p % of the largest, and safe at the border', () => {
    // X - x1 - x2 = 99 < 100; the level is what is missing.
    expect(hazards(part([1_000, 500], 99), measured())).toStrictEqual([{ up: 1, down: 1 }])
    expect(hazards(part([1_000, 500], 100), measured())).toStrictEqual([])
  })

  it('keeps off by p/100 x1 - (X - x1 - x2)', () => {
    expect(hazards(part([50_000, 49_000], 1_000), measured())).toStrictEqual([{ up: 4_000, down: 4_000 }])
    expect(hazards(part([50_000, 49_000], 1_000), measured({}, { pPercent: 15 }))).toStrictEqual([
      { up: 6_500, down: 6_500 },
    ])
  })

  it('rounds a level upwards, so that no part of a unit is lost', () => {
    expect(hazards(part([1_005, 500], 100), measured())).toStrictEqual([{ up: 1, down: 1 }])
  })
})

describe('dominance', () => {
  const rules = { dominance: { n: 2, percent: 50 } }
  it('is unsafe above the percentage and safe at it', () => {
    expect(hazards(part([30, 20], 50), measured(rules))).toStrictEqual([])
    // 100/50 x 51 - 100.
    expect(hazards(part([31, 20], 49), measured(rules))).toStrictEqual([{ up: 2, down: 2 }])
  })

  it('with two contributors marks all that p = 100 (100 - k) / k marks', () => {
    const amount = fc.integer({ min: 1, max: 5_000 })
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 10, max: 400 }),
        fc.integer({ min: 51, max: 95 }),
        (a, b, others, k) => {
          const cell = part(a > b ? [a, b] : [b, a], others)
          const byShare = hazards(cell, measured({ pPercent: Math.min(100, (100 * (100 - k)) / k) }))
          const byDominance = hazards(cell, measured({ pPercent: 0, dominance: { n: 2, percent: k } }))
          return byShare.length === 0 || byDominance.length > 0
        },
      ),
      { seed: 1 },
    )
  })
})

describe('contributors', () => {
  it('fewer than k are unsafe, by t-ARGUS safety range; k are not', () => {
    expect(hazards(part([], 9, 100), measured())).toStrictEqual([{ up: 270, down: 270 }])
    expect(hazards(part([], 10, 100), measured())).toStrictEqual([])
    expect(hazards(part([], 9, 100), measured({ rangePercent: 50 }))).toStrictEqual([{ up: 450, down: 450 }])
  })

  it('decide alone where contributions may be negative: p % does not', () => {
    const negative = { bounds: { lower: -100 } }
    const few: Part = { value: 5_080, persons: 50, contributors: 9, largest: [70, 60], byParty: {} }
    // The sum is 80 and the largest 70: 30 % of the larger.
    expect(hazards(few, measured({}, negative))).toStrictEqual([{ up: 24, down: 24 }])
    expect(hazards({ ...few, contributors: 10 }, measured({}, negative))).toStrictEqual([])
  })
})

describe('everybody at a bound', () => {
  const nobody: Part = { value: 0, persons: 40, contributors: 0, largest: [], byParty: {} }
  it('tells what each one has: a sum of nothing, or of all there can be', () => {
    // Ten people of 10 each, 30 % of it.
    expect(hazards(nobody, measured())).toStrictEqual([{ up: 30, down: 0 }])
    expect(hazards(part([], 40), measured({}, { bounds: { lower: 0, upper: 1 } }))).toStrictEqual([{ up: 0, down: 30 }])
    expect(hazards(part([], 40), measured({}, { bounds: { lower: 0, upper: 2 } }))).toStrictEqual([])
  })

  it('is fine where zeros are published', () => {
    expect(hazards(nobody, measured({ zeros: 'publish' }))).toStrictEqual([])
  })
})

describe('a party', () => {
  const own = (sum: number, persons: number, largest: readonly number[], contributors: number) => ({
    node: { sum, persons, others: { contributors, largest } },
  })
  it('takes its own part away: what is left must be safe as well', () => {
    // Of 30 people all but nine of 100 each are its own.
    const cell = part([], 30, 100, own(2_100, 21, [100, 100], 9))
    expect(hazards(cell, measured())).toStrictEqual([{ party: 'node', up: 270, down: 270 }])
    expect(hazards(cell, measured({ insider: false }))).toStrictEqual([])
    const more = part([], 31, 100, own(2_100, 21, [100, 100], 10))
    expect(hazards(more, measured())).toStrictEqual([])
  })

  it('learns nothing of a cell that is wholly its own', () => {
    expect(hazards(part([], 12, 100, own(1_200, 12, [], 0)), measured())).toStrictEqual([])
  })

  it('is a contributor itself where the organisations are protected', () => {
    const parties = {
      large: { sum: 9_000, persons: 90, others: { contributors: 21, largest: [100, 100] } },
      small: { sum: 1_500, persons: 15, others: { contributors: 96, largest: [100, 100] } },
      other: { sum: 600, persons: 6, others: { contributors: 105, largest: [100, 100] } },
    }
    const cell = part([], 111, 100, parties)
    expect(hazards(cell, measured())).toStrictEqual([])
    // 900 - (11,100 - 9,000 - 1,500).
    expect(hazards(cell, measured({}, { organisations: true }))).toStrictEqual([{ up: 300, down: 300 }])
  })
})

describe('together', () => {
  it('cells are one cell: contributions in order, parties added up, also those that only one cell knows', () => {
    const own = { node: { sum: 40, persons: 1, others: { contributors: 1, largest: [30] } } }
    expect(merge([part([40, 30], 0, 1, own), part([50, 10])])).toStrictEqual({
      value: 130,
      persons: 4,
      contributors: 4,
      largest: [50, 40, 30, 10],
      byParty: { node: { sum: 40, persons: 1, others: { contributors: 3, largest: [50, 30, 10] } } },
    })
  })

  it('safe cells stay safe', () => {
    const cell = fc
      .tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), fc.integer({ min: 10, max: 300 }))
      .map(([a, b, others]) => part(a > b ? [a, b] : [b, a], others))
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const safe = hazards(a, measured()).length + hazards(b, measured()).length === 0
        return !safe || hazards(merge([a, b]), measured()).length === 0
      }),
      { seed: 2 },
    )
  })
})

it('a sum beside a hidden count needs room: a share of it, or of a handful where nobody is', () => {
  expect(besideHiddenCount(part([], 9, 100), measured())).toStrictEqual({ up: 270, down: 270 })
  expect(besideHiddenCount(part([], 10, 100), measured())).toStrictEqual({ up: 100, down: 100 })
  expect(besideHiddenCount(part([]), measured())).toStrictEqual({ up: 30, down: 0 })
})
