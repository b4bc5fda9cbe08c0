/**
 * Epsilon as a fraction of whole numbers: the noise is drawn from it without any rounding.
 * @module
 */
import { DisclosureError } from '../errors.ts'

/** Privacy loss of one answer, numerator / denominator; both whole, 1 to 10^6. */
export type Epsilon = { readonly numerator: number; readonly denominator: number }

const most = 1_000_000

/**
 * @param value - 0.0001 to 20; rounded down to ten thousandths, so never weaker than asked
 * @throws {@link DisclosureError} `epsilon_out_of_range`
 */
export function epsilonFrom(value: number): Epsilon {
  // A decimal such as 0.3 may lie a hair below its tenths in binary; that hair is not meant.
  const numerator = Math.floor(value * 10_000 + 1e-6)
  if (!(value <= 20) || numerator < 1) throw new DisclosureError('epsilon_out_of_range')
  const shared = divisor(numerator, 10_000)
  return { numerator: numerator / shared, denominator: 10_000 / shared }
}

/** @throws {@link DisclosureError} `epsilon_out_of_range` */
export function checkEpsilon({ numerator, denominator }: Epsilon): void {
  const whole = [numerator, denominator].every((n) => Number.isSafeInteger(n) && n >= 1 && n <= most)
  if (!whole || numerator > 20 * denominator) throw new DisclosureError('epsilon_out_of_range')
}

export const valueOf = ({ numerator, denominator }: Epsilon): number => numerator / denominator

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
