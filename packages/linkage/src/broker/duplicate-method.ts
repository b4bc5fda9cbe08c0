/**
 * Precision from the number of candidates per subject, when one party is a register that holds nearly everybody once.
 *
 * A subject has its own record among the candidates with probability p, and besides a Poisson number, l on average, of
 * candidates by chance: P(k) = p·Pois(k − 1; l) + (1 − p)·Pois(k; l).
 * @see Blakely & Salmond, Probabilistic record linkage and a method to calculate the positive predictive value (2002)
 * @module
 */
import { judged, marginOf } from './estimate.ts'
import type { DuplicateMethod } from './report-shape.ts'

/** Subjects with 0, 1, 2 and 3 or more candidates. */
export type CandidateCounts = readonly [number, number, number, number]

/** Of a nearly complete register, at least this share of the others' subjects are found. */
const fewestFound = 0.8
/** How far the fitted shares may be off in all. */
const worstFit = 0.005

/** @param linked - subjects that the linkage linked to the register, of those counted in `candidates` */
export function judgeByDuplicates(candidates: CandidateCounts, linked: number, register: string): DuplicateMethod {
  const subjects = candidates.reduce((sum, count) => sum + count, 0)
  const { found, chance } = fit(candidates)
  const expected = shares(found, chance)
  const off = candidates.reduce((sum, count, at) => sum + Math.abs(count / subjects - (expected[at] as number)), 0) / 2
  return { register, candidates, found, chance, precision: precisionOf() }

  function precisionOf(): DuplicateMethod['precision'] {
    if (subjects === 0 || linked === 0) return { valid: false, value: null, flaw: 'too_few' }
    // A link is false when the own record is not there and another is; with both there, the weights choose.
    const value = 1 - Math.min(1, ((1 - found) * (1 - Math.exp(-chance)) * subjects) / linked)
    if (found < fewestFound) return { valid: false, value, flaw: 'no_register' }
    if (off > worstFit) return { valid: false, value, flaw: 'model_does_not_fit' }
    return judged(value, marginOf(value, linked))
  }
}

/** Shares of subjects with 0, 1, 2 and 3 or more candidates. */
function shares(found: number, chance: number): [number, number, number, number] {
  const none = Math.exp(-chance)
  const one = none * chance
  const two = (one * chance) / 2
  const zero = (1 - found) * none
  const single = found * none + (1 - found) * one
  const double = found * one + (1 - found) * two
  return [zero, single, double, Math.max(0, 1 - zero - single - double)]
}

/** Maximum likelihood by EM would need the tail; two nested searches over a smooth surface are as exact here. */
function fit(candidates: CandidateCounts): { found: number; chance: number } {
  const likelihood = (found: number, chance: number): number =>
    shares(found, chance).reduce(
      (sum, share, at) => sum + (candidates[at] as number) * Math.log(Math.max(share, 1e-300)),
      0,
    )
  const bestFound = (chance: number): number => highest(0, 1, (found) => likelihood(found, chance))
  const chance = highest(0, 3, (value) => likelihood(bestFound(value), value))
  return { found: bestFound(chance), chance }
}

/** Golden section search for the highest point of a curve with one top. */
function highest(from: number, to: number, height: (at: number) => number): number {
  const section = (Math.sqrt(5) - 1) / 2
  let [low, high] = [from, to]
  let [left, right] = [high - section * (high - low), low + section * (high - low)]
  let [atLeft, atRight] = [height(left), height(right)]
  while (high - low > 1e-6) {
    if (atLeft < atRight) {
      low = left
      left = right
      atLeft = atRight
      right = low + section * (high - low)
      atRight = height(right)
    } else {
      high = right
      right = left
      atRight = atLeft
      left = high - section * (high - low)
      atLeft = height(left)
    }
  }
  return (low + high) / 2
}
