/**
 * Finds the fields of lines that hold no quotation mark: the fast path, one pass over the bytes.
 *
 * Lines with a quotation mark go to `./scan-quoted.ts`, which leaves them to csv-parse. Works on UTF-8 and Windows-1252
 * alike, because delimiters and line ends are ASCII in both.
 * @module
 */
import { TabularError } from './errors.ts'
import { growRows, markRagged, type Rows } from './rows.ts'

export const LF = 10
export const CR = 13

export type Layout = {
  /** ASCII code of the delimiter. */
  readonly delimiter: number
  /** ASCII code of the last byte of a line end: LF, or CR in old Macintosh files. */
  readonly lineEnd: typeof LF | typeof CR
  /** A line longer than this is refused. */
  readonly maxLineBytes: number
}

/**
 * Adds the rows of `rows.bytes[from, to)`; an empty line is numbered and left out.
 * @param to - end of a whole line, or end of file
 * @param number - row number of the first line
 * @returns row number of the line after the last one
 * @throws {@link TabularError} `line_too_long`
 */
export function scanPlain(rows: Rows, from: number, to: number, number: number, layout: Layout): number {
  const { bytes, columns } = rows
  const { delimiter, lineEnd } = layout
  let row = rows.count
  let start = from
  let field = 0
  let next = number
  let ends = rows.ends
  let base = row * columns
  for (let at = from; at <= to; at += 1) {
    const byte = at === to ? lineEnd : (bytes[at] as number)
    if (byte === delimiter) {
      if (field < columns) ends[base + field] = at
      field += 1
      continue
    }
    if (byte !== lineEnd) continue
    if (at === to && start === to) break
    const end = lineEnd === LF && at > start && bytes[at - 1] === CR ? at - 1 : at
    if (end > start) {
      if (end - start > layout.maxLineBytes) throw new TabularError('line_too_long', next)
      if (field < columns) ends[base + field] = end
      field += 1
      rows.starts[row] = start
      rows.numbers[row] = next
      // One more, empty field: a delimiter after the last column, which some exports write below a header without it.
      const trailing = field === columns + 1 && bytes[end - 1] === delimiter
      if (field === columns || trailing) rows.ragged[row] = 0
      else markRagged(rows, row, field)
      row += 1
      base += columns
      if (row === rows.starts.length) {
        rows.count = row
        growRows(rows)
        ends = rows.ends
      }
    }
    next += 1
    start = at + 1
    field = 0
  }
  rows.count = row
  return next
}
