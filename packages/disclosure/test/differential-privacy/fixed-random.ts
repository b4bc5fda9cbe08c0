/**
 * Random bytes that are the same in every run, and the judgement of samples drawn with them.
 * @module
 */
import { createHash } from 'node:crypto'
import type { RandomBytes } from '../../src/index.ts'

/** SHA-256 in counter mode: the tests are repeatable, and as even as a CSPRNG. */
export function insecureFixedRandomForTesting(seed: string): RandomBytes {
  let block = 0
  return (length) => {
    const bytes = Buffer.alloc(length)
    for (let filled = 0; filled < length; filled += 32)
      createHash('sha256').update(`${seed} ${block++}`).digest().copy(bytes, filled)
    return bytes
  }
}

/** P(x) of two-sided geometric noise with rate `epsilon`. */
export const chanceOf = (x: number, epsilon: number): number =>
  ((1 - Math.exp(-epsilon)) / (1 + Math.exp(-epsilon))) * Math.exp(-epsilon * Math.abs(x))

/**
 * Chi-square of a sample, as a standard normal deviate (Wilson & Hilferty 1931); bins with fewer than 10 expected are pooled.
 * Above 4 a right sampler would come once in 30,000 seeds.
 */
export function chiSquareDeviate(sample: readonly number[], chance: (x: number) => number): number {
  const seen = new Map<number, number>()
  for (const x of sample) seen.set(x, (seen.get(x) ?? 0) + 1)
  let square = 0
  let bins = 0
  let restSeen = sample.length
  let restExpected = sample.length
  const reach = Math.max(...sample.map(Math.abs))
  for (let x = -reach; x <= reach; x++) {
    const expected = chance(x) * sample.length
    if (expected < 10) continue
    square += ((seen.get(x) ?? 0) - expected) ** 2 / expected
    restSeen -= seen.get(x) ?? 0
    restExpected -= expected
    bins++
  }
  if (restExpected > 1) {
    square += (restSeen - restExpected) ** 2 / restExpected
    bins++
  }
  const freedom = bins - 1
  return ((square / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom))
}
