/**
 * Subjects joined so far: union-find that knows which parties and which citizen number a cluster holds.
 * @module
 */
export type Clusters = {
  /** the subject that stands for the cluster `subject` is in */
  readonly find: (subject: number) => number
  /** one bit per party with a subject in the cluster of this root */
  readonly parties: (root: number) => number
  /** number of the citizen number known of this cluster, or 0 */
  readonly identity: (root: number) => number
  /** why two clusters may not be one person, or undefined when they may */
  readonly clash: (root: number, otherRoot: number) => Clash | undefined
  readonly join: (root: number, otherRoot: number) => void
}

/** Either would put two subjects of one party in one person, or two citizen numbers. */
export type Clash = 'sameParty' | 'differentIdentity'

/**
 * @param partyBits - per subject, the bit of its party; 0 where any number of subjects of a party may be one person; overwritten
 * @param identityOf - per subject, a number that stands for its citizen number, or 0 when none is known; overwritten
 */
export function createClusters(partyBits: Uint32Array, identityOf: Uint32Array): Clusters {
  const parents = new Int32Array(partyBits.length)
  for (let subject = 0; subject < parents.length; subject++) parents[subject] = subject

  const find = (subject: number): number => {
    let at = subject
    while (parents[at] !== at) {
      // Path halving keeps the trees flat without a second walk.
      const above = parents[parents[at] as number] as number
      parents[at] = above
      at = above
    }
    return at
  }

  return {
    find,
    parties: (root) => partyBits[root] as number,
    identity: (root) => identityOf[root] as number,
    clash: (root, otherRoot) => {
      if (((partyBits[root] as number) & (partyBits[otherRoot] as number)) !== 0) return 'sameParty'
      const identity = identityOf[root] as number
      const other = identityOf[otherRoot] as number
      return identity !== 0 && other !== 0 && identity !== other ? 'differentIdentity' : undefined
    },
    join: (root, otherRoot) => {
      // The lower number stands for the cluster, so that nothing depends on the order of joining.
      const kept = Math.min(root, otherRoot)
      const gone = Math.max(root, otherRoot)
      parents[gone] = kept
      partyBits[kept] = (partyBits[kept] as number) | (partyBits[gone] as number)
      if (identityOf[kept] === 0) identityOf[kept] = identityOf[gone] as number
    },
  }
}
