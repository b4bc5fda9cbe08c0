/**
 * A series of counts carried on, with limits. Of all models tried that one counts which the likelihood prefers (AICc); where withheld
 * periods leave open which that is, the answer spans all that it may be.
 * @see R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 2nd ed. (2018), ch. 7
 * @module
 */
import { hull, type Interval, isExact, squared } from '../interval.ts'
import { rangeOver } from '../range-over.ts'
import type { Estimate } from '../shown.ts'
import { type Form, forms } from './forms.ts'
import { type Weights, weightsOf } from './weights.ts'

/** Sums of squares below this, for each observation, are rounding: a series that never changes fits every model. */
const negligible = 1e-9

/** Models of one length of series, reckoned once. */
export class Smoothing {
  readonly #period: number
  readonly #known = new Map<string, readonly Weights[]>()

  /** @param period - 12 for months, 4 for quarters */
  constructor(period: number) {
    this.#period = period
  }

  /**
   * @param series - a count for each period, oldest first
   * @param width - standard deviations on either side
   * @param most - pieces of what is withheld, each of which asks every model: more is slower and narrower
   * @returns for each step ahead the forecast with its limits, none below zero; and the kinds of model that it may rest on
   */
  forecast(
    series: readonly Interval[],
    horizon: number,
    width: number,
    most: number,
  ): { readonly steps: readonly Estimate[]; readonly models: readonly Form['name'][] } {
    const models = new Set<Form['name']>()
    const open = series.flatMap((count, index) => (isExact(count) ? [] : [index]))
    const candidates = this.#weights(series.length, horizon).map((weights) => new Candidate(weights, series, open))
    const found = rangeOver(
      series,
      (piece) => {
        const { steps, used } = onPiece(piece, candidates, horizon, width)
        for (const name of used) models.add(name)
        return steps.flatMap(({ value, lower, upper }) => [value, lower, upper])
      },
      most,
    )
    if (!found) throw new Error('a series that cannot be')
    const steps = Array.from({ length: horizon }, (_, ahead) => {
      const [value, lower, upper] = found.slice(3 * ahead, 3 * ahead + 3)
      if (!value || !lower || !upper) throw new Error('a step without a forecast')
      return { value, lower, upper }
    })
    return { steps, models: [...new Set(forms.map(({ name }) => name))].filter((name) => models.has(name)) }
  }

  #weights(length: number, horizon: number): readonly Weights[] {
    const key = `${length}/${horizon}`
    const known = this.#known.get(key)
    if (known) return known
    const made = forms.flatMap((form) => weightsOf(form, length, this.#period, horizon) ?? [])
    this.#known.set(key, made)
    return made
  }
}

type Fit = { readonly squares: Interval; readonly criterion: Interval }

/** A model with one series: what is known of the series is added up once, for all pieces. */
class Candidate {
  readonly weights: Weights
  readonly #open: readonly number[]
  readonly #errors: readonly number[]
  readonly #forecasts: readonly number[]

  constructor(weights: Weights, series: readonly Interval[], open: readonly number[]) {
    this.weights = weights
    this.#open = open
    const known = (row: Float64Array): number =>
      series.reduce((sum, count, index) => (isExact(count) ? sum + (row[index] ?? 0) * count.low : sum), 0)
    this.#errors = weights.errors.map(known)
    this.#forecasts = weights.forecasts.map(known)
  }

  fit(piece: readonly Interval[]): Fit {
    let [low, high] = [0, 0]
    for (const [index, row] of this.weights.errors.entries()) {
      const square = squared(this.#added(piece, row, this.#errors[index] ?? 0))
      low += square.low
      high += square.high
    }
    const least = negligible * piece.length
    const squares = { low: Math.max(least, low), high: Math.max(least, high) }
    const criterion = (sum: number): number => piece.length * Math.log(sum / piece.length) + this.weights.penalty
    return { squares, criterion: { low: criterion(squares.low), high: criterion(squares.high) } }
  }

  step(piece: readonly Interval[], { squares }: Fit, ahead: number, width: number): Estimate {
    const { forecasts, variances, degrees } = this.weights
    const row = forecasts[ahead] ?? new Float64Array()
    const middle = this.#added(piece, row, this.#forecasts[ahead] ?? 0)
    const far = (sum: number): number => width * Math.sqrt((sum / degrees) * (variances[ahead] ?? 0))
    const [near, wide] = [far(squares.low), far(squares.high)]
    const count = (low: number, high: number): Interval => ({ low: Math.max(0, low), high: Math.max(0, high) })
    return {
      value: count(middle.low, middle.high),
      lower: count(middle.low - wide, middle.high - near),
      upper: count(middle.low + near, middle.high + wide),
    }
  }

  #added(piece: readonly Interval[], row: Float64Array, known: number): Interval {
    let [low, high] = [known, known]
    for (const index of this.#open) {
      const weight = row[index] ?? 0
      const value = piece[index] as Interval
      low += weight * (weight < 0 ? value.high : value.low)
      high += weight * (weight < 0 ? value.low : value.high)
    }
    return { low, high }
  }
}

/** What each step can be on a piece: by every model that may fit best there. */
function onPiece(
  piece: readonly Interval[],
  candidates: readonly Candidate[],
  horizon: number,
  width: number,
): { readonly steps: Estimate[]; readonly used: readonly Form['name'][] } {
  const fits = candidates.map((candidate) => ({ candidate, fit: candidate.fit(piece) }))
  const best = Math.min(...fits.map(({ fit }) => fit.criterion.high))
  const kept = fits.filter(({ fit }) => fit.criterion.low <= best)
  const steps = Array.from({ length: horizon }, (_, ahead) =>
    kept.map(({ candidate, fit }) => candidate.step(piece, fit, ahead, width)).reduce(joined),
  )
  return { steps, used: kept.map(({ candidate }) => candidate.weights.form.name) }
}

const joined = (a: Estimate, b: Estimate): Estimate => ({
  value: hull(a.value, b.value),
  lower: hull(a.lower, b.lower),
  upper: hull(a.upper, b.upper),
})

/** The same period of a year ago, with the deviation of all such differences. */
export function seasonalNaive(
  series: readonly Interval[],
  period: number,
  horizon: number,
  width: number,
): readonly Estimate[] {
  const differences = series.slice(period).map((now, index) => {
    const before = series[index] as Interval
    return squared({ low: now.low - before.high, high: now.high - before.low })
  })
  const mean = (pick: (square: Interval) => number): number =>
    differences.reduce((sum, square) => sum + pick(square), 0) / differences.length
  const [near, far] = [width * Math.sqrt(mean(({ low }) => low)), width * Math.sqrt(mean(({ high }) => high))]
  return Array.from({ length: horizon }, (_, ahead) => {
    const { low, high } = series[series.length - period + ahead] as Interval
    return {
      value: { low, high },
      lower: { low: Math.max(0, low - far), high: Math.max(0, high - near) },
      upper: { low: low + near, high: high + far },
    }
  })
}
