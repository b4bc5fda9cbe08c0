/**
 * Columns of codes: per row the place of its category in the code list plus one, 0 where the row has none.
 * @module
 */
import { ExtractError } from './errors.ts'

const mostCodes = 65_535

/**
 * One byte a row where the code list allows, two otherwise.
 * @param codes - length of the code list, 1 to 65,535
 * @throws {@link ExtractError} `too_many_codes`
 */
export function codeColumnType(codes: number): 'codes-8' | 'codes-16' {
  if (!Number.isInteger(codes) || codes < 1 || codes > mostCodes) throw new ExtractError('too_many_codes')
  return codes <= 255 ? 'codes-8' : 'codes-16'
}

/**
 * @param values - a row each: 1 to `codes` for a category, 0 for none
 * @returns 1 byte a row (`codes-8`), or 2 bytes, little endian (`codes-16`)
 * @throws {@link ExtractError} `code_out_of_range`, `too_many_codes`
 */
export function encodeCodes(values: ArrayLike<number>, codes: number): Uint8Array {
  const bytesPerRow = codeColumnType(codes) === 'codes-8' ? 1 : 2
  const bytes = new Uint8Array(values.length * bytesPerRow)
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (!Number.isInteger(value) || value < 0 || value > codes) throw new ExtractError('code_out_of_range')
    bytes[row * bytesPerRow] = value
    if (bytesPerRow === 2) bytes[row * 2 + 1] = value >>> 8
  }
  return bytes
}

/**
 * The reverse of {@link encodeCodes}, for bytes that another party made.
 * @throws {@link ExtractError} `wrong_length`, `code_out_of_range`, `too_many_codes`
 */
export function decodeCodes(
  bytes: Uint8Array,
  shape: { readonly rows: number; readonly codes: number },
): Uint8Array | Uint16Array {
  const { rows, codes } = shape
  const isWide = codeColumnType(codes) === 'codes-16'
  if (bytes.length !== rows * (isWide ? 2 : 1)) throw new ExtractError('wrong_length')
  const values = isWide ? new Uint16Array(rows) : new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    const value = isWide ? (bytes[row * 2] as number) | ((bytes[row * 2 + 1] as number) << 8) : (bytes[row] as number)
    if (value > codes) throw new ExtractError('code_out_of_range')
    values[row] = value
  }
  return values
}
