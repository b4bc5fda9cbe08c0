/**
 * How many of a register's subjects share a key with each subject of the others, void tokens included.
 * @module
 */
import type { CandidateCounts } from './duplicate-method.ts'
import type { Evidence } from './evidence.ts'
import type { LinkRules } from './link-rules.ts'
import type { Persons } from './persons.ts'

export type Candidates = {
  readonly counts: CandidateCounts
  /** of the subjects counted, those that the linkage linked to the register */
  readonly linked: number
}

/**
 * @param register - number of the party that is one
 * @returns per other party; subjects with a token that a heap of others holds are left out
 */
export function countCandidates(
  { subjects, edges, voidEdges, identityKey }: Evidence,
  persons: Persons,
  register: number,
  { fewestKeys }: LinkRules,
): (party: number) => Candidates {
  const { count, partyOf } = subjects
  const found = new Uint8Array(count)
  const note = (one: number, other: number): void => {
    const subject = partyOf[one] === register ? other : partyOf[other] === register ? one : -1
    if (subject >= 0 && (found[subject] as number) < 3) found[subject] = (found[subject] as number) + 1
  }
  for (let edge = 0; edge < edges.count(); edge++) {
    const [left, right] = [edges.left(edge), edges.right(edge)]
    const more = voidEdges.edges.between(left, right)
    const keys = edges.keysShared(edge, identityKey) + (more < 0 ? 0 : voidEdges.edges.keysShared(more, identityKey))
    if (keys >= fewestKeys) note(left, right)
  }
  for (let edge = 0; edge < voidEdges.edges.count(); edge++) {
    const [left, right] = [voidEdges.edges.left(edge), voidEdges.edges.right(edge)]
    const isNew = edges.between(left, right) < 0
    if (isNew && voidEdges.edges.keysShared(edge, identityKey) >= fewestKeys) note(left, right)
  }
  return (party) => {
    const counts: [number, number, number, number] = [0, 0, 0, 0]
    let linked = 0
    for (let subject = 0; subject < count; subject++) {
      if (partyOf[subject] !== party || voidEdges.heaped[subject] === 1) continue
      const candidates = found[subject] as 0 | 1 | 2 | 3
      counts[candidates] += 1
      const parties = persons.partiesOf[persons.of[subject] as number] as number
      if ((parties & (1 << register)) !== 0) linked++
    }
    return { counts, linked }
  }
}
