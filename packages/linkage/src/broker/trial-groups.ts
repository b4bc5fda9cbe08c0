/**
 * Tries what would hang together along a list of edges, and joins it where nothing clashes.
 *
 * A second union-find over the clusters, laid over the same numbers and reset only where a list touches it.
 * @module
 */
import type { Clusters } from './clusters.ts'
import type { Edges } from './edges.ts'

export type TrialGroups = {
  /**
   * Joins every group of clusters that the edges connect without a clash anywhere in it.
   * @param candidates - edges to follow, any order
   * @returns the edges of the other groups, in the order given; nothing is joined along these
   */
  readonly joinUnlessClash: (candidates: Int32Array | readonly number[]) => number[]
}

/** @param subjects - number of subjects in all extracts together */
export function createTrialGroups(clusters: Clusters, edges: Edges, subjects: number): TrialGroups {
  const parents = new Int32Array(subjects)
  const parties = new Uint32Array(subjects)
  const identities = new Uint32Array(subjects)
  const clashes = new Uint8Array(subjects)

  const reset = (root: number): void => {
    parents[root] = root
    parties[root] = clusters.parties(root)
    identities[root] = clusters.identity(root)
    clashes[root] = 0
  }
  const find = (root: number): number => {
    let at = root
    while (parents[at] !== at) {
      const above = parents[parents[at] as number] as number
      parents[at] = above
      at = above
    }
    return at
  }
  const merge = (a: number, b: number): void => {
    const kept = Math.min(a, b)
    const gone = Math.max(a, b)
    const identity = identities[kept] as number
    const other = identities[gone] as number
    const sameParty = ((parties[kept] as number) & (parties[gone] as number)) !== 0
    const differentIdentity = identity !== 0 && other !== 0 && identity !== other
    if (sameParty || differentIdentity || clashes[gone] === 1) clashes[kept] = 1
    parents[gone] = kept
    parties[kept] = (parties[kept] as number) | (parties[gone] as number)
    if (identity === 0) identities[kept] = other
  }

  return {
    joinUnlessClash: (candidates) => {
      for (const edge of candidates) {
        reset(clusters.find(edges.left(edge)))
        reset(clusters.find(edges.right(edge)))
      }
      for (const edge of candidates) {
        const a = find(clusters.find(edges.left(edge)))
        const b = find(clusters.find(edges.right(edge)))
        if (a !== b) merge(a, b)
      }
      const refused: number[] = []
      for (const edge of candidates) {
        // Joined clusters keep their lowest number, as trial groups do, so the number of a root stays in its group.
        const left = clusters.find(edges.left(edge))
        const right = clusters.find(edges.right(edge))
        if (clashes[find(left)] === 1) refused.push(edge)
        else if (left !== right) clusters.join(left, right)
      }
      return refused
    },
  }
}
