/**
 * Finds the subjects that share a token of one match key, and the tokens that are void.
 *
 * Void rule (linkage.md §4.2): a token that two subjects of one extract hold is void for every party. What is left
 * has at most one holder per party, which is why groups stay small whatever the parties send.
 * Open addressing over typed arrays; memory is linear in the number of tokens of the key at hand.
 * @module
 */
import { type ExtractTokens, tokenBytes } from './extract-tokens.ts'
import { maskTokens } from './mask-tokens.ts'

const words = tokenBytes / 4
const none = -1

export type SharedTokens = {
  /** number of different tokens that are void */
  readonly voidTokens: number
  /** calls back per token that subjects of different parties share and that is not void; `holders` is reused */
  readonly forEachShared: (visit: (holders: readonly number[], token: number) => void) => void
  /** calls back for every subject and void token it holds; `token` numbers the tokens of this key */
  readonly forEachVoidHolder: (visit: (subject: number, token: number) => void) => void
}

/**
 * Groups the holders of equal tokens of one key. The tokens given are wiped.
 * @param offsets - per extract, the number of its first subject; subjects are numbered through all extracts
 * @param jobKey - 32 random bytes of this job
 */
export function findSharedTokens(
  extracts: readonly ExtractTokens[],
  offsets: readonly number[],
  keyId: string,
  jobKey: Uint8Array,
): SharedTokens {
  const columns = extracts.flatMap(({ subjects, tokenColumns }, party) =>
    tokenColumns
      .filter((column) => column.keyId === keyId)
      .map((column) => ({ ...column, subjects, party, first: offsets[party] as number })),
  )
  const count = columns.reduce((sum, { subjects, slots }) => sum + subjects * slots, 0)
  const masks = new Uint8Array(count * tokenBytes)
  const holderOf = new Uint32Array(count)
  const partyOf = new Uint8Array(count)
  let filled = 0
  for (const { tokens, subjects, slots, party, first } of columns) {
    maskTokens(tokens, masks.subarray(filled * tokenBytes, (filled + subjects * slots) * tokenBytes), jobKey)
    partyOf.fill(party, filled, filled + subjects * slots)
    for (let subject = 0; subject < subjects; subject++) {
      for (let slot = 0; slot < slots; slot++) holderOf[filled++] = first + subject
    }
  }
  return group(new Uint32Array(masks.buffer), holderOf, partyOf)
}

/** A token is known by its first position; `next` chains the other holders, `voidAt` is -1 or the void token's. */
function group(masks: Uint32Array, holderOf: Uint32Array, partyOf: Uint8Array): SharedTokens {
  const count = holderOf.length
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, count * 1.6)))
  const table = new Int32Array(size)
  const next = new Int32Array(count).fill(none)
  const isFirst = new Uint8Array(count)
  const isVoid = new Uint8Array(count)
  const voidAt = new Int32Array(count).fill(none)
  let voidTokens = 0

  const join = (first: number, position: number): void => {
    if (isVoid[first] === 1) {
      voidAt[position] = first
      return
    }
    let clash = false
    for (let at = first; at !== none; at = next[at] as number) {
      // A set of key values may hold one value twice: that is one subject, not two.
      if (holderOf[at] === holderOf[position]) return
      if (partyOf[at] === partyOf[position]) clash = true
    }
    next[position] = next[first] as number
    next[first] = position
    if (!clash) return
    // From here on newcomers are not chained any more, or one token held a million times would take a day.
    isVoid[first] = 1
    voidTokens++
    for (let at = first; at !== none; at = next[at] as number) voidAt[at] = first
  }

  for (let position = 0; position < count; position++) {
    let slot = (masks[position * words] as number) & (size - 1)
    for (;;) {
      const first = (table[slot] as number) - 1
      if (first < 0) {
        table[slot] = position + 1
        isFirst[position] = 1
        break
      }
      if (sameMask(masks, first, position)) {
        join(first, position)
        break
      }
      slot = (slot + 1) & (size - 1)
    }
  }
  masks.fill(0)

  return {
    voidTokens,
    forEachShared: (visit) => {
      const holders: number[] = []
      for (let first = 0; first < count; first++) {
        if (isFirst[first] === 0 || isVoid[first] === 1 || next[first] === none) continue
        holders.length = 0
        for (let at = first; at !== none; at = next[at] as number) holders.push(holderOf[at] as number)
        visit(holders, first)
      }
    },
    forEachVoidHolder: (visit) => {
      for (let position = 0; position < count; position++) {
        if (voidAt[position] !== none) visit(holderOf[position] as number, voidAt[position] as number)
      }
    },
  }
}

function sameMask(masks: Uint32Array, a: number, b: number): boolean {
  const i = a * words
  const j = b * words
  return (
    masks[i] === masks[j] &&
    masks[i + 1] === masks[j + 1] &&
    masks[i + 2] === masks[j + 2] &&
    masks[i + 3] === masks[j + 3]
  )
}
