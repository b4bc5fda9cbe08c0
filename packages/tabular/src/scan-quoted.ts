/**
 * Finds the fields of lines with quotation marks, by csv-parse.
 *
 * The fields are copied into one buffer with a byte between them, so that the coders see the same byte ranges as after
 * `./scan-plain.ts`. Bytes pass through csv-parse as Latin-1, one character a byte, so no encoding is touched.
 * @module
 */
import { Buffer } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { TabularError } from './errors.ts'
import { growRows, markRagged, type Rows } from './rows.ts'
import { type Layout, LF } from './scan-plain.ts'

/**
 * Splits whole lines into records.
 * @returns the records as Latin-1 strings, or null when the last quotation mark is not closed yet
 */
export function splitQuoted(lines: Uint8Array, layout: Layout): string[][] | null {
  try {
    return parse(lines, {
      delimiter: String.fromCharCode(layout.delimiter),
      record_delimiter: layout.lineEnd === LF ? ['\r\n', '\n'] : ['\r'],
      encoding: 'latin1',
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
    })
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return null
    throw error
  }
}

/**
 * Adds records to `rows`; a record of one empty field is an empty line, numbered and left out.
 * @param number - row number of the first record
 * @returns row number after the last one
 * @throws {@link TabularError} `line_too_long`
 */
export function addRecords(rows: Rows, records: readonly string[][], number: number, maxLineBytes: number): number {
  const total = records.reduce((sum, record) => record.reduce((length, field) => length + field.length + 1, sum), 0)
  const bytes = Buffer.alloc(total)
  let at = 0
  let next = number
  for (const record of records) {
    const fields = record.length === rows.columns + 1 && record.at(-1) === '' ? record.slice(0, -1) : record
    const row = rows.count
    if (fields.length > 1 || fields[0] !== '') {
      rows.starts[row] = at
      rows.numbers[row] = next
      rows.ragged[row] = 0
      for (const [column, field] of fields.entries()) {
        at += bytes.write(field, at, 'latin1')
        if (column < rows.columns) rows.ends[row * rows.columns + column] = at
        at += 1
      }
      if (at - (rows.starts[row] ?? 0) > maxLineBytes) throw new TabularError('line_too_long', next)
      if (fields.length !== rows.columns) markRagged(rows, row, fields.length)
      rows.count += 1
      if (rows.count === rows.starts.length) growRows(rows)
    }
    next += 1
  }
  rows.bytes = bytes
  return next
}
