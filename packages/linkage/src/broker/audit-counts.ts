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
  /** of the others, those of which names link one side to somebody else of the other party */
  readonly namesSayOtherwise: number
}

const mostShared = 64

/** @returns the counts of a pair of parties, by their numbers */
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
  const histograms = () => Array.from({ length: mostShared + 1 }, () => countPairs(parties))
  const same = histograms()
  const different = histograms()
  forEachLink(byNames, subjects.count, (one, other) => {
    const [number, otherNumber] = [identityOf[one] as number, identityOf[other] as number]
    if (number === 0 || otherNumber === 0) return
    const edge = edges.between(one, other)
    const keys = edge < 0 ? 0 : edges.keysShared(edge, identityKey)
    const histogram = number === otherNumber ? same : different
    histogram[keys]?.add(subjects.partyOf[one] as number, subjects.partyOf[other] as number)
  })

  const numberPairs = countPairs(parties)
  const alsoByNames = countPairs(parties)
  const namesSayOtherwise = countPairs(parties)
  for (let edge = 0; identityKey >= 0 && edge < edges.count(); edge++) {
    if (!edges.shares(edge, identityKey)) continue
    const [left, right] = [edges.left(edge), edges.right(edge)]
    const [a, b] = [subjects.partyOf[left] as number, subjects.partyOf[right] as number]
    const [root, otherRoot] = [byNames.find(left), byNames.find(right)]
    numberPairs.add(a, b)
    if (root === otherRoot) alsoByNames.add(a, b)
    else if (holds(byNames, root, b) || holds(byNames, otherRoot, a)) namesSayOtherwise.add(a, b)
  }
  const at = (histogram: readonly PairCounts[], a: number, b: number) => histogram.map((counts) => counts.of(a, b))
  return (a, b) => ({
    sameNumber: at(same, a, b),
    differentNumber: at(different, a, b),
    numberPairs: numberPairs.of(a, b),
    alsoByNames: alsoByNames.of(a, b),
    namesSayOtherwise: namesSayOtherwise.of(a, b),
  })
}

const holds = (clusters: Clusters, root: number, party: number): boolean =>
  (clusters.parties(root) & (1 << party)) !== 0

/** Calls back for every two subjects of one cluster. */
function forEachLink(clusters: Clusters, subjects: number, visit: (one: number, other: number) => void): void {
  const none = -1
  const newest = new Int32Array(subjects).fill(none)
  const older = new Int32Array(subjects)
  for (let subject = 0; subject < subjects; subject++) {
    const root = clusters.find(subject)
    older[subject] = newest[root] as number
    newest[root] = subject
    for (let other = older[subject] as number; other !== none; other = older[other] as number) visit(other, subject)
  }
}
