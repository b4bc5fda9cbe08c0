/** Amounts that may lie below nothing: rules count from the lowest that everybody knows, and levels from what is really there. */
import { describe, expect, it } from 'vitest'
import { defaultRules, type Rules, type SumCell, type SumMeasure } from '../../src/index.ts'
import { hazards, type Part, partOf, yardstick } from '../../src/magnitude/hazards.ts'

const everybody: SumCell = { at: [], sum: 10_000, persons: 1_000, contributors: 900, largest: [90, 80], byParty: {} }
const measured = (measure: Partial<SumMeasure> = {}, widest?: SumCell, rules: Partial<Rules> = {}) =>
  yardstick({ id: 'balance', cells: [], ...measure }, { ...defaultRules, ...rules }, widest)
const signed = { bounds: { lower: -100 } }

describe('what a handful of ordinary persons adds up to', () => {
  it('counts from the lowest: 30 % of ten times 10 without, of ten times 110 with a bound of -100', () => {
    expect(measured({}, everybody).ordinary).toBe(30)
    expect(measured(signed, everybody).ordinary).toBe(330)
  })

  it('is one unit where nobody is, or no cell holds everybody', () => {
    expect(measured({}, { ...everybody, sum: 0, persons: 0 }).ordinary).toBe(1)
    expect(measured({}, undefined).ordinary).toBe(1)
  })
})

describe('a part', () => {
  it('is the sum above what everybody has at least', () => {
    const cell: SumCell = { at: [1], sum: 80, persons: 4, contributors: 3, largest: [70, 60], byParty: {} }
    expect(partOf(cell, -100)).toStrictEqual({
      value: 480,
      persons: 4,
      contributors: 3,
      largest: [70, 60],
      byParty: {},
    })
    expect(partOf(cell, 0).value).toBe(80)
  })

  it('of which a party knows its own leaves the others, counted from the lowest too', () => {
    const part: Part = {
      value: 3_000 + 30 * 100,
      persons: 30,
      contributors: 30,
      largest: [100, 100],
      byParty: { node: { sum: 2_100, persons: 21, others: { contributors: 9, largest: [100, 100] } } },
    }
    // Nine others of 100 each: 30 % of 900.
    expect(hazards(part, measured(signed, everybody))).toStrictEqual([{ party: 'node', up: 270, down: 270 }])
  })

  it('is not judged by p % where contributions can cancel out', () => {
    const part: Part = { value: 135, persons: 12, contributors: 12, largest: [70, 60], byParty: {} }
    expect(hazards(part, measured(signed, everybody))).toStrictEqual([])
    expect(hazards(part, measured({}, everybody))).toStrictEqual([{ up: 2, down: 2 }])
  })

  it('keeps off by the largest contribution where the sum is less than that', () => {
    const part: Part = { value: 905, persons: 9, contributors: 9, largest: [70, 60], byParty: {} }
    expect(hazards(part, measured(signed, everybody))).toStrictEqual([{ up: 21, down: 21 }])
    expect(hazards({ ...part, largest: [] }, measured(signed, everybody))).toStrictEqual([{ up: 2, down: 2 }])
  })
})

describe('several rules on one cell', () => {
  const atMost: Part = { value: 9, persons: 9, contributors: 9, largest: [1, 1], byParty: {} }
  it('keep off as far as the strictest of them, on each side', () => {
    // Nine at the highest: 30 of room below, and 30 % of nine either way for their number.
    expect(hazards(atMost, measured({ bounds: { lower: 0, upper: 1 } }, everybody))).toStrictEqual([
      { up: 3, down: 30 },
    ])
    expect(hazards(atMost, measured({}, everybody))).toStrictEqual([{ up: 3, down: 3 }])
  })

  it('find everybody at the highest between two bounds', () => {
    const most: Part = { value: 200 * 40, persons: 40, contributors: 40, largest: [100, 100], byParty: {} }
    const between = measured({ bounds: { lower: -100, upper: 100 } }, everybody)
    expect(hazards(most, between)).toStrictEqual([{ up: 0, down: 330 }])
    expect(hazards({ ...most, value: 200 * 40 - 1 }, between)).toStrictEqual([])
  })
})

it('organisations are compared by size, whatever the order of their names', () => {
  const parties = (...sums: readonly number[]): Part['byParty'] =>
    Object.fromEntries(
      sums.map((sum, index) => [
        `party${index}`,
        { sum, persons: sum / 100, others: { contributors: 111 - sum / 100, largest: [100, 100] } },
      ]),
    )
  const part = (...sums: readonly number[]): Part => ({
    value: 11_100,
    persons: 111,
    contributors: 111,
    largest: [100, 100],
    byParty: parties(...sums),
  })
  for (const order of [
    [600, 1_500, 9_000],
    [1_500, 9_000, 600],
    [9_000, 600, 1_500],
  ])
    expect(hazards(part(...order), measured({ organisations: true }, everybody))).toStrictEqual([
      { up: 300, down: 300 },
    ])
})
