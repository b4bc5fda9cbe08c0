/**
 * Two subjects with one citizen number that agree on nothing else: a relative's number, perhaps (linkage.md §4.6).
 * @module
 */
import type { Edges } from './edges.ts'
import { type ExtractTokens, householdKeyId, identityKeyId, type Subjects } from './extract-tokens.ts'
import type { TokenGroups } from './token-groups.ts'

export type SuspectSearch = {
  /** takes up all edges there are: those of the citizen number. Only pairs of parties that both send names can be suspect */
  readonly begin: () => void
  /** clears those that agree on the key whose edges were just added, or on a void token of it */
  readonly clear: (groups: TokenGroups) => void
  /** edges that agreed on nothing but the citizen number */
  readonly left: () => ReadonlySet<number>
}

export function searchSuspects(
  extracts: readonly ExtractTokens[],
  { count, partyOf }: Subjects,
  edges: Edges,
  identityKey: number,
): SuspectSearch {
  const hasNames = extracts.map(({ tokenColumns }) =>
    tokenColumns.some(({ keyId }) => keyId !== identityKeyId && keyId !== householdKeyId),
  )
  let suspects: number[] = []
  return {
    begin: () => {
      for (let edge = 0; edge < edges.count(); edge++) {
        const left = partyOf[edges.left(edge)] as number
        if (hasNames[left] && hasNames[partyOf[edges.right(edge)] as number]) suspects.push(edge)
      }
    },
    clear: (groups) => {
      suspects = suspects.filter((edge) => edges.keysShared(edge, identityKey) === 0)
      if (suspects.length === 0 || groups.voidTokens === 0) return
      const asked = new Uint8Array(count)
      for (const edge of suspects) {
        asked[edges.left(edge)] = 1
        asked[edges.right(edge)] = 1
      }
      const voidOf = new Map<number, number[]>()
      groups.forEachVoidHolder((subject, token) => {
        if (asked[subject] === 0) return
        const list = voidOf.get(subject)
        if (list) list.push(token)
        else voidOf.set(subject, [token])
      })
      // A void token links nobody, but whoever hold it both have that name.
      suspects = suspects.filter((edge) => {
        const others = voidOf.get(edges.right(edge))
        return !others || voidOf.get(edges.left(edge))?.some((token) => others.includes(token)) !== true
      })
    },
    left: () => new Set(suspects),
  }
}
