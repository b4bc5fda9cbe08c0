/**
 * What citizen numbers say about the links that the other keys make by themselves (linkage.md §6, BSN audit): counts.
 *
 * Linked once more on names alone, without the numbers' links and without their veto: only so do the numbers judge
 * something that they had no hand in.
 * @module
 */
import type { Clusters } from './clusters.ts'
import type { Evidence } from './evidence.ts'
import { joinEvidence } from './join-evidence.ts'
import { type LinkRules, weighNames } from './link-rules.ts'
import { countPairs, type PairCounts } from './pair-counts.ts'

/** Of one pair of parties. Only subjects whose citizen number is known count. */
export type AuditCounts = {
  /** links on names between two known numbers, by the number of keys that the two share: equal numbers and different ones */
  readonly sameNumber: readonly number[]
  readonly differentNumber: readonly number[]
  /** pairs with one number */
  readonly numberPairs: number
  /** of those, linked on names too */
  readonly alsoByNames: number
  /**
   * of the others, those of which names link the one party's subject to somebody of the other party with another number,
   * and those of which they do so the other way round
   */
  readonly otherwise: readonly [number, number]
}

const mostShared = 64

/** @returns the counts of a pair of parties, by their numbers, the lower one first */
export function auditNames(
  evidence: Evidence,
  parties: number,
  rules: LinkRules,
  withinExtracts: boolean,
): (party: number, other: number) => AuditCounts {
  const { edges, identityKey, identityOf, subjects } = evidence
  const byNames = joinEvidence(
    evidence,
    weighNames(edges, identityKey, rules),
    { identities: false, withinExtracts },
    () => {},
  )
  const membersOf = listMembers(byNames, subjects.count)
  const partyOf = (subject: number): number => subjects.partyOf[subject] as number
  const numberOf = (subject: number): number => identityOf[subject] as number

  const histograms = () => Array.from({ length: mostShared + 1 }, () => countPairs(parties))
  const same = histograms()
  const different = histograms()
  for (let root = 0; root < subjects.count; root++) {
    const numbered = membersOf(root).filter((subject) => numberOf(subject) !== 0)
    for (const [at, one] of numbered.entries()) {
      for (const other of numbered.slice(at + 1)) {
        const edge = edges.between(one, other)
        const keys = edge < 0 ? 0 : edges.keysShared(edge, identityKey)
        const histogram = numberOf(one) === numberOf(other) ? same : different
        histogram[keys]?.add(partyOf(one), partyOf(other))
      }
    }
  }

  const numberPairs = countPairs(parties)
  const alsoByNames = countPairs(parties)
  const ofLeft = countPairs(parties)
  const ofRight = countPairs(parties)
  /** whether names link this subject to one of that party with another number */
  const isSomebodyElse = (subject: number, party: number): boolean =>
    membersOf(byNames.find(subject)).some(
      (other) => partyOf(other) === party && numberOf(other) !== 0 && numberOf(other) !== numberOf(subject),
    )
  for (let edge = 0; identityKey >= 0 && edge < edges.count(); edge++) {
    if (!edges.shares(edge, identityKey)) continue
    // The left one has the lower number, so it is of the party that comes first.
    const [left, right] = [edges.left(edge), edges.right(edge)]
    const [a, b] = [partyOf(left), partyOf(right)]
    numberPairs.add(a, b)
    if (byNames.find(left) === byNames.find(right)) {
      alsoByNames.add(a, b)
      continue
    }
    if (isSomebodyElse(left, b)) ofLeft.add(a, b)
    if (isSomebodyElse(right, a)) ofRight.add(a, b)
  }
  const at = (histogram: readonly PairCounts[], a: number, b: number) => histogram.map((counts) => counts.of(a, b))
  return (a, b) => ({
    sameNumber: at(same, a, b),
    differentNumber: at(different, a, b),
    numberPairs: numberPairs.of(a, b),
    alsoByNames: alsoByNames.of(a, b),
    otherwise: [ofLeft.of(a, b), ofRight.of(a, b)],
  })
}

/** @returns by root, the subjects of its cluster; none for a subject that is no root */
function listMembers(clusters: Clusters, subjects: number): (root: number) => number[] {
  const none = -1
  const newest = new Int32Array(subjects).fill(none)
  const older = new Int32Array(subjects)
  for (let subject = 0; subject < subjects; subject++) {
    const root = clusters.find(subject)
    older[subject] = newest[root] as number
    newest[root] = subject
  }
  return (root) => {
    const members: number[] = []
    for (let at = newest[root] as number; at !== none; at = older[at] as number) members.push(at)
    return members
  }
}
