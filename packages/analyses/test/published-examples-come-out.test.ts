import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { associationOf } from '../src/diagnostic/chi-square.ts'
import { differenceOf, type Group, shareOf } from '../src/diagnostic/proportions.ts'
import { oddsRatio, riskRatio } from '../src/diagnostic/ratios.ts'
import { normalWidth, poissonLimits } from '../src/distributions.ts'
import { exactly } from '../src/interval.ts'
import type { Form } from '../src/predictive/forms.ts'
import { Smoothing } from '../src/predictive/smoothing.ts'
import { weightsOf } from '../src/predictive/weights.ts'
import type { Estimate } from '../src/shown.ts'

const width = normalWidth(0.95)
const group = (cases: number, population: number): Group => ({
  cases: exactly(cases),
  population: exactly(population),
})
const limits = ({ lower, upper }: Estimate): number[] => {
  expect([lower.low, upper.low]).toEqual([lower.high, upper.high])
  return [lower.low, upper.low]
}
const inDigits = (values: readonly number[], digits: number) => values.map((value) => Number(value.toFixed(digits)))

describe('published examples come out', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3: %i of %i', (cases, population, low, high) => {
    expect(inDigits(limits(shareOf(group(cases, population), width)), 4)).toEqual([low, high])
  })

  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])(
    'Newcombe, Statistics in Medicine 17 (1998) 873, table II, method 10: %i/%i less %i/%i',
    (a, m, b, n, low, high) => {
      expect(inDigits(limits(differenceOf(group(a, m), group(b, n), width)), 4)).toEqual([low, high])
    },
  )

  it('Agresti, An Introduction to Categorical Data Analysis, 2.2 and 2.3: aspirin and heart attacks', () => {
    const [placebo, aspirin] = [group(189, 11_034), group(104, 11_037)]
    const [risk, odds] = [riskRatio(placebo, aspirin, width), oddsRatio(placebo, aspirin, width)]
    expect(inDigits([risk.value.low, ...limits(risk)], 2)).toEqual([1.82, 1.43, 2.31])
    expect(inDigits([odds.value.low, ...limits(odds)], 2)).toEqual([1.83, 1.44, 2.33])
  })

  it('Bland and Altman, BMJ 320 (2000) 1468: eczema and hay fever', () => {
    const odds = oddsRatio(group(141, 561), group(928, 14_453), width)
    expect(inDigits([odds.value.low, ...limits(odds)], 2)).toEqual([4.89, 4, 5.99])
  })

  it('Agresti, An Introduction to Categorical Data Analysis, 2.4.4: gender and party, as the manual of R also has it', () => {
    const counts = [
      [762, 327, 468],
      [484, 239, 477],
    ]
    const found = associationOf({
      counts: counts.map((row) => row.map(exactly)),
      rows: [1557, 1200].map(exactly),
      columns: [1246, 566, 945].map(exactly),
    })
    expect(found.degrees).toBe(2)
    expect(inDigits([found.chiSquare.low], 2)).toEqual([30.07])
    expect(found.p.low).toBeCloseTo(2.954e-7, 10)
  })

  it('hair and eye colour of 592 students (Snee, The American Statistician 28 (1974) 9): 138.29 with 9 degrees, V 0.279', () => {
    const counts = [
      [68, 20, 15, 5],
      [119, 84, 54, 29],
      [26, 17, 14, 14],
      [7, 94, 10, 16],
    ]
    const found = associationOf({
      counts: counts.map((row) => row.map(exactly)),
      rows: counts.map((row) => exactly(row.reduce((sum, count) => sum + count, 0))),
      columns: [0, 1, 2, 3].map((column) => exactly(counts.reduce((sum, row) => sum + (row[column] ?? 0), 0))),
    })
    expect(found.degrees).toBe(9)
    expect(inDigits([found.chiSquare.low], 2)).toEqual([138.29])
    expect(inDigits([found.cramersV.low], 3)).toEqual([0.279])
  })

  it.each([
    [1, 0.0253, 5.5716],
    [10, 4.7954, 18.3904],
    [20, 12.2165, 30.8884],
  ])('Breslow and Day, Statistical Methods in Cancer Research II (1987), table 2.10: %i cases', (count, low, high) => {
    const found = poissonLimits(count, 0.95)
    expect(inDigits([found.low, found.high], 4)).toEqual([low, high])
  })

  /** Oil production of Saudi Arabia, 1996 to 2013: level 446.5868, parameter 0.8339. */
  const oil = [
    445.36, 453.2, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89, 509.87, 456.72,
    473.82, 525.95, 549.83, 542.34,
  ]
  it('Hyndman and Athanasopoulos, Forecasting: Principles and Practice (2nd ed.) 7.1: the forecast is 542.68 and the deviation 29.83', () => {
    const form: Form = {
      name: 'level',
      hasTrend: false,
      hasSeason: false,
      parameters: { level: 0.8339, trend: 0, season: 0 },
    }
    const weights = weightsOf(form, oil.length, 4, 3)
    const total = (row: Float64Array | undefined) => oil.reduce((sum, value, at) => sum + value * (row?.[at] ?? 0), 0)
    expect(weights?.forecasts.map((row) => Number(total(row).toFixed(2)))).toEqual([542.68, 542.68, 542.68])
    const squares = weights?.errors.reduce((sum, row) => sum + total(row) ** 2, 0) ?? 0
    expect(Math.sqrt(squares / (weights?.degrees ?? 0))).toBeCloseTo(29.83, 2)
    // Variance h steps ahead: 1 + (h - 1) times the square of the parameter (same book, 7.7).
    expect(weights?.variances).toEqual(
      [1, 1 + 0.8339 ** 2, 1 + 2 * 0.8339 ** 2].map((value) => expect.closeTo(value, 10)),
    )
  })

  it('chooses from the grid what an optimiser finds: the same forecast but for the step of the grid', () => {
    const { steps, models } = new Smoothing(4).forecast(oil.map(exactly), 1, width, 1)
    expect(models).toEqual(['level'])
    expect(steps[0]?.value.low).toBeCloseTo(542.68, 0)
  })
})

