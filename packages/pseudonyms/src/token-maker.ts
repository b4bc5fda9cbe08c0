/**
 * Node side: from a match key and its value to the token the broker links on (protocol §3.4, `salted` mode).
 *
 * token(keyId, value) = BLAKE2b-128(key = K_pseudonym, u32be(|keyId|) ‖ keyId ‖ u32be(|value|) ‖ value), both in UTF-8.
 * The value arrives normalised and checked (linkage decides what a B1 or N1 is); here it is only hashed.
 * @module
 */
import { CryptoError, createKeyedHash128, keyedHash128OfSlices, lengthPrefixed, utf8 } from '@kruispunt/crypto'
import { PseudonymError } from './errors.ts'

/** Bytes of a token; never fewer, so that equal tokens of different people stay out of the question. */
export const tokenBytes = 16
const keyBytes = 32

export type TokenMaker = {
  /**
   * One token, 16 bytes.
   * @param keyId - which match key, for example `B1`
   * @param value - its value; parts of a compound joined by U+001F
   * @throws {@link PseudonymError} `malformed_value`
   */
  token(keyId: string, value: string): Uint8Array
  /**
   * Tokens of many values of one match key, written one after the other into `out` from byte `offset` on. The values stand as
   * UTF-8 in one buffer, so that millions of them need no string each.
   * @param offsets - where each value begins, and at the end where the last one ends: one more than there are values
   * @throws {@link PseudonymError} `tokens_do_not_fit` before anything is written, also for offsets outside `values`
   */
  tokensInto(keyId: string, values: Uint8Array, offsets: Uint32Array, out: Uint8Array, offset: number): void
}

/**
 * Makes tokens under the key that the salt ceremony of one agreement and epoch gave. The key is copied.
 * `cryptoReady()` must be done before the first token.
 * @param pseudonymKey - K_pseudonym, 32 bytes
 * @throws {@link PseudonymError} `malformed_key`
 */
export function createTokenMaker(pseudonymKey: Uint8Array): TokenMaker {
  if (pseudonymKey.length !== keyBytes) throw new PseudonymError('malformed_key')
  const key = pseudonymKey.slice()
  const hash = createKeyedHash128(key)
  return {
    tokensInto: (keyId, values, offsets, out, offset) => {
      try {
        keyedHash128OfSlices(key, lengthPrefixed(utf8(keyId)), values, offsets, out, offset)
      } catch (cause) {
        // No cause is passed on: nothing below this line may ever carry a value upwards.
        if (cause instanceof CryptoError && cause.code === 'out_of_range') throw new PseudonymError('tokens_do_not_fit')
        throw cause
      }
    },
    token: (keyId, value) => {
      if (!keyId.isWellFormed() || !value.isWellFormed()) throw new PseudonymError('malformed_value')
      return hash(lengthPrefixed(utf8(keyId), utf8(value)))
    },
  }
}
