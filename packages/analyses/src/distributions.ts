/**
 * The distributions that the methods need, from Moshier's Cephes library. The one place that touches it.
 * @see S. L. Moshier, Methods and Programs for Mathematical Functions (1989); npm `cephes` is the same C code as WebAssembly
 * @module
 */
/// <reference path="./cephes.d.ts" />
import { bdtr, chdtrc, compiled, ndtri, pdtr } from 'cephes'

// The library is one WebAssembly module, compiled once.
await compiled

/** Named in every record, so that a figure can be made again years later. */
export const library = { name: 'cephes', version: '3.3.3' } as const

/** @param confidence - 0.95 for 95 % @returns how many standard deviations lie on either side: 1.96 */
export const normalWidth = (confidence: number): number => ndtri(0.5 + confidence / 2)

/**
 * The library throws where a chance is too small for a number, some 10^-308.
 * @param far - what the chance is then: nothing or all
 */
function unlessFar(chance: () => number, far: 0 | 1): number {
  try {
    return chance()
  } catch (error) {
    if (error instanceof Error && error.message.includes('underflow')) return far
    throw error
  }
}

/** Chance that a chi-square variable is this or more. */
export const chiSquareTail = (degrees: number, value: number): number =>
  value <= 0 ? 1 : unlessFar(() => chdtrc(degrees, value), value > degrees ? 0 : 1)

/** Chance of at most `count` cases among `size`, each with chance `share`. */
export function binomialUpTo(count: number, size: number, share: number): number {
  if (count < 0) return 0
  if (count >= size) return 1
  return unlessFar(() => bdtr(count, size, share), count > size * share ? 1 : 0)
}

/** Chance of at most `count` cases where `mean` are expected. */
export function poissonUpTo(count: number, mean: number): number {
  if (count < 0) return 0
  return mean <= 0 ? 1 : unlessFar(() => pdtr(count, mean), count > mean ? 1 : 0)
}

/**
 * Exact limits of a Poisson mean of which `count` cases were seen. Found by halving: the library's own inverse gives up on some large counts.
 * @see F. Garwood, Biometrika 28 (1936) 437
 */
export function poissonLimits(count: number, confidence: number): { readonly low: number; readonly high: number } {
  const tail = (1 - confidence) / 2
  const far = 20 * Math.sqrt(count) + 20
  return {
    low: count === 0 ? 0 : meanAt((mean) => poissonUpTo(count - 1, mean) < 1 - tail, Math.max(0, count - far), count),
    high: meanAt((mean) => poissonUpTo(count, mean) < tail, count, count + far),
  }
}

/** Between a mean at which it is not passed yet and one at which it is. */
function meanAt(isPassed: (mean: number) => boolean, from: number, to: number): number {
  let [before, after] = [from, to]
  while (true) {
    const middle = (before + after) / 2
    // No number lies between the two any more.
    if (middle <= before || middle >= after) return middle
    if (isPassed(middle)) after = middle
    else before = middle
  }
}
