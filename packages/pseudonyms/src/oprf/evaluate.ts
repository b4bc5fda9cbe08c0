/**
 * Step 2, at every party: multiply with the own share. The elements say nothing about the records behind them.
 * @module
 */
import { multiply, scalarBytes } from '@kruispunt/crypto/group'
import { PseudonymError } from '../errors.ts'

/**
 * `Zⱼ = kⱼ · B` of every element. `groupReady()` must be done, and what came from outside must have passed `elementsFault`.
 * @param share - `kⱼ`
 * @returns 32 bytes an element, same order
 * @throws {@link PseudonymError} `malformed_share`; CryptoError `malformed_element` for what is no element
 */
export function evaluateBatch(elements: Uint8Array, share: Uint8Array): Uint8Array {
  if (share.length !== scalarBytes) throw new PseudonymError('malformed_share')
  return multiply(elements, share)
}
