/**
 * Finds the tokens of one match key that are equal.
 *
 * Most slots hold filling that equals nothing. Two bitmaps, small enough to stay near the processor, tell most of those
 * apart first; only tokens that may have an equal enter the hash table. Memory is linear in the tokens of the key.
 * @module
 */
import { type ExtractTokens, tokenBytes } from './extract-tokens.ts'
import { maskTokens } from './mask-tokens.ts'

const words = tokenBytes / 4

/** Tokens that may have an equal, numbered 0 to `count` − 1 in the order of parties, subjects and slots. */
export type EqualTokens = {
  readonly count: number
  /** per token, the subject that holds it, numbered through all extracts */
  readonly holderOf: Uint32Array
  /** per token, the number of the first token equal to it: its own when there is none before */
  readonly sameAs: Uint32Array
}

type Column = {
  readonly masks: Uint32Array
  readonly slots: number
  readonly subjects: number
  readonly first: number
  readonly present: Uint8Array | undefined
}

/**
 * Groups the tokens of one key. The columns of that key hold nothing but zeros after the call.
 * @param offsets - per extract, the number of its first subject; subjects are numbered through all extracts
 * @param jobKey - 32 random bytes of this job
 */
export function findEqualTokens(
  extracts: readonly ExtractTokens[],
  offsets: readonly number[],
  keyId: string,
  jobKey: Uint8Array,
): EqualTokens {
  const columns = extracts.flatMap(({ subjects, tokenColumns }, party) =>
    tokenColumns
      .filter((column) => column.keyId === keyId)
      .map(({ tokens, slots, present }): Column => {
        const masks = maskTokens(tokens, jobKey)
        return { masks, slots, subjects, first: offsets[party] as number, present }
      }),
  )
  const { twice, shift } = markRepeated(columns)
  let capacity = 1024
  let count = 0
  let kept = new Uint32Array(capacity * words)
  let holderOf = new Uint32Array(capacity)
  for (const { masks, slots, subjects, first, present } of columns) {
    for (let subject = 0, at = 0; subject < subjects; subject++) {
      if (present?.[subject] === 0) {
        at += slots * words
        continue
      }
      for (const end = at + slots * words; at < end; at += words) {
        const place = (masks[at] as number) >>> shift
        if (((twice[place >>> 5] as number) & (1 << (place & 31))) === 0) continue
        if (count === capacity) {
          capacity *= 2
          kept = enlarged(kept, capacity * words)
          holderOf = enlarged(holderOf, capacity)
        }
        const to = count * words
        kept[to] = masks[at] as number
        kept[to + 1] = masks[at + 1] as number
        kept[to + 2] = masks[at + 2] as number
        kept[to + 3] = masks[at + 3] as number
        holderOf[count++] = first + subject
      }
    }
  }
  for (const { masks } of columns) masks.fill(0)
  const sameAs = findSame(kept, count)
  kept.fill(0)
  return { count, holderOf: holderOf.subarray(0, count), sameAs }
}

/**
 * Bits by the first word of a mask, shifted right: `twice` is set for all masks that occur twice, and for some one in nine
 * others.
 */
function markRepeated(columns: readonly Column[]): { readonly twice: Uint32Array; readonly shift: number } {
  const tokens = columns.reduce((sum, { masks }) => sum + masks.length / words, 0)
  // Eight bits or more per token, at most 2^32 of them.
  const bits = Math.min(32, Math.max(10, Math.ceil(Math.log2(tokens * 8))))
  const shift = 32 - bits
  const once = new Uint32Array(2 ** (bits - 5))
  const twice = new Uint32Array(2 ** (bits - 5))
  for (const { masks, slots, subjects, present } of columns) {
    for (let subject = 0, at = 0; subject < subjects; subject++) {
      if (present?.[subject] === 0) {
        at += slots * words
        continue
      }
      for (const end = at + slots * words; at < end; at += words) {
        const place = (masks[at] as number) >>> shift
        const word = place >>> 5
        const bit = 1 << (place & 31)
        if (((once[word] as number) & bit) === 0) once[word] = (once[word] as number) | bit
        else twice[word] = (twice[word] as number) | bit
      }
    }
  }
  return { twice, shift }
}

/** Open addressing over the second word, since the first decided what came this far. */
function findSame(masks: Uint32Array, count: number): Uint32Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, count * 1.6)))
  const table = new Uint32Array(size)
  const sameAs = new Uint32Array(count)
  for (let token = 0; token < count; token++) {
    let slot = (masks[token * words + 1] as number) & (size - 1)
    for (;;) {
      const found = table[slot] as number
      if (found === 0) {
        table[slot] = token + 1
        sameAs[token] = token
        break
      }
      if (sameMask(masks, found - 1, token)) {
        sameAs[token] = found - 1
        break
      }
      slot = (slot + 1) & (size - 1)
    }
  }
  return sameAs
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

function enlarged(from: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(length)
  to.set(from)
  return to
}
