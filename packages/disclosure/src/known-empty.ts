/**
 * Unknowns that nobody can be in, as everybody could tell before this answer.
 * @module
 */
import type { Atoms } from './atoms.ts'
import type { Registry } from './registry.ts'

/**
 * Sums of counts that are nothing have nothing in them, and where two cliques agree, neither has what the other lacks.
 * What follows from that without arithmetic is found here; the rest is left to the attacker.
 * @returns columns whose largest value is 0 by structural zeros and earlier answers alone, the answer at hand left out
 */
export function knownEmpty(
  { agreements }: Pick<Atoms, 'agreements'>,
  { entries }: Pick<Registry, 'entries'>,
): ReadonlySet<number> {
  const empty = new Set<number>()
  for (const { structuralZero, earlier, count, columns } of entries) {
    if (structuralZero || (earlier === 'released' && count === 0)) for (const column of columns) empty.add(column)
  }
  for (let size = -1; size < empty.size; ) {
    size = empty.size
    for (const { left, right } of agreements) {
      if (left.every((column) => empty.has(column))) for (const column of right) empty.add(column)
      else if (right.every((column) => empty.has(column))) for (const column of left) empty.add(column)
    }
  }
  return empty
}
