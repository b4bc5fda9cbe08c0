/**
 * Columns that say whose record a row is: the row number in the subjects table of the same extract.
 * @module
 */
import { ExtractError } from './errors.ts'

const rowBytes = 4

/**
 * @param indexes - a row each: 0 to `subjects` - 1
 * @param subjects - rows in the subjects table
 * @returns 4 bytes a row, little endian
 * @throws {@link ExtractError} `subject_out_of_range`
 */
export function encodeSubjectIndex(indexes: ArrayLike<number>, subjects: number): Uint8Array {
  const bytes = new Uint8Array(indexes.length * rowBytes)
  const view = new DataView(bytes.buffer)
  for (let row = 0; row < indexes.length; row++) {
    const index = indexes[row] as number
    requireSubject(index, subjects)
    view.setUint32(row * rowBytes, index, true)
  }
  return bytes
}

/**
 * The reverse of {@link encodeSubjectIndex}, for bytes that another party made.
 * @throws {@link ExtractError} `wrong_length`, `subject_out_of_range`
 */
export function decodeSubjectIndex(
  bytes: Uint8Array,
  shape: { readonly rows: number; readonly subjects: number },
): Uint32Array {
  const { rows, subjects } = shape
  if (bytes.length !== rows * rowBytes) throw new ExtractError('wrong_length')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const indexes = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) {
    const index = view.getUint32(row * rowBytes, true)
    requireSubject(index, subjects)
    indexes[row] = index
  }
  return indexes
}

function requireSubject(index: number, subjects: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= subjects || index > 0xffffffff) {
    throw new ExtractError('subject_out_of_range')
  }
}
