/**
 * Replaces tokens by values that mean something in this job only; the originals are gone.
 *
 * protocol.md §3.4: at job start every token is replaced by its keyed hash under a random key made for that job, in
 * memory, and the original is forgotten. Tokens are single 16-byte blocks, so AES-256 with the job key serves as that
 * keyed function: a pseudorandom permutation, so equal tokens stay equal, different ones stay different, and whoever
 * has no key learns nothing else. It is some twenty times faster than one hash call per token.
 * The masks are also evenly spread whatever a hostile node sends, which the bitmaps and the hash table rely on.
 * @module
 */
import { createCipheriv } from 'node:crypto'

const stretchBytes = 1 << 20

/**
 * @param tokens - whole tokens of 16 bytes; after the call these bytes hold the masks, or zeros when they lie where
 *   words cannot be read
 * @param jobKey - 32 random bytes of this job
 * @returns the masks, four words each; mostly the same memory as `tokens`
 */
export function maskTokens(tokens: Uint8Array, jobKey: Uint8Array): Uint32Array {
  const cipher = createCipheriv('aes-256-ecb', jobKey, null)
  cipher.setAutoPadding(false)
  const isAligned = tokens.byteOffset % 4 === 0
  const masks = isAligned ? tokens : new Uint8Array(tokens.length)
  for (let at = 0; at < tokens.length; at += stretchBytes) {
    masks.set(cipher.update(tokens.subarray(at, at + stretchBytes)), at)
  }
  if (!isAligned) tokens.fill(0)
  return new Uint32Array(masks.buffer, masks.byteOffset, masks.length / 4)
}
