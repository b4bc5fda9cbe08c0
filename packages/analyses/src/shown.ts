/**
 * Figures as they stand in a record: eight digits, bounds rounded outwards, so that what lay inside still does.
 * @module
 */
import { type Interval, isExact } from './interval.ts'

const digits = 8
/** Smaller is nothing: numbers have no eight digits much below this. */
const smallest = 1e-250

/** Whole numbers stay as they are. */
function rounded(value: number, towards: 'nearest' | 'down' | 'up'): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value
  if (Math.abs(value) < smallest)
    return towards === 'down' && value < 0 ? -smallest : towards === 'up' && value > 0 ? smallest : 0
  const size = digits - 1 - Math.floor(Math.log10(Math.abs(value)))
  // A power of ten with a negative exponent is no exact number; dividing by its inverse is.
  const scaled = size >= 0 ? value * 10 ** size : value / 10 ** -size
  const whole = { nearest: Math.round, down: Math.floor, up: Math.ceil }[towards](scaled)
  return size >= 0 ? whole / 10 ** size : whole * 10 ** -size
}

export function shown(interval: Interval): Interval {
  if (isExact(interval)) {
    const value = rounded(interval.low, 'nearest')
    return { low: value, high: value }
  }
  return { low: rounded(interval.low, 'down'), high: rounded(interval.high, 'up') }
}

/** A figure with the limits of its confidence interval, each of which is an interval where cells were withheld. */
export type Estimate = { readonly value: Interval; readonly lower: Interval; readonly upper: Interval }

export const shownEstimate = ({ value, lower, upper }: Estimate): Estimate => ({
  value: shown(value),
  lower: shown(lower),
  upper: shown(upper),
})
