/**
 * Counts by codes that nobody listed beforehand: that a code occurs at all may already be somebody's secret.
 * @module
 */
import { DisclosureError } from '../errors.ts'
import { costOf, type PrivacyCost } from './account.ts'
import { Dice, type RandomBytes } from './dice.ts'
import { drawNoise } from './discrete-laplace.ts'
import { checkEpsilon, type Epsilon, valueOf } from './epsilon.ts'

export type CodeCount = { readonly code: string; readonly count: number }

/**
 * Least noisy count that may be shown: a code that one person alone has reaches it with chance `delta` at most.
 *
 * For continuous noise that is 1 + ln(1 / (2 delta)) / epsilon. Discrete noise reaches m with chance a^m / (1 + a), a =
 * exp(-epsilon), which is more than the half of a^m that the formula counts on: so the whole number is worked out from the former.
 * @throws {@link DisclosureError} `epsilon_out_of_range`
 */
export function thresholdFor(epsilon: Epsilon, delta: number): number {
  checkEpsilon(epsilon)
  if (!(delta > 0 && delta < 0.5)) throw new DisclosureError('epsilon_out_of_range')
  const rate = valueOf(epsilon)
  return 1 + Math.ceil(Math.log(1 / (delta * (1 + Math.exp(-rate)))) / rate)
}

/**
 * Shows the codes whose noisy count reaches the threshold, with that count; every other code stays unnamed.
 * @param question.counts - persons by code, each person under one code only; each code once
 * @throws {@link DisclosureError} `epsilon_out_of_range`, `count_not_whole`, `cells_incomplete`
 */
export function noisyCodes(question: {
  readonly counts: readonly CodeCount[]
  readonly epsilon: Epsilon
  readonly delta: number
  readonly random: RandomBytes
}): { readonly codes: readonly CodeCount[]; readonly threshold: number; readonly cost: PrivacyCost } {
  const { counts, epsilon, delta, random } = question
  const threshold = thresholdFor(epsilon, delta)
  if (!counts.every(({ count }) => Number.isSafeInteger(count) && count >= 0))
    throw new DisclosureError('count_not_whole')
  if (new Set(counts.map(({ code }) => code)).size !== counts.length) throw new DisclosureError('cells_incomplete')
  const dice = new Dice(random)
  const codes = counts
    // A code without persons is as good as a code that does not occur: whether it was listed must not matter.
    .filter(({ count }) => count > 0)
    .map(({ code, count }) => ({ code, count: count + drawNoise(dice, { epsilon, bound: 1 }) }))
    .filter(({ count }) => count >= threshold)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  return { codes, threshold, cost: costOf(epsilon, delta) }
}
