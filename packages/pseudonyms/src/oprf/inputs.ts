/**
 * What is put into the joint function for one citizen number: `x = HMAC-SHA256(K_oprfInput, "bsn" ‖ 0x00 ‖ digits)`
 * (protocol §3.5). The key keeps it apart from every other agreement and epoch.
 * @module
 */
import { createHmac, createSecretKey } from 'node:crypto'
import { PseudonymError } from '../errors.ts'
import { inputBytes } from './suite.ts'

const label = 'bsn\0'
const digitsBytes = 9

/**
 * @param oprfInputKey - K_oprfInput, 32 bytes
 * @param digits - nine ASCII digits a number, one after the other, as checked by linkage
 * @returns 32 bytes a number, in the same order
 * @throws {@link PseudonymError} `malformed_key`, `malformed_value`
 */
export function oprfInputs(oprfInputKey: Uint8Array, digits: Uint8Array): Uint8Array {
  if (oprfInputKey.length !== 32) throw new PseudonymError('malformed_key')
  if (digits.length % digitsBytes !== 0 || digits.some((byte) => byte < 0x30 || byte > 0x39))
    throw new PseudonymError('malformed_value')
  const count = digits.length / digitsBytes
  const inputs = new Uint8Array(count * inputBytes)
  // A key object is five times as fast as the same bytes handed over each time (protocol §5).
  const key = createSecretKey(oprfInputKey)
  for (let i = 0; i < count; i++) {
    const number = digits.subarray(i * digitsBytes, (i + 1) * digitsBytes)
    inputs.set(createHmac('sha256', key).update(label).update(number).digest(), i * inputBytes)
  }
  return inputs
}
