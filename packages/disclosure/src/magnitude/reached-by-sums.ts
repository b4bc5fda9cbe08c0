/**
 * Where sums can reach. Crossings that agree on shown counts only are independent of each other: whatever sums say about one of them, the
 * tables that the counts' own gate found for the other stay what they are.
 * @module
 */
import type { System } from '../system.ts'
import { crossingOf, type SumsOnAtoms } from './sums-on-atoms.ts'

type Reached = {
  /** Whether sums can say something about a sum of these unknowns. */
  readonly has: (columns: readonly number[]) => boolean
}

export function reachedBySums(system: System, sums: SumsOnAtoms): Reached {
  const { atoms } = system
  const shown = new Set(
    system.entries.flatMap((entry) =>
      entry.structuralZero || (system.isShown(entry) && entry.count !== undefined) ? [entry.columns.join()] : [],
    ),
  )
  const isKnown = (columns: readonly number[]): boolean =>
    shown.has(columns.join()) || columns.every((column) => shown.has(`${column}`))
  // Where all counts are shown, sums say nothing that is not known.
  const reached = new Set(
    [...sums.crossings].filter((crossing) =>
      sums.columns.some((column) => crossingOf(atoms, [column]) === crossing && !shown.has(`${column}`)),
    ),
  )
  const open = new Map<number, Set<number>>()
  for (const { left, right } of atoms.agreements) {
    if (isKnown(left) || isKnown(right)) continue
    const [a, b] = [crossingOf(atoms, left), crossingOf(atoms, right)]
    open.set(a, (open.get(a) ?? new Set()).add(b))
    open.set(b, (open.get(b) ?? new Set()).add(a))
  }
  for (const crossing of reached) for (const next of open.get(crossing) ?? []) reached.add(next)
  return { has: (columns) => reached.has(crossingOf(atoms, columns)) }
}
