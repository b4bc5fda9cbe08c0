/**
 * Shares estimated from counts, with what chance may have done to them.
 * @module
 */
import type { Estimate } from './report-shape.ts'

/** Half the width that a valid estimate may have: a point. */
const widestMargin = 0.01

/** 99 in 100 of a normal distribution lie within this many standard deviations. */
const deviations = 2.576

/**
 * How far the true share may lie from the observed one: the further end of Wilson's interval, which also holds for
 * shares of 0 and 1.
 * @see Wilson, Probable inference, the law of succession, and statistical inference (1927)
 */
export function marginOf(share: number, cases: number): number {
  if (cases <= 0) return 1
  const z2 = deviations ** 2
  const centre = (share + z2 / (2 * cases)) / (1 + z2 / cases)
  const half = (deviations / (1 + z2 / cases)) * Math.sqrt((share * (1 - share)) / cases + z2 / (4 * cases * cases))
  return Math.abs(share - centre) + half
}

/** How far a count of rare cases may lie from what was to be expected. */
export const marginOfCount = (count: number): number => deviations * Math.sqrt(count)

/** @param cases - what the share was counted over; needs not be whole */
export function estimateShare(part: number, cases: number): Estimate {
  if (cases <= 0) return { valid: false, value: null, flaw: 'too_few' }
  const value = part / cases
  return judged(value, marginOf(value, cases))
}

/** A value that counts as valid when its margin is narrow enough. */
export function judged(value: number, margin: number): Estimate {
  return margin <= widestMargin ? { valid: true, value, margin } : { valid: false, value, flaw: 'too_few' }
}
