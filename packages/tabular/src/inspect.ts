/**
 * Looks at the first bytes of a file and says how to read it, or why it cannot be read.
 *
 * Runs before a mapping is proposed and before `./read.ts`. Holds no value of the file afterwards: headers and shapes only.
 * @module
 */
import { Buffer } from 'node:buffer'
import { findDelimiter } from './delimiter.ts'
import { type EncodingFound, findEncoding, notText } from './encoding.ts'
import { type Refusal, refusal } from './refusals.ts'
import type { Encoding } from './row-source.ts'
import { sampleRecords } from './sample.ts'
import { CR, LF } from './scan-plain.ts'
import { type ColumnShape, shapeColumn } from './shapes.ts'
import { decodeField, foldHeader, repairWrongCharset } from './text.ts'

export type Column = ColumnShape & {
  readonly index: number
  /** As it stands in the file, repaired and trimmed; `kolom 3` where the file leaves it empty. */
  readonly header: string
}

export type Inspection = {
  readonly encoding: Encoding
  readonly byteOrderMark: boolean
  /** Lines in different encodings were found; fields are decoded one by one. */
  readonly mixedEncoding: boolean
  /** Text decoded with the wrong character set was found (`MichÃ¡n`); it is repaired where text is used. */
  readonly wrongCharset: boolean
  readonly delimiter: ',' | ';' | '\t' | '|'
  /** Whether quotation marks were seen. */
  readonly quoted: boolean
  readonly lineEnd: 'lf' | 'crlf' | 'cr'
  /** Row of the file that names the columns; 1 unless empty lines or `sep=;` come first. */
  readonly headerRow: number
  readonly columns: readonly Column[]
  /** Same headers in the same order give the same text; under this a confirmed mapping is remembered. */
  readonly headerFingerprint: string
  /** Rows the shapes were taken from. */
  readonly sampledRows: number
}

export type InspectionOutcome =
  | { readonly ok: true; readonly inspection: Inspection }
  | { readonly ok: false; readonly refusal: Refusal }

export type InspectOptions = {
  /** Size of the whole file; without it the bytes given are taken to be all of it. */
  readonly fileBytes?: number
  /** A longer line is refused; 1 MiB when left out. */
  readonly maxLineBytes?: number
}

export const MAX_LINE_BYTES = 1024 * 1024
const SAMPLED_ROWS = 1000
const refuse = (...details: Parameters<typeof refusal>): InspectionOutcome => ({
  ok: false,
  refusal: refusal(...details),
})

/**
 * @param firstBytes - the start of the file, up to 1 MiB; more is not looked at
 * @returns how to read the file, or one of the refusals `empty_file`, `spreadsheet`, `pdf`, `binary`, `not_a_table`, `no_header`,
 *   `line_too_long`, `quote_not_closed`, `truncated`, `ragged_rows`
 */
