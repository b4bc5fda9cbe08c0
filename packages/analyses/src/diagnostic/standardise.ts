/**
 * Directly standardised rates: what the rate of a group would be if its people were divided over age and sex as a standard is.
 * @see A. J. Dobson et al., Statistics in Medicine 10 (1991) 457; J. K. Morris et al., Population Health Metrics 16 (2018) 19 (fewer than ten
 *   cases: no rate)
 * @module
 */
import { poissonLimits } from '../distributions.ts'
import { both, type Interval, product, rising, sumOf, times } from '../interval.ts'
import type { Estimate } from '../shown.ts'
import type { Group } from './proportions.ts'

/** One combination of age and sex; `weight` is its share of the standard. */
export type Stratum = Group & { readonly weight: number }

export const fewestCases = 10

/**
 * @param cases - of all strata together, {@link fewestCases} or more
 * @returns the rate as a share
 */
export function standardised(strata: readonly Stratum[], cases: Interval, confidence: number): Estimate {
  // With the cases of all strata known together, more in one is less in another.
  const value = both(
    sumOf(strata.map(({ weight, ...group }) => times(weight, share(group)))),
    shared(strata, cases, ({ weight }, people) => weight / people),
  )
  // Poisson variance of a weighted sum; rises with cases and falls with people, so each stratum is bounded at its corners.
  const variance = both(
    sumOf(strata.map(({ weight, ...group }) => times(weight ** 2, shareByPeople(group)))),
    shared(strata, cases, ({ weight }, people) => (weight / people) ** 2),
  )
  const error = rising(Math.sqrt, variance)
  // How many square roots of the count the exact limits lie away from it: towards 1.96 from below and from above as counts grow.
  const below = { low: distance(cases.low, confidence).below, high: distance(cases.high, confidence).below }
  const above = { low: distance(cases.high, confidence).above, high: distance(cases.low, confidence).above }
  const [down, up] = [product(error, below), product(error, above)]
  return {
    value,
    lower: { low: Math.max(0, value.low - down.high), high: Math.max(0, value.high - down.low) },
    upper: { low: value.low + up.low, high: value.high + up.high },
  }
}

const share = ({ cases, population }: Group): Interval => ({
  low: cases.low / population.high,
  high: cases.high / Math.max(population.low, cases.high),
})

/**
 * Cases over the square of the people. Nobody is a case outside them, so that with fewer people than cases can be, most is reached
 * where everybody is a case.
 */
const shareByPeople = ({ cases, population }: Group): Interval => ({
  low: cases.low / population.high ** 2,
  high: cases.high <= population.low ? cases.high / population.low ** 2 : 1 / population.low,
})

/** A sum of so much for each case, over strata whose cases are known together: the dearest first for most, the cheapest for least. */
function shared(
  strata: readonly Stratum[],
  together: Interval,
  each: (stratum: Stratum, people: number) => number,
): Interval {
  const surely = strata.reduce((sum, { cases }) => sum + cases.low, 0)
  const filled = (prices: readonly number[], over: number): number => {
    let left = Math.max(0, over)
    let sum = strata.reduce((all, { cases }, index) => all + (prices[index] ?? 0) * cases.low, 0)
    const order = [...prices.keys()].toSorted((a, b) => (prices[a] ?? 0) - (prices[b] ?? 0))
    for (const index of order) {
      const { low, high } = strata[index]?.cases ?? together
      const taken = Math.min(left, high - low)
      sum += taken * (prices[index] ?? 0)
      left -= taken
    }
    return sum
  }
  const [dear, cheap] = [
    strata.map((stratum) => -each(stratum, stratum.population.low)),
    strata.map((stratum) => each(stratum, stratum.population.high)),
  ]
  return { low: filled(cheap, together.low - surely), high: -filled(dear, together.high - surely) }
}

function distance(count: number, confidence: number): { readonly below: number; readonly above: number } {
  const { low, high } = poissonLimits(count, confidence)
  const root = Math.sqrt(count)
  return { below: (count - low) / root, above: (high - count) / root }
}