type Vector = {
  readonly name: string
  readonly input: {
    readonly series: readonly number[]
    readonly period: number
    readonly trend: boolean
    readonly season: boolean
    readonly level: number
    readonly slope: number
    readonly seasonal: number
    readonly horizon: number
  }
  readonly output: { readonly forecasts: readonly number[]; readonly squares: number }
}
const vectors: { readonly source: string; readonly cases: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('vectors/smoothing.json', import.meta.url), 'utf8'),
)

describe('another library fits the same models', () => {
  it.each(vectors.cases)('$name', ({ input, output }) => {
    const { series, period, trend, season, level, slope, seasonal, horizon } = input
    const form: Form = {
      name: 'level',
      hasTrend: trend,
      hasSeason: season,
      parameters: { level, trend: slope, season: seasonal },
    }
    const weights = weightsOf(form, series.length, period, horizon)
    const total = (row: Float64Array) => series.reduce((sum, value, at) => sum + value * (row[at] ?? 0), 0)
    // Its optimiser stops a little above the least sum of squares, which is reached here in one step.
    const squares = weights?.errors.reduce((sum, row) => sum + total(row) ** 2, 0) ?? 0
    expect(squares).toBeLessThanOrEqual(output.squares * (1 + 1e-9))
    expect(squares).toBeCloseTo(output.squares, 1)
    expect(weights?.forecasts).toHaveLength(output.forecasts.length)
    for (const [ahead, row] of (weights?.forecasts ?? []).entries())
      expect(total(row)).toBeCloseTo(output.forecasts[ahead] ?? Number.NaN, 1)
  })
})