export function inspectTable(firstBytes: Uint8Array, options: InspectOptions = {}): InspectionOutcome {
  const head = firstBytes.subarray(0, MAX_LINE_BYTES)
  const complete = head.length >= (options.fileBytes ?? firstBytes.length)
  const start = complete ? withoutEndMark(head) : head
  const refused = notText(start)
  if (refused !== null) return refuse(refused)
  const found = findEncoding(complete ? start : untilLineEnd(start))
  const text = toUtf8(start, found)
  if (Buffer.from(text).toString('latin1').trim() === '') return refuse('empty_file')
  const lineEnd = findLineEnd(text)
  const maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES
  const lineEndByte = lineEnd === 'cr' ? CR : LF
  if (tooLong(text, lineEndByte, maxLineBytes, complete)) return refuse('line_too_long', 1)
  if (/^\s*(?:[{<]|\[[\s\]{["\d])/.test(Buffer.from(text.subarray(0, 256)).toString('latin1')))
    return refuse('not_a_table')

  const whole = complete ? text : untilLineEnd(text, lineEndByte)
  const delimiter = findDelimiter(whole, lineEndByte)
  const sample = sampleRecords(
    whole,
    { delimiter: delimiter.charCodeAt(0), lineEnd: lineEndByte, maxLineBytes },
    SAMPLED_ROWS,
  )
  const header = sample.records[0]
  if (header === undefined) return refuse(sample.open ? 'quote_not_closed' : 'empty_file', sample.open ? 1 : null)
  if (sample.open && complete) return refuse('truncated', sample.nextRow)
  const headers = header.fields.at(-1) === '' && header.fields.length > 1 ? header.fields.slice(0, -1) : header.fields
  // A header that ends in a delimiter: drop its empty column only when the rows have nothing there either.
  const columns = sample.records.slice(1).some(({ fields }) => (fields[headers.length] ?? '') !== '')
    ? header.fields
    : headers
  if (!namesColumns(columns.map(textOf))) return refuse('no_header')
  const rows = sample.records.slice(1)
  if (rows.length === 0)
    return refuse(sample.open ? 'quote_not_closed' : 'empty_file', sample.open ? sample.nextRow : null)

  const even = rows.filter(({ fields }) => fields.length === columns.length || isTrailing(fields, columns.length))
  const last = rows.at(-1)
  const ended = [LF, CR].includes(text.at(-1) ?? 0)
  if (complete && !ended && sample.all && last !== undefined && last.fields.length < columns.length)
    return refuse('truncated', last.row)
  if (even.length * 10 < rows.length * 9) {
    const ragged = rows.find((row) => !even.includes(row))
    return refuse('ragged_rows', ragged?.row ?? null)
  }
  return { ok: true, inspection: describe(found, delimiter, lineEnd, whole, header.row, columns, even) }
}

const isTrailing = (fields: readonly string[], columns: number) => fields.length === columns + 1 && fields.at(-1) === ''

function describe(
  found: EncodingFound,
  delimiter: Inspection['delimiter'],
  lineEnd: Inspection['lineEnd'],
  whole: Uint8Array,
  headerRow: number,
  header: readonly string[],
  rows: readonly { readonly fields: readonly string[] }[],
): Inspection {
  const headers = header.map((field, index) => textOf(field).trim() || `kolom ${index + 1}`)
  const columns = headers.map((name, index) => ({
    index,
    header: name,
    ...shapeColumn(rows.map(({ fields }) => textOf(fields[index] ?? ''))),
  }))
  return {
    encoding: found.encoding,
    byteOrderMark: found.byteOrderMark,
    mixedEncoding: found.mixed,
    wrongCharset: hasWrongCharset(whole, found.encoding),
    delimiter,
    quoted: whole.includes(0x22),
    lineEnd,
    headerRow,
    columns,
    headerFingerprint: headers.map(foldHeader).join('\u001f'),
    sampledRows: rows.length,
  }
}

/** Old systems end a text with control-Z. */
function withoutEndMark(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0x1a) end -= 1
  return bytes.subarray(0, end)
}

/** Sampled fields are Latin-1 strings: one character a byte. */
function textOf(field: string): string {
  const bytes = Buffer.from(field, 'latin1')
  return decodeField(bytes, 0, bytes.length)
}

function hasWrongCharset(bytes: Uint8Array, encoding: Encoding): boolean {
  const text = new TextDecoder(encoding === 'windows-1252' ? 'windows-1252' : 'utf-8').decode(bytes)
  return (text.match(/[^\s,;|"]*[\u00c2-\u00f4][\u0080-\u2122][^\s,;|"]*/g) ?? []).some(
    (word) => repairWrongCharset(word) !== word,
  )
}

function untilLineEnd(bytes: Uint8Array, lineEnd: number = LF): Uint8Array {
  const end = bytes.lastIndexOf(lineEnd)
  return end < 0 ? bytes : bytes.subarray(0, end + 1)
}

function toUtf8(bytes: Uint8Array, { encoding, byteOrderMark }: EncodingFound): Uint8Array {
  if (encoding === 'utf-16le' || encoding === 'utf-16be')
    return Buffer.from(new TextDecoder(encoding).decode(bytes, { stream: true }), 'utf8')
  return byteOrderMark ? bytes.subarray(3) : bytes
}

function findLineEnd(bytes: Uint8Array): Inspection['lineEnd'] {
  const lf = bytes.indexOf(LF)
  if (lf < 0) return bytes.includes(CR) ? 'cr' : 'lf'
  return lf > 0 && bytes[lf - 1] === CR ? 'crlf' : 'lf'
}

function tooLong(bytes: Uint8Array, lineEnd: number, limit: number, complete: boolean): boolean {
  const first = bytes.indexOf(lineEnd)
  const length = first < 0 ? bytes.length : first
  return length > limit || (first < 0 && !complete && bytes.length >= limit)
}

/** Names hold letters; none of them is an identifier, a date or a code, and most are no numbers other than years. */
function namesColumns(headers: readonly string[]): boolean {
  const filled = headers.map((header) => header.trim()).filter((header) => header !== '')
  if (filled.length * 2 < headers.length || !filled.some((header) => /\p{L}/u.test(header))) return false
  const kinds = filled.map((header) => shapeColumn([header]).kind)
  if (
    kinds.some(
      (kind) => kind === 'bsn' || kind === 'date' || kind === 'month' || kind === 'postcode' || kind === 'area',
    )
  )
    return false
  const numbers = filled.filter((header, at) => kinds[at] === 'number' && !/^(?:19|20)\d\d$/.test(header))
  return numbers.length * 2 <= filled.length
}
