/**
 * Arrays that grow, in memory that threads can share and that can be wiped: what was outgrown is wiped at once.
 * @module
 */

export type SharedBytes = Uint8Array<SharedArrayBuffer>
export type SharedWords = Uint32Array<SharedArrayBuffer>

export const sharedBytes = (length: number): SharedBytes => new Uint8Array(new SharedArrayBuffer(length))
export const sharedWords = (length: number): SharedWords => new Uint32Array(new SharedArrayBuffer(length * 4))

/** At least `needed` long and at least twice as long as before, same content; the old memory is zero afterwards. */
export function grownBytes(bytes: SharedBytes, needed: number): SharedBytes {
  if (needed <= bytes.length) return bytes
  const grown = sharedBytes(Math.max(needed, bytes.length * 2))
  grown.set(bytes)
  bytes.fill(0)
  return grown
}

/** As {@link grownBytes}, for whole numbers of 32 bits. */
export function grownWords(words: SharedWords, needed: number): SharedWords {
  if (needed <= words.length) return words
  const grown = sharedWords(Math.max(needed, words.length * 2))
  grown.set(words)
  words.fill(0)
  return grown
}
