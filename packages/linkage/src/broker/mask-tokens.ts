/**
 * Replaces tokens by values that mean something in this job only, and wipes the originals.
 *
 * protocol.md §3.4: at job start every token is replaced by its keyed hash under a random key made for that job, in
 * memory, and the original is forgotten. Tokens are single 16-byte blocks, so AES-256 with the job key serves as that
 * keyed function: a pseudorandom permutation, so equal tokens stay equal, different ones stay different, and whoever
 * has no key learns nothing else. It is some twenty times faster than one hash call per token.
 * The masks are also evenly spread whatever a hostile node sends, which the hash table relies on.
 * @module
 */
import { createCipheriv } from 'node:crypto'

const stretchBytes = 1 << 20

/**
 * Writes the masks of `tokens` to `masks` and fills `tokens` with zeros.
 * @param tokens - whole tokens of 16 bytes; zero after the call
 * @param masks - as long as `tokens`
 * @param jobKey - 32 random bytes of this job
 */
export function maskTokens(tokens: Uint8Array, masks: Uint8Array, jobKey: Uint8Array): void {
  const cipher = createCipheriv('aes-256-ecb', jobKey, null)
  cipher.setAutoPadding(false)
  for (let at = 0; at < tokens.length; at += stretchBytes) {
    masks.set(cipher.update(tokens.subarray(at, at + stretchBytes)), at)
  }
  tokens.fill(0)
}
