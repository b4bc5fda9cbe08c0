import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { associationOf } from '../src/diagnostic/chi-square.ts'
import { differenceOf, shareOf } from '../src/diagnostic/proportions.ts'
import { oddsRatio, riskRatio } from '../src/diagnostic/ratios.ts'
import { standardised } from '../src/diagnostic/standardise.ts'
import { normalWidth } from '../src/distributions.ts'
import { exactly } from '../src/interval.ts'
import type { Estimate } from '../src/shown.ts'

type Vectors = {
  readonly source: string
  readonly two: readonly {
    readonly input: readonly [number, number, number, number]
    readonly wilson: readonly number[]
    readonly difference: readonly number[]
    readonly riskRatio: readonly number[]
    readonly oddsRatio: readonly number[]
  }[]
  readonly tables: readonly {
    readonly input: readonly (readonly number[])[]
    readonly chiSquare: number
    readonly p: number
    readonly degrees: number
    readonly cramersV: number
  }[]
  readonly standardised: readonly {
    readonly input: {
      readonly cases: readonly number[]
      readonly population: readonly number[]
      readonly weights: readonly number[]
    }
    readonly output: readonly number[]
  }[]
}
const vectors: Vectors = JSON.parse(readFileSync(new URL('vectors/rates.json', import.meta.url), 'utf8'))

const width = normalWidth(0.95)
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 8))
const all = ({ value, lower, upper }: Estimate) => [value.low, lower.low, upper.low]
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

describe('another library finds the same', () => {
  it.each(vectors.two)('shares, difference and ratios of $input', ({ input: [a, m, b, n], ...wanted }) => {
    const first = { cases: exactly(a), population: exactly(m) }
    const second = { cases: exactly(b), population: exactly(n) }
    expect(all(shareOf(first, width)).slice(1)).toEqual(near(wanted.wilson))
    expect(all(differenceOf(first, second, width)).slice(1)).toEqual(near(wanted.difference))
    expect(all(riskRatio(first, second, width))).toEqual(near(wanted.riskRatio))
    expect(all(oddsRatio(first, second, width))).toEqual(near(wanted.oddsRatio))
  })

  it.each(vectors.tables)('chi-square of $input', ({ input, ...wanted }) => {
    const found = associationOf({
      counts: input.map((row) => row.map(exactly)),
      rows: input.map((row) => exactly(total(row))),
      columns: (input[0] ?? []).map((_, column) => exactly(total(input.map((row) => row[column] ?? 0)))),
    })
    expect(found.degrees).toBe(wanted.degrees)
    expect([found.chiSquare.low, found.p.low, found.cramersV.low]).toEqual(
      near([wanted.chiSquare, wanted.p, wanted.cramersV]),
    )
    expect(found.chiSquare.low).toBe(found.chiSquare.high)
    // Bergsma's correction, written out.
    const [rows, columns, people] = [input.length, input[0]?.length ?? 0, total(input.flat())]
    const square = Math.max(0, wanted.chiSquare / people - ((rows - 1) * (columns - 1)) / (people - 1))
    const least = Math.min(rows - (rows - 1) ** 2 / (people - 1), columns - (columns - 1) ** 2 / (people - 1))
    expect(found.correctedV.low).toBeCloseTo(Math.sqrt(square / (least - 1)), 8)
  })

  it.each(vectors.standardised)('standardised rate of $input', ({ input: { cases, population, weights }, output }) => {
    const strata = cases.map((count, index) => ({
      cases: exactly(count),
      population: exactly(population[index] ?? 0),
      weight: (weights[index] ?? 0) / total(weights),
    }))
    const found = standardised(strata, exactly(total(cases)), 0.95)
    expect(all(found)).toEqual(near(output))
  })
})

describe('zero cells', () => {
  it('one half is added to all four counts where a count is zero that may not be', () => {
    const none = { cases: exactly(0), population: exactly(40) }
    const some = { cases: exactly(6), population: exactly(50) }
    const everyone = { cases: exactly(40), population: exactly(40) }
    expect(riskRatio(none, some, width).value.low).toBeCloseTo(0.5 / 41 / (6.5 / 51), 12)
    expect(oddsRatio(none, some, width).value.low).toBeCloseTo((0.5 * 44.5) / (40.5 * 6.5), 12)
    // Everybody is no zero for a risk, and is one for odds.
    expect(riskRatio(everyone, some, width).value.low).toBeCloseTo(1 / (6 / 50), 12)
    expect(oddsRatio(everyone, some, width).value.low).toBeCloseTo((40.5 * 44.5) / (0.5 * 6.5), 12)
    for (const ratio of [riskRatio(none, none, width), oddsRatio(none, none, width)])
      expect(all(ratio).every(Number.isFinite)).toBe(true)
  })

  it('a count that may be zero spans both ways', () => {
    const maybe = { cases: { low: 0, high: 1 }, population: exactly(40) }
    const some = { cases: exactly(6), population: exactly(50) }
    const spanned = riskRatio(maybe, some, width)
    const ends = [0, 1].map((count) => riskRatio({ cases: exactly(count), population: exactly(40) }, some, width))
    const lower = ends.map((end) => end.lower.low)
    expect(spanned.lower.low).toBeCloseTo(Math.min(...lower), 8)
    expect(spanned.lower.high).toBeCloseTo(Math.max(...lower), 8)
  })
})
