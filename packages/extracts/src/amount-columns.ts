/**
 * Columns of amounts: per row a whole number of the measure's smallest unit.
 * @module
 */
import { ExtractError } from './errors.ts'

const rowBytes = 4

/** Bounds of one row in the smallest unit, both included. */
export type AmountBounds = { readonly lowest: number; readonly highest: number }

/**
 * @returns 4 bytes a row, little endian, two's complement
 * @throws {@link ExtractError} `amount_out_of_range`
 */
export function encodeAmounts(amounts: Int32Array, bounds: AmountBounds): Uint8Array {
  const bytes = new Uint8Array(amounts.length * rowBytes)
  const view = new DataView(bytes.buffer)
  for (let row = 0; row < amounts.length; row++) {
    const amount = amounts[row] as number
    requireWithin(amount, bounds)
    view.setInt32(row * rowBytes, amount, true)
  }
  return bytes
}

/**
 * The reverse of {@link encodeAmounts}, for bytes that another party made. The bounds matter: what everybody may take for
 * granted about one person's amount is part of the check on sums.
 * @throws {@link ExtractError} `wrong_length`, `amount_out_of_range`
 */
export function decodeAmounts(
  bytes: Uint8Array,
  { rows, ...bounds }: AmountBounds & { readonly rows: number },
): Int32Array {
  if (bytes.length !== rows * rowBytes) throw new ExtractError('wrong_length')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const amounts = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const amount = view.getInt32(row * rowBytes, true)
    requireWithin(amount, bounds)
    amounts[row] = amount
  }
  return amounts
}

/** An empty field travels as 0, whatever the bounds. */
function requireWithin(amount: number, { lowest, highest }: AmountBounds): void {
  if (amount !== 0 && (amount < lowest || amount > highest)) throw new ExtractError('amount_out_of_range')
}
