/**
 * How far forecasts would have been off: each period of the last year is forecast from those before it, over and over.
 * @see L. J. Tashman, International Journal of Forecasting 16 (2000) 437: rolling origins
 * @module
 */
import { absolute, type Interval, minus, plus, times } from '../interval.ts'
import type { Smoothing } from './smoothing.ts'

/** There are twelve origins for one forecast. */
const mostPieces = 64

/** Mean absolute error of each method, in the unit of the series. */
export type Errors = { readonly smoothing: Interval; readonly naive: Interval; readonly forecasts: number }

/**
 * @param series - of two years more than the year that is forecast again
 * @param horizon - steps ahead that count; at most a year
 */
export function rollingErrors(series: readonly Interval[], period: number, horizon: number, models: Smoothing): Errors {
  let [smoothing, naive, forecasts]: [Interval, Interval, number] = [{ low: 0, high: 0 }, { low: 0, high: 0 }, 0]
  for (let origin = series.length - period; origin < series.length; origin += 1) {
    const ahead = Math.min(horizon, series.length - origin)
    // Always the same horizon is asked, so that models of one length are reckoned once.
    const { steps } = models.forecast(series.slice(0, origin), horizon, 0, mostPieces)
    for (let step = 0; step < ahead; step += 1) {
      const came = series[origin + step] as Interval
      const yearBefore = series[origin + step - period] as Interval
      smoothing = plus(smoothing, absolute(minus(came, steps[step]?.value ?? came)))
      naive = plus(naive, absolute(minus(came, yearBefore)))
      forecasts += 1
    }
  }
  return { smoothing: times(1 / forecasts, smoothing), naive: times(1 / forecasts, naive), forecasts }
}
