/**
 * A handful of rows as byte ranges: what the scanners fill and the coders read.
 *
 * No strings are made. Field `c` of row `r` runs from the end of the field before it (plus one byte, the delimiter) to
 * `ends[r * columns + c]`; the first field starts at `starts[r]`.
 * @module
 */

export type Rows = {
  readonly columns: number
  /** Number of rows filled. */
  count: number
  /** The bytes all ranges point into. */
  bytes: Uint8Array
  starts: Uint32Array
  ends: Uint32Array
  /** Row of the file as a spreadsheet numbers it; the first line is 1. */
  numbers: Uint32Array
  /** {@link TOO_FEW} or {@link TOO_MANY} where fields and columns differ in number; such a row has only empty fields. */
  ragged: Uint8Array
}

export const TOO_FEW = 1
const TOO_MANY = 2

export function emptyRows(columns: number): Rows {
  const capacity = 1024
  return {
    columns,
    count: 0,
    bytes: new Uint8Array(0),
    starts: new Uint32Array(capacity),
    ends: new Uint32Array(capacity * columns),
    numbers: new Uint32Array(capacity),
    ragged: new Uint8Array(capacity),
  }
}

/** Makes room for at least one more row; call before writing row `rows.count`. */
export function growRows(rows: Rows): void {
  const capacity = rows.starts.length * 2
  const wider = <T extends Uint32Array | Uint8Array>(target: T, source: T): T => {
    target.set(source)
    return target
  }
  rows.starts = wider(new Uint32Array(capacity), rows.starts)
  rows.ends = wider(new Uint32Array(capacity * rows.columns), rows.ends)
  rows.numbers = wider(new Uint32Array(capacity), rows.numbers)
  rows.ragged = wider(new Uint8Array(capacity), rows.ragged)
}

/** Writes off a row whose fields cannot be told apart. */
export function markRagged(rows: Rows, row: number, fields: number): void {
  const start = rows.starts[row] ?? 0
  for (let column = 0; column < rows.columns; column += 1) rows.ends[row * rows.columns + column] = start + column
  rows.ragged[row] = fields < rows.columns ? TOO_FEW : TOO_MANY
}

/** First byte of a field. */
export function fieldStart(rows: Rows, row: number, column: number): number {
  return column === 0 ? (rows.starts[row] as number) : (rows.ends[row * rows.columns + column - 1] as number) + 1
}

/** The byte after a field. */
export function fieldEnd(rows: Rows, row: number, column: number): number {
  return rows.ends[row * rows.columns + column] as number
}
