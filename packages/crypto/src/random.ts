/**
 * Randomness of the operating system, through node:crypto.
 * @module
 */
import { randomFillSync } from 'node:crypto'
import { toHex } from './bytes.ts'
import { CryptoError } from './errors.ts'

const wordsAtATime = 16_384

/** `length` unpredictable bytes, in memory of their own (never a slice of a shared pool). */
export function randomBytes(length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 0 || length > 0x7fffffff) throw new CryptoError('out_of_range')
  const bytes = new Uint8Array(length)
  randomFillSync(bytes)
  return bytes
}

/** As many random bytes, written as 2 × `byteLength` hexadecimal digits. */
export function randomHex(byteLength: number): string {
  return toHex(randomBytes(byteLength))
}

/**
 * A uniformly drawn order of 0 … n-1 (Fisher-Yates).
 * @param n - number of rows, below 2^32
 * @throws {@link CryptoError} `out_of_range`
 */
export function shuffledOrder(n: number): Uint32Array {
  if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) throw new CryptoError('out_of_range')
  const order = new Uint32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  const pool = new Uint32Array(Math.min(wordsAtATime, Math.max(1, n)))
  let used = pool.length
  for (let last = n - 1; last > 0; last--) {
    const choices = last + 1
    // Draws at or over the largest multiple of `choices` are thrown away: a plain remainder would favour low numbers.
    const fair = 0x1_0000_0000 - (0x1_0000_0000 % choices)
    let draw: number
    do {
      if (used === pool.length) {
        randomFillSync(pool)
        used = 0
      }
      draw = pool[used++] as number
    } while (draw >= fair)
    const chosen = draw % choices
    const moved = order[last] as number
    order[last] = order[chosen] as number
    order[chosen] = moved
  }
  pool.fill(0)
  return order
}
