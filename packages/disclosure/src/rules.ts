/**
 * The rules for counts and their defaults (disclosure.md §2.2). Configurable for each data set, logged, never sent.
 * @module
 */
import { DisclosureError } from './errors.ts'
import type { Costs } from './secondary/costs.ts'

export type Rules = {
  /** k: fewest persons behind a cell that may be shown; a whole number, 3 or more. */
  readonly minimum: number
  /** `publish` shows every zero; `protect` none but structural ones; `protect-foreign` hides those that tell a party about people it holds, and those on sensitive axes. */
  readonly zeros: 'publish' | 'protect' | 'protect-foreign'
  /** g: largest share of a line that one category may be seen to hold, above 0.5 and at most 1. */
  readonly groupShare: number
  /**
   * What must stay possible of a small count: `deniable` (the default) that it is k or more; `exact` no more than that it is another
   * number, which the Handbook recommends for a pure frequency rule on a table that stands alone (disclosure.md §2.3).
   */
  readonly protection?: 'deniable' | 'exact'
  /** Whether each contributing party is tried as an attacker who knows its own rows. */
  readonly insider: boolean
  /** m: how many parties may put their own rows together in the primary rule; 1 or more. */
  readonly coalition: number
  /** Largest share of unsafe cells in a table that is still worth protecting. */
  readonly maxSparsity: number
  /** p of the p % rule for record counts and sums, in percent. */
  readonly pPercent: number
  /** (n, k) rule for sums besides p %: the `n` largest contributions make up more than `percent` of the sum. `n` is 2 or more. */
  readonly dominance?: { readonly n: number; readonly percent: number }
  /** How far from the truth a sum must look possible that rests on too few people, in percent of it; 30 if absent. */
  readonly rangePercent?: number
  /** What secondary suppression withholds as little of as it can; `cells` if absent. */
  readonly costs?: Costs
  /** Most unknowns in the attacker's system. */
  readonly maxAtoms: number
}

/** Handbook on SDC (2nd ed. 2024), ch. 4 and 5, with the ESSnet and ACRO values named in disclosure.md §2.2. */
export const defaultRules: Rules = {
  minimum: 10,
  zeros: 'protect-foreign',
  groupShare: 0.9,
  insider: true,
  coalition: 1,
  maxSparsity: 0.5,
  pPercent: 10,
  maxAtoms: 50_000,
}

const costKinds: ReadonlySet<string> = new Set<Costs>(['cells', 'persons', 'information'])

/** @throws {@link DisclosureError} `minimum_too_low` or `rule_out_of_range` */
export function checkRules(rules: Rules): void {
  if (!Number.isSafeInteger(rules.minimum) || rules.minimum < 3) throw new DisclosureError('minimum_too_low')
  const fine =
    rules.groupShare > 0.5 &&
    rules.groupShare <= 1 &&
    Number.isSafeInteger(rules.coalition) &&
    rules.coalition >= 1 &&
    rules.maxSparsity >= 0 &&
    rules.maxSparsity <= 1 &&
    rules.pPercent >= 0 &&
    rules.pPercent <= 100 &&
    isDominance(rules.dominance) &&
    (rules.costs === undefined || costKinds.has(rules.costs)) &&
    (rules.rangePercent === undefined || (rules.rangePercent > 0 && rules.rangePercent <= 100)) &&
    Number.isSafeInteger(rules.maxAtoms) &&
    rules.maxAtoms >= 1
  if (!fine) throw new DisclosureError('rule_out_of_range')
}

/** (1, k) alone is refused: the second largest contributor reckons out the largest (Handbook 4.2.1, example 1). */
function isDominance(rule: Rules['dominance']): boolean {
  return rule === undefined || (Number.isSafeInteger(rule.n) && rule.n >= 2 && rule.percent > 0 && rule.percent < 100)
}
