/**
 * Joins subjects along their edges, so that the outcome does not depend on the order of parties or rows.
 *
 * linkage.md §4.4–4.5: edges go by falling weight; a union that would put two subjects of one party, or two citizen
 * numbers, in one person is refused (a conflict); edges of equal weight that only together would do so are dropped
 * together (ties). Per weight, each step judged on the clusters as they were before it:
 * 0. edges that hang together without any clash are joined straight away; of the others
 * 1. an edge between two clusters that clash is a conflict;
 * 2. a cluster with edges to clusters that clash with each other loses those edges, all of them;
 * 3. whatever still hangs together and holds a clash further apart falls apart whole.
 * @module
 */
import { type Clash, type Clusters, createClusters } from './clusters.ts'
import type { Edges } from './edges.ts'
import { createTrialGroups } from './trial-groups.ts'

/** Why an edge was not followed: a rule of persons, or another edge of the same weight that contradicts it. */
export type Refusal = Clash | 'tie'

/**
 * @param input - `order`: edges by falling weight, one list per weight; `partyBits` and `identityOf` as in
 *   `createClusters`, overwritten
 * @param refuse - called once for every edge that was refused
 */
export function joinByWeight(
  input: {
    readonly edges: Edges
    readonly order: readonly Int32Array[]
    readonly partyBits: Uint32Array
    readonly identityOf: Uint32Array
  },
  refuse: (edge: number, why: Refusal) => void,
): Clusters {
  const { edges, order, partyBits, identityOf } = input
  const clusters = createClusters(partyBits, identityOf)
  const trial = createTrialGroups(clusters, edges, partyBits.length)
  for (const ofThisWeight of order) {
    const withoutConflicts: number[] = []
    for (const edge of trial.joinUnlessClash(ofThisWeight)) {
      const left = clusters.find(edges.left(edge))
      const right = clusters.find(edges.right(edge))
      // A heavier edge may have joined the two already.
      if (left === right) continue
      const clash = clusters.clash(left, right)
      if (clash === undefined) withoutConflicts.push(edge)
      else refuse(edge, clash)
    }
    const tied = tiedEdges(withoutConflicts, edges, clusters)
    for (const edge of tied) refuse(edge, 'tie')
    for (const edge of trial.joinUnlessClash(withoutConflicts.filter((edge) => !tied.has(edge)))) refuse(edge, 'tie')
  }
  return clusters
}

/** Step 2. A neighbour clashes with another one when both hold a party, or when both hold a different identity. */
function tiedEdges(candidates: readonly number[], edges: Edges, clusters: Clusters): Set<number> {
  const edgesOf = new Map<number, { edge: number; neighbour: number }[]>()
  const note = (root: number, edge: number, neighbour: number): void => {
    const list = edgesOf.get(root)
    if (list === undefined) edgesOf.set(root, [{ edge, neighbour }])
    else list.push({ edge, neighbour })
  }
  for (const edge of candidates) {
    const left = clusters.find(edges.left(edge))
    const right = clusters.find(edges.right(edge))
    note(left, edge, right)
    note(right, edge, left)
  }
  const tied = new Set<number>()
  for (const list of edgesOf.values()) {
    const neighbours = new Set(list.map(({ neighbour }) => neighbour))
    let once = 0
    let twice = 0
    const identities = new Set<number>()
    for (const neighbour of neighbours) {
      const parties = clusters.parties(neighbour)
      twice |= once & parties
      once |= parties
      if (clusters.identity(neighbour) !== 0) identities.add(clusters.identity(neighbour))
    }
    for (const { edge, neighbour } of list) {
      const sharesParty = (clusters.parties(neighbour) & twice) !== 0
      if (sharesParty || (identities.size > 1 && clusters.identity(neighbour) !== 0)) tied.add(edge)
    }
  }
  return tied
}
