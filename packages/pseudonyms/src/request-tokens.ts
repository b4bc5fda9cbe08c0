/**
 * Node side: tokens for one request, made of the tokens of a delivery that stays at the node (protocol §3.6).
 *
 * K_request = HKDF-SHA256(ikm = K_pseudonym, salt = "", info = "datalab/v1/key/pseudonym/job" ‖ 0x00 ‖ u32be(16) ‖ requestId, 32)
 * token' = token(keyId, token) under K_request, of filling as of tokens
 *
 * Equal tokens stay equal within the request and are unlike those of every other, also for whoever keeps both.
 * @module
 */
import { concatBytes, fromHex, hkdfSha256, lengthPrefixed, utf8 } from '@kruispunt/crypto'
import { PseudonymError } from './errors.ts'
import { sortSlots } from './slots.ts'
import { createTokenMaker, tokenBytes } from './token-maker.ts'

const keyBytes = 32

/**
 * @param pseudonymKey - K_pseudonym, 32 bytes
 * @param requestId - 32 hexadecimal digits
 * @returns 32 bytes; erase them after use
 * @throws {@link PseudonymError} `malformed_key`
 */
export function requestPseudonymKey(pseudonymKey: Uint8Array, requestId: string): Uint8Array {
  if (pseudonymKey.length !== keyBytes) throw new PseudonymError('malformed_key')
  const info = concatBytes(utf8('datalab/v1/key/pseudonym/job\0'), lengthPrefixed(fromHex(requestId)))
  return hkdfSha256({ ikm: pseudonymKey, salt: new Uint8Array(0), info, length: keyBytes })
}

export type RequestTokenColumn = {
  readonly keyId: string
  /** 16 × slots bytes a subject; not changed. */
  readonly tokens: Uint8Array
  readonly slots: number
  /** For each place in the new column the row it comes from; as many as there are subjects. */
  readonly order: Uint32Array
}

/**
 * @param requestKey - of {@link requestPseudonymKey}
 * @returns as many bytes, in the new order, the slots of each subject sorted anew
 * @throws {@link PseudonymError} `tokens_do_not_fit`
 */
export function tokensForRequest(requestKey: Uint8Array, column: RequestTokenColumn): Uint8Array {
  const { keyId, tokens, slots, order } = column
  const rowBytes = slots * tokenBytes
  if (!Number.isInteger(slots) || slots < 1 || tokens.length !== order.length * rowBytes)
    throw new PseudonymError('tokens_do_not_fit')
  const moved = new Uint8Array(tokens.length)
  for (let row = 0; row < order.length; row++) {
    const from = (order[row] as number) * rowBytes
    if (from + rowBytes > tokens.length) throw new PseudonymError('tokens_do_not_fit')
    moved.set(tokens.subarray(from, from + rowBytes), row * rowBytes)
  }
  const offsets = Uint32Array.from({ length: order.length * slots + 1 }, (_, index) => index * tokenBytes)
  const made = new Uint8Array(tokens.length)
  createTokenMaker(requestKey).tokensInto(keyId, moved, offsets, made, 0)
  moved.fill(0)
  const words = new Uint32Array(made.buffer)
  if (slots > 1) for (let row = 0; row < order.length; row++) sortSlots(words, (row * rowBytes) / 4, slots, slots)
  return made
}
