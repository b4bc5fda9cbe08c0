/**
 * Which subjects share a token of one match key, and which tokens are void.
 *
 * Void rule (linkage.md §4.2): a token that two subjects of one extract hold is void for every party. What is left
 * has at most one holder per party, which is why groups stay small whatever the parties send.
 * @module
 */
import type { EqualTokens } from './equal-tokens.ts'

const none = -1

/**
 * Within one extract the void rule cannot hold, since two records of one person share all their tokens. A token of more
 * subjects than this is void there.
 */
const largestGroupWithin = 20

export type TokenGroups = {
  /** number of different tokens that are void */
  readonly voidTokens: number
  /** calls back per token that is not void and that different subjects share; `holders` is reused */
  readonly forEachShared: (visit: (holders: readonly number[], token: number) => void) => void
  /** calls back for every subject and void token it holds; a subject that holds one twice may come twice */
  readonly forEachVoidHolder: (visit: (subject: number, token: number) => void) => void
}

/**
 * @param partyOf - per subject, number of its party
 * @param withinExtracts - subjects of one extract may be one person, and the void rule gives way to a largest group
 */
export function groupTokens(
  { count, holderOf, sameAs }: EqualTokens,
  partyOf: Uint8Array,
  withinExtracts: boolean,
): TokenGroups {
  const next = new Int32Array(count).fill(none)
  const isVoid = new Uint8Array(count)
  let voidTokens = 0

  for (let token = 0; token < count; token++) {
    const first = sameAs[token] as number
    // Once a token is void, newcomers are not chained, or one token held a million times would take a day.
    if (first === token || isVoid[first] === 1) continue
    const holder = holderOf[token] as number
    let isKnown = false
    let sharesParty = false
    let holders = 1
    for (let at = first; at !== none; at = next[at] as number) {
      const other = holderOf[at] as number
      // A set of key values may hold one value twice: that is one subject, not two.
      if (other === holder) isKnown = true
      if (partyOf[other] === partyOf[holder]) sharesParty = true
      holders++
    }
    if (isKnown) continue
    next[token] = next[first] as number
    next[first] = token
    if (withinExtracts ? holders <= largestGroupWithin : !sharesParty) continue
    isVoid[first] = 1
    voidTokens++
  }

  return {
    voidTokens,
    forEachShared: (visit) => {
      const holders: number[] = []
      for (let first = 0; first < count; first++) {
        if (sameAs[first] !== first || isVoid[first] === 1 || next[first] === none) continue
        holders.length = 0
        for (let at = first; at !== none; at = next[at] as number) holders.push(holderOf[at] as number)
        visit(holders, first)
      }
    },
    forEachVoidHolder: (visit) => {
      for (let token = 0; token < count; token++) {
        const first = sameAs[token] as number
        if (isVoid[first] === 1) visit(holderOf[token] as number, first)
      }
    },
  }
}
