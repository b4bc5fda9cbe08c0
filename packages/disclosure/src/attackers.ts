/**
 * Who reads the answer, and what each knows besides: bounds on the cells that are not shown.
 *
 * - the outsider knows the answers;
 * - an insider also knows, for each cell, which of its own people stand in it, and that a cell is wholly its own;
 * - an attribute holder knows that only on axes that are its own or nobody's. It knows less than the insider, and is tried on the
 *   cells that the insider is assumed to know already.
 * @module
 */
import type { Entry } from './registry.ts'
import type { Attacker, EarlierTable, TrueTable, Unit } from './types.ts'

export type { Attacker } from './types.ts'

/** What an attacker knows of a cell that is not shown. */
export type Known = { readonly lower: number; readonly upper: number }

const nothing: Known = { lower: 0, upper: Number.POSITIVE_INFINITY }

/** What `attacker` knows of `entry` without any answer. */
export function knownBefore(attacker: Attacker, entry: KnownEntry, unit: Unit): Known {
  const known = ofItsPeople(attacker, entry, unit)
  const lower = Math.max(known.lower, entry.atLeast?.(attacker) ?? 0)
  return { lower, upper: known.upper }
}

type KnownEntry = Pick<Entry, 'structuralZero' | 'held' | 'count' | 'told' | 'atLeast'>

function ofItsPeople(attacker: Attacker, entry: KnownEntry, unit: Unit): Known {
  if (entry.structuralZero) return { lower: 0, upper: 0 }
  if (attacker.kind === 'outsider' || entry.held === undefined || entry.count === undefined) return nothing
  const own = entry.held.byParty[attacker.party] ?? 0
  if (own === 0) return nothing
  if (
    attacker.kind === 'attribute_holder' &&
    entry.told.some((axis) => axis.owner !== undefined && axis.owner !== attacker.party)
  )
    return nothing
  if (own === entry.held.persons) return { lower: entry.count, upper: entry.count }
  // Every person has a record; how many households the own persons make up is not known to the auditor, but it is not none.
  return { lower: unit === 'households' ? 1 : own, upper: Number.POSITIVE_INFINITY }
}

/** Parties that hold anybody in any table, in a fixed order. */
export function partiesIn(tables: readonly TrueTable[], earlier: readonly EarlierTable[]): string[] {
  const parties = new Set<string>()
  const cells = [...tables.map((table) => table.cells), ...earlier.map((known) => known.recounted ?? [])]
  for (const cell of cells.flat()) {
    for (const [party, held] of Object.entries(cell.byParty)) if (held > 0) parties.add(party)
  }
  return [...parties].sort()
}

/** One word for an attacker, for certificates. */
export const attackerName = (attacker: Attacker): string =>
  attacker.kind === 'outsider' ? 'outsider' : `${attacker.kind}:${attacker.party}`
