/**
 * The first records of a table as strings, for looking at headers and shapes. The reader itself makes no strings.
 * @module
 */
import { CsvError, parse } from 'csv-parse/sync'
import { type Layout, LF } from './scan-plain.ts'

export type Sample = {
  /** Latin-1 strings, one character a byte; empty lines and a `sep=` line left out. */
  readonly records: readonly { readonly row: number; readonly fields: readonly string[] }[]
  /** Row after the last one read. */
  readonly nextRow: number
  /** The bytes end inside a quotation mark. */
  readonly open: boolean
  /** Every record of the bytes is here. */
  readonly all: boolean
}

export function sampleRecords(bytes: Uint8Array, layout: Layout, most: number): Sample {
  const records: { row: number; fields: string[] }[] = []
  let row = 0
  let open = false
  const keep = (fields: string[]): null => {
    row += 1
    const first = fields[0] ?? ''
    const empty = fields.length === 1 && first.trim() === ''
    const separatorLine = row === 1 && /^sep=.?$/i.test(fields.join('')) && fields.length <= 2
    if (!empty && !separatorLine) records.push({ row, fields })
    return null
  }
  try {
    parse(bytes, {
      delimiter: String.fromCharCode(layout.delimiter),
      record_delimiter: layout.lineEnd === LF ? ['\r\n', '\n'] : ['\r'],
      encoding: 'latin1',
      relax_quotes: true,
      relax_column_count: true,
      to: most + 1,
      on_record: keep,
    })
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error
    open = true
  }
  return { records, nextRow: row + 1, open, all: !open && row <= most }
}
