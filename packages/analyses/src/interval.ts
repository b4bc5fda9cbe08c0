/**
 * Intervals: what is known of a figure that rests on withheld cells. Each operation gives all values that its operands allow, so
 * that a figure worked out with them cannot leave the interval, and a narrower operand never widens it.
 * @see R. E. Moore, R. B. Kearfott and M. J. Cloud, Introduction to Interval Analysis (2009), ch. 2 and 5
 * @module
 */

/** Closed; `low` is not above `high`. One value where both are the same. */
export type Interval = { readonly low: number; readonly high: number }

export const exactly = (value: number): Interval => ({ low: value, high: value })
export const isExact = ({ low, high }: Interval): boolean => low === high

export const plus = (a: Interval, b: Interval): Interval => ({ low: a.low + b.low, high: a.high + b.high })
export const minus = (a: Interval, b: Interval): Interval => ({ low: a.low - b.high, high: a.high - b.low })
export const sumOf = (all: readonly Interval[]): Interval => all.reduce(plus, exactly(0))

/** Of a function that never falls. */
export const rising = (value: (at: number) => number, { low, high }: Interval): Interval => ({
  low: value(low),
  high: value(high),
})

export const times = (factor: number, a: Interval): Interval =>
  factor < 0 ? { low: factor * a.high, high: factor * a.low } : { low: factor * a.low, high: factor * a.high }

/** Of two intervals without negative values. */
export const product = (a: Interval, b: Interval): Interval => ({ low: a.low * b.low, high: a.high * b.high })

/** @param below - above zero @param above - zero or more */
export const ratio = (above: Interval, below: Interval): Interval => ({
  low: above.low / below.high,
  high: above.high / below.low,
})

export function squared({ low, high }: Interval): Interval {
  const ends = [low * low, high * high] as const
  return { low: low <= 0 && high >= 0 ? 0 : Math.min(...ends), high: Math.max(...ends) }
}

export function absolute({ low, high }: Interval): Interval {
  const ends = [Math.abs(low), Math.abs(high)] as const
  return { low: low <= 0 && high >= 0 ? 0 : Math.min(...ends), high: Math.max(...ends) }
}

export const hull = (a: Interval, b: Interval): Interval => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
})

/** What both allow. Both hold the true value, so they meet; rounding may say otherwise by a hair, and then the first stands. */
export function both(a: Interval, b: Interval): Interval {
  const low = Math.max(a.low, b.low)
  const high = Math.min(a.high, b.high)
  return low <= high ? { low, high } : a
}

export const within = (a: Interval, low: number, high: number): Interval => ({
  low: Math.min(Math.max(a.low, low), high),
  high: Math.max(Math.min(a.high, high), low),
})
