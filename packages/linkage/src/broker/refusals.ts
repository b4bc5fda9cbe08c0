/**
 * Edges that were refused, by pair of parties and by rule.
 * @module
 */
import type { Evidence } from './evidence.ts'
import type { Refusal } from './join-by-weight.ts'
import { countPairs, type PairCounts } from './pair-counts.ts'

export type Refusals = Readonly<Record<Refusal, PairCounts>> & {
  /** of those refused because the person had a subject of that party: those that no different numbers speak against */
  readonly doubled: PairCounts
  readonly note: (edge: number, why: Refusal) => void
}

export function tallyRefusals({ edges, identityOf, subjects }: Evidence, parties: number): Refusals {
  const counts = { sameParty: countPairs(parties), differentIdentity: countPairs(parties), tie: countPairs(parties) }
  const doubled = countPairs(parties)
  return {
    ...counts,
    doubled,
    note: (edge, why) => {
      const [left, right] = [edges.left(edge), edges.right(edge)]
      const [a, b] = [subjects.partyOf[left] as number, subjects.partyOf[right] as number]
      const [number, otherNumber] = [identityOf[left] as number, identityOf[right] as number]
      counts[why].add(a, b)
      const differ = number !== 0 && otherNumber !== 0 && number !== otherNumber
      if (why === 'sameParty' && !differ) doubled.add(a, b)
    },
  }
}
