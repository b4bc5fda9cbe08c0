/**
 * Limits of a funnel plot: between which counts an area lies by chance alone if it is like all areas together.
 * @see D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185, section 2.3 and appendix A.1: exact limits, interpolated between counts
 * @module
 */
import { binomialUpTo, poissonUpTo } from '../distributions.ts'
import type { Interval } from '../interval.ts'

export type Model = 'binomial' | 'poisson'

const upTo = (model: Model, count: number, size: number, share: number): number =>
  model === 'binomial' ? binomialUpTo(count, size, share) : poissonUpTo(count, size * share)

/**
 * The count below which an area stays with this chance. Rises with size and share, as the distributions do.
 * @param chance - 0.025 for the lower limit of 95 %
 */
export function limitOf(model: Model, size: number, share: number, chance: number): number {
  let [none, enough] = [-1, Math.max(1, Math.ceil(size * share))]
  while (upTo(model, enough, size, share) < chance) [none, enough] = [enough, enough * 2]
  while (enough - none > 1) {
    const middle = Math.floor((none + enough) / 2)
    if (upTo(model, middle, size, share) >= chance) enough = middle
    else none = middle
  }
  const reached = upTo(model, enough, size, share)
  const before = upTo(model, enough - 1, size, share)
  return Math.max(0, enough - (reached - chance) / (reached - before))
}

const levels = { usual: 0.95, strict: 0.998 } as const

/** Both pairs of limits, as counts. */
export type FunnelLimits = {
  readonly strictLow: Interval
  readonly low: Interval
  readonly high: Interval
  readonly strictHigh: Interval
}

export function funnelLimits(model: Model, population: Interval, share: Interval): FunnelLimits {
  const at = (chance: number): Interval => ({
    low: limitOf(model, population.low, share.low, chance),
    high: limitOf(model, population.high, share.high, chance),
  })
  const tail = (level: number): number => (1 - level) / 2
  return {
    strictLow: at(tail(levels.strict)),
    low: at(tail(levels.usual)),
    high: at(1 - tail(levels.usual)),
    strictHigh: at(1 - tail(levels.strict)),
  }
}

/** From far below to far above; outside the 95 % limits is `below` or `above`, outside those of 99.8 % `far-…`. */
const zones = ['far-below', 'below', 'inside', 'above', 'far-above'] as const
export type Zone = (typeof zones)[number]

/** Where an area may lie: one zone if that is certain. */
export function zonesOf(cases: Interval, { strictLow, low, high, strictHigh }: FunnelLimits): Zone[] {
  const zone = (count: number, limits: readonly number[]): number => {
    const [a = 0, b = 0, c = 0, d = 0] = limits
    return count < a ? 0 : count < b ? 1 : count <= c ? 2 : count <= d ? 3 : 4
  }
  const all = [strictLow, low, high, strictHigh]
  const first = zone(
    cases.low,
    all.map((limit) => limit.high),
  )
  const last = zone(
    cases.high,
    all.map((limit) => limit.low),
  )
  return zones.slice(first, last + 1)
}
