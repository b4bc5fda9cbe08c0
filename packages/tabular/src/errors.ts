/**
 * The one error class of this package. What to do about each code stands in `./refusals.ts`.
 * @module
 */
const messages = {
  empty_file: 'the file holds no rows',
  spreadsheet: 'the file is a spreadsheet or a zip archive, not a text table',
  pdf: 'the file is a PDF, not a text table',
  binary: 'the file is not text',
  not_a_table: 'the file is text of another kind: JSON, XML or a web page',
  no_header: 'the first line does not name the columns',
  line_too_long: 'a line is longer than the limit',
  quote_not_closed: 'a quotation mark opens and does not close within the limit',
  truncated: 'the file ends in the middle of a row',
  ragged_rows: 'too many rows have another number of columns than the header',
  wrong_file: 'the file does not have the columns of this dataset',
  column_missing: 'a required column is missing',
  mapping_invalid: 'the mapping does not fit the file or the dataset',
  file_changed: 'the file is not the one that was inspected',
  too_many_rows: 'the file has more rows than agreed',
  spec_invalid: 'the dataset specification contradicts itself',
} as const
export type TabularErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class TabularError extends Error {
  override readonly name = 'TabularError'
  readonly code: TabularErrorCode
  /** Row of the file as a spreadsheet numbers it (header = 1), where there is one. */
  readonly row: number | null
  constructor(code: TabularErrorCode, row: number | null = null, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
    this.row = row
  }
}
