/**
 * Withholds, shows again what was not needed, and lets the gate have the last word on the pattern that would leave.
 * @module
 */
import type { Audit } from './audit.ts'
import type { Guard } from './guards.ts'
import type { Registry } from './registry.ts'
import { budgetOf } from './secondary/budget.ts'
import { improve } from './secondary/improve.ts'
import type { Suppression } from './suppress.ts'
import type { System } from './system.ts'
import type { RefusalCode } from './types.ts'
import { wholeTruth } from './whole-truth.ts'

/** Work that goes into showing more once the answer is safe, if the question does not say: in ms of a usual machine, by what is asked now. */
function usualImproveMs({ currentAt, entries }: Registry): number {
  const cells = entries.filter(({ current }) => current).length / currentAt.length
  const each = cells < 500 ? 350 + 1.4 * (500 - cells) : Math.min(4000, 350 + 4 * (cells - 500))
  return currentAt.length * each
}

export type Limits = {
  /** When to give up, on the clock of `now`; ms. */
  readonly deadlineMs: number
  readonly now: () => number
  /** Work that may go into showing more once the answer is safe, in ms of a usual machine. Less if the best answer is found before. */
  readonly improveMs?: number
  /**
   * With {@link Question.whole}: from so many unknowns on, programmes take long, and exchanges are tried before them, at a price in
   * cells that may be a little higher. 1,000 unless said.
   */
  readonly exchangeFrom?: number
}

/** @returns the guards that hold; those that an attacker could break before are left out */
export function settle(
  suppression: Suppression,
  audit: Audit,
  system: System,
  registry: Registry,
  guards: readonly Guard[],
  { now, deadlineMs, improveMs = usualImproveMs(registry) }: Limits,
): readonly Guard[] | RefusalCode {
  const truth = wholeTruth(registry.entries, system.atoms.columns)
  if (truth && !audit.witness(truth)) return 'ledger_conflict'
  const fits = audit.firstWitness()
  if (fits !== 'open')
    return fits === 'broken' ? 'ledger_conflict' : fits === 'time_limit' ? 'time_limit' : 'attacker_failed'
  const held = suppression.protect(guards)
  if (typeof held === 'string') return held
  // Half of the time left is kept for the gate.
  if (!suppression.pruneLarge(held))
    suppression.improved = improve(
      suppression,
      held,
      budgetOf(suppression.solver, improveMs, (now() + deadlineMs) / 2, now),
    )
  audit.recheck()
  for (const guard of held) {
    const verdict = audit.attack(guard)
    if (verdict === 'broken') return 'not_protectable'
    if (verdict !== 'open') return verdict === 'time_limit' ? 'time_limit' : 'attacker_failed'
  }
  return held
}
