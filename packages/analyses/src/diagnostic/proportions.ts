/**
 * Shares of a group and differences between two of them, with score limits.
 *
 * The limits rise with the cases and fall with the population (the score statistic does both, and the square-and-add limits of a
 * difference inherit it), so that what is withheld matters at the corners only and the bounds are exact.
 * @see E. B. Wilson, JASA 22 (1927) 209; R. G. Newcombe, Statistics in Medicine 17 (1998) 857 (one share) and 873 (method 10: a difference)
 * @module
 */
import type { Interval } from '../interval.ts'
import type { Estimate } from '../shown.ts'

/** Cases among a population. Nobody is a case outside it. */
export type Group = { readonly cases: Interval; readonly population: Interval }

type Limits = { readonly share: number; readonly lower: number; readonly upper: number }

/** @param width - standard deviations on either side, 1.96 for 95 % */
function wilson(cases: number, population: number, width: number): Limits {
  const square = width * width
  const half = width * Math.sqrt((cases * (population - cases)) / population + square / 4)
  const [middle, below] = [cases + square / 2, population + square]
  return {
    share: cases / population,
    // Without cases the lower limit is zero, and with nothing else the upper one is all; roots do not always come out so.
    lower: cases === 0 ? 0 : (middle - half) / below,
    upper: cases === population ? 1 : (middle + half) / below,
  }
}

/** Fewest cases of most people, and most cases of the fewest people there can be then. */
const corners = ({ cases, population }: Group, width: number): readonly [Limits, Limits] => [
  wilson(cases.low, population.high, width),
  wilson(cases.high, Math.max(population.low, cases.high), width),
]

const between = (low: number, high: number): Interval => ({ low, high })

/** @param group - with somebody in it */
export function shareOf(group: Group, width: number): Estimate {
  const [low, high] = corners(group, width)
  return {
    value: between(low.share, high.share),
    lower: between(low.lower, high.lower),
    upper: between(low.upper, high.upper),
  }
}

function newcombe(first: Limits, second: Limits): Limits {
  const share = first.share - second.share
  return {
    share,
    lower: share - Math.hypot(first.share - first.lower, second.upper - second.share),
    upper: share + Math.hypot(first.upper - first.share, second.share - second.lower),
  }
}

/** The share of the first group less that of the second. */
export function differenceOf(first: Group, second: Group, width: number): Estimate {
  const [lowFirst, highFirst] = corners(first, width)
  const [lowSecond, highSecond] = corners(second, width)
  const [low, high] = [newcombe(lowFirst, highSecond), newcombe(highFirst, lowSecond)]
  return {
    value: between(low.share, high.share),
    lower: between(low.lower, high.lower),
    upper: between(low.upper, high.upper),
  }
}
