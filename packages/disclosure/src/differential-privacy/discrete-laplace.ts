/**
 * Two-sided geometric noise, also called discrete Laplace: P(x) is proportional to exp(-|x| epsilon / bound).
 * @module
 */
import type { Dice } from './dice.ts'
import { type Epsilon, valueOf } from './epsilon.ts'

export type Noise = {
  readonly epsilon: Epsilon
  /** Delta: by how much one person can change all noised numbers together; whole, 1 or more. */
  readonly bound: number
}

/**
 * One draw, exact: only whole numbers are compared, so the low bits of the result tell nothing (Mironov 2012).
 * @see Canonne, Kamath & Steinke, The Discrete Gaussian for Differential Privacy (2020), algorithm 2
 */
export function drawNoise(dice: Dice, { epsilon, bound }: Noise): number {
  const { numerator } = epsilon
  const scale = epsilon.denominator * bound
  for (;;) {
    const part = dice.below(scale)
    if (!dice.decay(part, scale)) continue
    let wholes = 0
    while (dice.decay(1, 1)) wholes++
    const size = Math.floor((part + scale * wholes) / numerator)
    const negative = dice.below(2) === 1
    // Zero would else be drawn twice, once with each sign.
    if (negative && size === 0) continue
    return negative ? -size : size
  }
}

/** Standard deviation of one draw. */
export function deviationOf({ epsilon, bound }: Noise): number {
  const rate = valueOf(epsilon) / bound
  // sqrt(2 a) / (1 - a) with a = exp(-rate), written so that small rates lose no digits.
  return Math.sqrt(2) * (Math.exp(-rate / 2) / -Math.expm1(-rate))
}
