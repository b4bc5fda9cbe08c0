/**
 * What the answers about one population have cost, and how much may still be spent.
 *
 * Two theorems bound the loss of many answers: epsilons add up, and zCDP adds up rho = epsilon^2 / 2, which is
 * rho + 2 sqrt(rho ln(1/delta)) in epsilon. The first allows more of few answers, the second more of many. Which one holds is
 * settled by the agreement's numbers before the first question: to take the better one after the fact is not proved.
 *
 * Whole numbers of a billionth, rounded against the asker: sums are exact, and the account can be stored as it is.
 * @see Bun & Steinke, Concentrated Differential Privacy (2016), propositions 1.3 and 1.4
 * @module
 */
import { DisclosureError } from '../errors.ts'
import { checkEpsilon, type Epsilon } from './epsilon.ts'

export type PrivacyBudget = {
  readonly measure: 'epsilon' | 'rho'
  /** In billionths of the measure. */
  readonly nano: number
  /** What unknown codes may cost beside it, in units of 10^-18. */
  readonly attoDelta: number
}

/** Cost of one answer; also the sum of several. */
export type PrivacyCost = { readonly nanoEpsilon: number; readonly nanoRho: number; readonly attoDelta: number }

export const nothingSpent: PrivacyCost = { nanoEpsilon: 0, nanoRho: 0, attoDelta: 0 }

/**
 * @param guarantee.epsilon - of everything together, above 0
 * @param guarantee.delta - chance that the guarantee may fail, above 0 and below 1
 * @param guarantee.epsilonPerAnswer - what an answer usually costs: decides which theorem allows more of them
 * @param guarantee.deltaForCodes - part of delta that unknown codes may cost; 0 if absent
 * @throws {@link DisclosureError} `epsilon_out_of_range`
 */
export function privacyBudget(guarantee: {
  readonly epsilon: number
  readonly delta: number
  readonly epsilonPerAnswer: Epsilon
  readonly deltaForCodes?: number
}): PrivacyBudget {
  const { epsilon, delta, epsilonPerAnswer, deltaForCodes = 0 } = guarantee
  const fine = epsilon > 0 && epsilon <= 1000 && deltaForCodes >= 0 && delta > deltaForCodes && delta < 1
  if (!fine) throw new DisclosureError('epsilon_out_of_range')
  const attoDelta = Math.floor(deltaForCodes * 1e18)
  const rho = rhoOf(epsilon, delta - deltaForCodes)
  const byEpsilon: PrivacyBudget = { measure: 'epsilon', nano: Math.floor(epsilon * 1e9 + 1e-3), attoDelta }
  const byRho: PrivacyBudget = { measure: 'rho', nano: Math.floor(rho * 1e9), attoDelta }
  const cost = costOf(epsilonPerAnswer)
  return answersLeft(byRho, nothingSpent, cost) > answersLeft(byEpsilon, nothingSpent, cost) ? byRho : byEpsilon
}

/**
 * Cost of an answer with pure epsilon; `delta` for codes that were not known beforehand.
 * @throws {@link DisclosureError} `epsilon_out_of_range`
 */
export function costOf(epsilon: Epsilon, delta = 0): PrivacyCost {
  checkEpsilon(epsilon)
  if (!(delta >= 0 && delta < 1)) throw new DisclosureError('epsilon_out_of_range')
  const [numerator, denominator] = [BigInt(epsilon.numerator), BigInt(epsilon.denominator)]
  return {
    nanoEpsilon: roundedUp(numerator * billion, denominator),
    nanoRho: roundedUp(numerator ** 2n * billion, 2n * denominator ** 2n),
    attoDelta: Math.ceil(delta * 1e18),
  }
}

const billion = 1_000_000_000n

const roundedUp = (numerator: bigint, denominator: bigint): number =>
  Number((numerator + denominator - 1n) / denominator)

export type Spending =
  | { readonly outcome: 'spent'; readonly spent: PrivacyCost }
  | { readonly outcome: 'refused'; readonly code: 'privacy_budget_spent' }

/**
 * The account after one more answer, or a refusal that leaves it as it was. Write it down before the noise is drawn: a crash
 * then loses budget and no privacy.
 * @throws {@link DisclosureError} `epsilon_out_of_range` if an amount is negative or not whole: it would give budget back
 */
export function spend(budget: PrivacyBudget, spent: PrivacyCost, cost: PrivacyCost): Spending {
  const amounts = [...Object.values(spent), ...Object.values(cost)]
  if (!amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0) || cost.nanoRho === 0)
    throw new DisclosureError('epsilon_out_of_range')
  if (answersLeft(budget, spent, cost) < 1) return { outcome: 'refused', code: 'privacy_budget_spent' }
  return {
    outcome: 'spent',
    spent: {
      nanoEpsilon: spent.nanoEpsilon + cost.nanoEpsilon,
      nanoRho: spent.nanoRho + cost.nanoRho,
      attoDelta: spent.attoDelta + cost.attoDelta,
    },
  }
}

/** How many more answers of the same cost fit: what may be told before anybody asks. */
export function answersLeft(budget: PrivacyBudget, spent: PrivacyCost, cost: PrivacyCost): number {
  const each = budget.measure === 'rho' ? cost.nanoRho : cost.nanoEpsilon
  const gone = budget.measure === 'rho' ? spent.nanoRho : spent.nanoEpsilon
  const fit = (whole: number, used: number, one: number): number =>
    one === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor((whole - used) / one))
  return Math.min(fit(budget.nano, gone, each), fit(budget.attoDelta, spent.attoDelta, cost.attoDelta))
}

/** The epsilon that a sum of costs amounts to at a given delta, by the better of both theorems; for telling, not for deciding. */
export function epsilonSpent(spent: PrivacyCost, delta: number): number {
  const rho = spent.nanoRho / 1e9
  return Math.min(spent.nanoEpsilon / 1e9, rho + 2 * Math.sqrt(rho * Math.log(1 / delta)))
}

/** The rho whose epsilon at `delta` is `epsilon`: the root of rho + 2 sqrt(rho L) = epsilon. */
function rhoOf(epsilon: number, delta: number): number {
  const log = Math.log(1 / delta)
  // (sqrt(L + epsilon) - sqrt(L))^2 without the loss of digits of a difference.
  return (epsilon / (Math.sqrt(log + epsilon) + Math.sqrt(log))) ** 2
}
