/**
 * What no attacker may find out, over the cells that were asked for.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import type { AttackedInterval } from '../types.ts'
import type { KnownCell } from './known-cell.ts'
import { changeIn, type Move, residueOf } from './move.ts'
import type { Truth } from './people.ts'

export type LedgerGuard = {
  readonly attacker: Attacker
  readonly at: AttackedInterval['at']
  readonly terms: readonly { readonly cell: KnownCell; readonly factor: number }[]
  /** What the sum must be able to reach; above its true value. */
  readonly need: number
  readonly truth: number
  /** An attacker who finds that nobody is there has found nothing. */
  readonly emptyIsFine: boolean
}

/** The same for guards that ask the same of the same attacker. */
export const guardName = ({ attacker, terms, need }: LedgerGuard): string =>
  JSON.stringify([attackerName(attacker), need, ...terms.map(({ cell, factor }) => [cell.name, factor])])

/** The guarded sum in the table that a move leads to. */
export function reachedBy(truth: Truth, guard: LedgerGuard, move: Move): number {
  let value = guard.truth
  for (const { cell, factor } of guard.terms)
    value += factor * changeIn(residueOf(truth, move, cell.places), cell.masks)
  return value
}

/** The dimensions that a guard is about. */
export const placesOf = ({ terms }: LedgerGuard): number[] =>
  [...new Set(terms.flatMap(({ cell }) => cell.places))].sort((a, b) => a - b)
