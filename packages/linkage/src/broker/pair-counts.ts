/**
 * Counting per pair of parties.
 * @module
 */
export type PairCounts = {
  /** adds to the pair of two different parties, in either order; two subjects of one party count nowhere */
  readonly add: (party: number, other: number, by?: number) => void
  readonly of: (party: number, other: number) => number
  readonly total: () => number
}

/** @param parties - 32 at most */
export function countPairs(parties: number): PairCounts {
  const counts = new Float64Array(parties * parties)
  const place = (a: number, b: number): number => Math.min(a, b) * parties + Math.max(a, b)
  return {
    add: (party, other, by = 1) => {
      if (party !== other) counts[place(party, other)] = (counts[place(party, other)] as number) + by
    },
    of: (party, other) => counts[place(party, other)] as number,
    total: () => counts.reduce((sum, count) => sum + count, 0),
  }
}

/** Every pair of two different parties, the lower number first. */
export function pairsOf(parties: number): (readonly [number, number])[] {
  return Array.from({ length: parties }, (_, a) => a).flatMap((a) =>
    Array.from({ length: parties - a - 1 }, (_, step) => [a, a + 1 + step] as const),
  )
}
