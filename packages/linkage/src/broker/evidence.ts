/**
 * What the tokens say: which subjects share which match keys, who has which citizen number, what is void.
 *
 * All later rules decide on this. Reads each key's columns once and leaves zeros behind.
 * @module
 */
import { createEdges, type Edges } from './edges.ts'
import { findEqualTokens } from './equal-tokens.ts'
import { type ExtractTokens, identityKeyId, personKeysOf, type Subjects } from './extract-tokens.ts'
import { identitiesOf } from './identities.ts'
import { searchSuspects } from './suspects.ts'
import { groupTokens } from './token-groups.ts'
import { createVoidEdges, type VoidEdges } from './void-edges.ts'

export type Evidence = {
  readonly subjects: Subjects
  /** numbered as the edges number them */
  readonly keyIds: readonly string[]
  /** number of the citizen number's key, or -1: no party sends it */
  readonly identityKey: number
  readonly edges: Edges
  /** per subject, a number that stands for its citizen number, or 0 when none is known */
  readonly identityOf: Uint32Array
  /** per key, number of different void tokens */
  readonly voidTokens: readonly number[]
  /** per subject, the flags below added up */
  readonly held: Uint8Array
  /** edges that agree on the citizen number and on nothing else */
  readonly suspects: ReadonlySet<number>
  /** without any edges when no party is a register */
  readonly voidEdges: VoidEdges
}

/** Flags of a subject: what it holds of tokens that others hold too. */
export const holdsIdentity = 1
export const holdsName = 2
export const holdsVoid = 4

/** @param extracts - checked; their columns of keys that link persons hold zeros after the call */
export function gatherEvidence(
  extracts: readonly ExtractTokens[],
  subjects: Subjects,
  { jobKey, withinExtracts }: { readonly jobKey: Uint8Array; readonly withinExtracts: boolean },
): Evidence {
  const keyIds = personKeysOf(extracts)
  const identityKey = keyIds.indexOf(identityKeyId)
  const edges = createEdges(subjects.count)
  const held = new Uint8Array(subjects.count)
  const suspects = searchSuspects(extracts, subjects, edges, identityKey)
  const voidEdges = createVoidEdges(
    subjects,
    extracts.map(({ register }) => register === true),
  )
  let identityOf: Uint32Array = new Uint32Array(subjects.count)

  const voidTokens = keyIds.map((keyId, key) => {
    const isIdentity = key === identityKey
    const tokens = findEqualTokens(extracts, subjects.offsets, keyId, jobKey)
    const groups = groupTokens(tokens, subjects.partyOf, withinExtracts)
    const flag = isIdentity ? holdsIdentity : holdsName
    groups.forEachShared((holders) => {
      for (const [at, one] of holders.entries()) {
        held[one] = (held[one] as number) | flag
        for (let other = at + 1; other < holders.length; other++) edges.add(one, holders[other] as number, key)
      }
    })
    groups.forEachVoidHolder((subject) => {
      held[subject] = (held[subject] as number) | holdsVoid
    })
    if (isIdentity) {
      identityOf = identitiesOf(extracts, subjects, tokens)
      suspects.begin()
    } else {
      suspects.clear(groups)
      voidEdges.add(groups, key)
    }
    return groups.voidTokens
  })
  return {
    subjects,
    keyIds,
    identityKey,
    edges,
    identityOf,
    voidTokens,
    held,
    suspects: suspects.left(),
    voidEdges,
  }
}
