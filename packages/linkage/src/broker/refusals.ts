/**
 * Edges that were refused, by pair of parties and by rule.
 * @module
 */
import type { Evidence } from './evidence.ts'
import type { Refusal } from './join-by-weight.ts'
import { countPairs, type PairCounts } from './pair-counts.ts'

export type Refusals = Readonly<Record<Refusal, PairCounts>> & {
  readonly note: (edge: number, why: Refusal) => void
}

export function tallyRefusals({ edges, subjects }: Evidence, parties: number): Refusals {
  const counts = { sameParty: countPairs(parties), differentIdentity: countPairs(parties), tie: countPairs(parties) }
  const partyOf = (subject: number): number => subjects.partyOf[subject] as number
  return {
    ...counts,
    note: (edge, why) => counts[why].add(partyOf(edges.left(edge)), partyOf(edges.right(edge))),
  }
}
