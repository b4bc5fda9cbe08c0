/**
 * Columns of tokens: the same number of 16-byte slots for every row, so that nobody sees who had how many.
 * @module
 */
import { randomBytes } from '@kruispunt/crypto'
import { ExtractError } from './errors.ts'

const tokenBytes = 16

/**
 * Lays tokens out in slots and fills the empty slots with random bytes, which match nothing.
 * @param input - `tokens`: those of row 0, then row 1, …, one after the other; `counts`: how many each row has, 0 to `slots`
 * @returns 16 × slots bytes a row; a row's own tokens come first, in the order given
 * @throws {@link ExtractError} `wrong_token_count`
 */
export function encodeTokens(input: {
  readonly tokens: Uint8Array
  readonly counts: ArrayLike<number>
  readonly slots: number
}): Uint8Array {
  const { tokens, counts, slots } = input
  requireSlots(slots)
  let total = 0
  for (let row = 0; row < counts.length; row++) {
    const count = counts[row] as number
    if (!Number.isInteger(count) || count < 0 || count > slots) throw new ExtractError('wrong_token_count')
    total += count
  }
  if (tokens.length !== total * tokenBytes) throw new ExtractError('wrong_token_count')
  const rowBytes = slots * tokenBytes
  const bytes = randomBytes(counts.length * rowBytes)
  let from = 0
  for (let row = 0; row < counts.length; row++) {
    // Byte by byte: making a view for every token takes nearly twice as long.
    const to = from + (counts[row] as number) * tokenBytes
    for (let at = row * rowBytes; from < to; ) bytes[at++] = tokens[from++] as number
  }
  return bytes
}

/**
 * Checks that a column holds exactly these rows and slots.
 * @returns the same bytes: slot s of row r begins at byte 16 × (r × slots + s). Which slots are filling cannot be seen
 * @throws {@link ExtractError} `wrong_length`, `wrong_token_count`
 */
export function decodeTokens(bytes: Uint8Array, shape: { readonly rows: number; readonly slots: number }): Uint8Array {
  requireSlots(shape.slots)
  if (bytes.length !== shape.rows * shape.slots * tokenBytes) throw new ExtractError('wrong_length')
  return bytes
}

function requireSlots(slots: number): void {
  if (!Number.isInteger(slots) || slots < 1) throw new ExtractError('wrong_token_count')
}
