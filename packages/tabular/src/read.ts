/**
 * Reads a table to the end: bytes in, batches of codes out, every finding gathered on the way.
 *
 * Runs at the node after a person confirmed the mapping. Only mapped columns are looked at. Memory does not grow with the
 * file: one block of lines, one batch, and the findings.
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { UNKNOWN } from './code-list.ts'
import { Trouble } from './coders.ts'
import { TabularError } from './errors.ts'
import { type Finding, type FindingCode, Findings } from './findings.ts'
import { type Inspection, MAX_LINE_BYTES } from './inspect.ts'
import type { Mapping } from './mapping.ts'
import { NO_COLUMN, type PlannedField, planReading } from './plan.ts'
import { type RowSourceProgress, readRows } from './row-source.ts'
import type { Rows } from './rows.ts'
import { CR, type Layout, LF } from './scan-plain.ts'
import type { DatasetSpec } from './spec.ts'
import { decodeField, foldHeader } from './text.ts'

/**
 * Reads a number of a citizen from bytes: the number itself, above 0, or one of {@link BsnAnswer}.
 * Given by the caller (`@kruispunt/linkage/node`), because what is a valid number is not this package's business.
 */
export type BsnReader = (bytes: Uint8Array, start: number, end: number) => number
/** What a {@link BsnReader} says instead of a number. */
export const BsnAnswer = { empty: 0, malformed: -1, elevenTest: -2, filler: -3 } as const

export type ReadOptions = {
  /** Needed when the specification has a field of kind `bsn`. */
  readonly readBsn?: BsnReader
  /** Leaves rows with an error out of the batches and the totals; a steward must have said so. */
  readonly leaveOutBadRows?: boolean
  /** More rows are refused; the agreement's limit. */
  readonly maxRows?: number
  /** A longer line is refused; 1 MiB when left out. */
  readonly maxLineBytes?: number
  /** How many rows are named per column and reason; 20 when left out. */
  readonly examples?: number
  /** Called once for every block of rows. */
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly rowsRead: number }) => void
}

/** Columns of equal length; each array is made for this batch and may be kept. */
export type Batch = {
  readonly rows: number
  /** Rows of the file as a spreadsheet numbers them (header = 1). */
  readonly numbers: Uint32Array
  /** 1 for rows with an error; all 0 when bad rows are left out. */
  readonly bad: Uint8Array
  /** Answers of the {@link BsnReader}, or null when the specification has no such field. */
  readonly bsn: Int32Array | null
  /** Per dimension id the index into its code list. */
  readonly codes: Readonly<Record<string, Uint16Array>>
  /** Per field of kind `text` the decoded, repaired, trimmed values. */
  readonly texts: Readonly<Record<string, readonly string[]>>
}

export type ReadReport = {
  readonly rowsRead: number
  readonly rowsBad: number
  readonly rowsGood: number
  readonly findings: readonly Finding[]
  /** Per dimension id the number of rows for every code of its list: of all rows, or of the good ones when bad rows are left out. */
  readonly totals: Readonly<Record<string, readonly number[]>>
}

export type TableReading = {
  /** To be read once, to the end. Throws {@link TabularError} for what only shows on the way, such as `truncated`. */
  readonly batches: AsyncIterable<Batch>
  /** What was read so far; final once `batches` has ended. */
  readonly report: () => ReadReport
}

/**
 * @param chunks - the whole file from its first byte, in pieces of any size
 * @param mapping - as confirmed by a person
 * @throws {@link TabularError} `mapping_invalid`, `spec_invalid` at once; `file_changed`, `line_too_long`, `quote_not_closed`,
 *   `truncated`, `ragged_rows`, `too_many_rows`, `empty_file` while reading
 */
export function readTable(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  inspection: Inspection,
  mapping: Mapping,
  spec: DatasetSpec,
  options: ReadOptions = {},
): TableReading {
  const fields = planReading(inspection, mapping, spec)
  if (fields.some(({ kind }) => kind === 'bsn') && options.readBsn === undefined)
    throw new Error('a bsn field needs readBsn')
  const state: State = {
    fields,
    options,
    findings: new Findings(options.examples ?? 20),
    totals: Object.fromEntries(
      fields.flatMap((field) =>
        field.kind === 'dimension' ? [[field.field.id, new Array(field.list.codes.length).fill(0)]] : [],
      ),
    ),
    rowsRead: 0,
    rowsBad: 0,
    ragged: 0,
  }
  return {
    batches: batches(chunks, inspection, state),
    report: () => ({
      rowsRead: state.rowsRead,
      rowsBad: state.rowsBad,
      rowsGood: state.rowsRead - state.rowsBad,
      findings: state.findings.list(),
      totals: Object.fromEntries(Object.entries(state.totals).map(([id, counts]) => [id, [...counts]])),
    }),
  }
}

type State = {
  readonly fields: readonly PlannedField[]
  readonly options: ReadOptions
  readonly findings: Findings
  readonly totals: Record<string, number[]>
  rowsRead: number
  rowsBad: number
  ragged: number
}

async function* batches(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  inspection: Inspection,
  state: State,
): AsyncGenerator<Batch> {
  const { options } = state
  const layout: Layout = {
    delimiter: inspection.delimiter.charCodeAt(0),
    lineEnd: inspection.lineEnd === 'cr' ? CR : LF,
    maxLineBytes: options.maxLineBytes ?? MAX_LINE_BYTES,
  }
  const progress: RowSourceProgress = { bytesRead: 0, lastLineEnded: true }
  const source = { ...layout, columns: inspection.columns.length, encoding: inspection.encoding }
  let headerSeen = false
  let lastRow = inspection.headerRow
  for await (const rows of readRows(chunks, source, progress)) {
    let first = 0
    while (first < rows.count && (rows.numbers[first] as number) < inspection.headerRow) first += 1
    if (first < rows.count && !headerSeen) {
      checkHeader(rows, first, inspection)
      headerSeen = true
      first += 1
    }
    if (first === rows.count) continue
    lastRow = rows.numbers[rows.count - 1] as number
    const batch = readBatch(rows, first, inspection, state)
    if (options.maxRows !== undefined && state.rowsRead > options.maxRows) throw new TabularError('too_many_rows')
    options.onProgress?.({ bytesRead: progress.bytesRead, rowsRead: state.rowsRead })
    if (batch.rows > 0) yield batch
  }
  if (state.rowsRead === 0) throw new TabularError(headerSeen ? 'empty_file' : 'file_changed')
  if (state.ragged * 2 > state.rowsRead) throw new TabularError('ragged_rows')
  if (!progress.lastLineEnded) state.findings.add('last_line_not_ended', 'notice', null, null, lastRow)
}

function checkHeader(rows: Rows, row: number, inspection: Inspection): void {
  const headers = inspection.columns.map((_, column) => {
    const text = decodeField(rows.bytes, startOf(rows, row, column), endOf(rows, row, column)).trim()
    return foldHeader(text || `kolom ${column + 1}`)
  })
  if (headers.join('\u001f') !== inspection.headerFingerprint)
    throw new TabularError('file_changed', inspection.headerRow)
}

const startOf = (rows: Rows, row: number, column: number): number =>
  column === 0 ? (rows.starts[row] as number) : (rows.ends[row * rows.columns + column - 1] as number) + 1
const endOf = (rows: Rows, row: number, column: number): number => rows.ends[row * rows.columns + column] as number

function readBatch(rows: Rows, first: number, inspection: Inspection, state: State): Batch {
  const { fields, findings } = state
  const count = rows.count - first
  const bad = new Uint8Array(count)
  for (let at = 0; at < count; at += 1) {
    if (rows.ragged[first + at] === 0) continue
    bad[at] = 1
    state.ragged += 1
    findings.add('ragged_row', 'error', null, null, rows.numbers[first + at] as number)
  }
  const codes: Record<string, Uint16Array> = {}
  const texts: Record<string, string[]> = {}
  let bsn: Int32Array | null = null
  for (const field of fields) {
    if (field.kind === 'dimension') codes[field.field.id] = readCodes(rows, first, field, bad, findings)
    else if (field.kind === 'bsn') bsn = readNumbers(rows, first, field, bad, state)
    else texts[field.field.id] = readTexts(rows, first, field)
  }
  noteOtherEncoding(rows, first, inspection, state)
  const batch: Batch = { rows: count, numbers: rows.numbers.slice(first, rows.count), bad, bsn, codes, texts }
  let rowsBad = 0
  for (const flag of bad) rowsBad += flag
  state.rowsRead += count
  state.rowsBad += rowsBad
  const kept = rowsBad > 0 && state.options.leaveOutBadRows === true ? withoutBad(batch, count - rowsBad) : batch
  for (const [id, column] of Object.entries(kept.codes)) {
    const counts = state.totals[id] as number[]
    for (const code of column) counts[code] = (counts[code] as number) + 1
  }
  return kept
}

const codeFindings: Readonly<Record<number, FindingCode>> = {
  [Trouble.unlisted]: 'value_not_listed',
  [Trouble.date]: 'not_a_date',
  [Trouble.future]: 'date_in_future',
  [Trouble.age]: 'age_implausible',
  [Trouble.outsidePeriod]: 'outside_period',
  [Trouble.number]: 'not_a_number',
  [Trouble.outsideBands]: 'outside_bands',
}

const bsnFindings: Readonly<Record<number, FindingCode>> = {
  [BsnAnswer.malformed]: 'bsn_malformed',
  [BsnAnswer.elevenTest]: 'bsn_eleven_test',
  [BsnAnswer.filler]: 'bsn_filler',
}

function readCodes(
  rows: Rows,
  first: number,
  planned: PlannedField & { kind: 'dimension' },
  bad: Uint8Array,
  findings: Findings,
): Uint16Array {
  const { coder, column, field, header, invalid } = planned
  const codes = new Uint16Array(bad.length)
  if (coder === null) return codes
  const { bytes } = rows
  for (let at = 0; at < codes.length; at += 1) {
    const row = first + at
    if (rows.ragged[row] !== 0) continue
    const start = startOf(rows, row, column)
    const end = endOf(rows, row, column)
    const code = coder(bytes, start, end)
    if (code >= 0) {
      codes[at] = code
      continue
    }
    codes[at] = UNKNOWN
    // A readable date or number that the agreement leaves out is not a broken one: the row stays.
    const severity = code === Trouble.outsidePeriod && field.whenInvalid === undefined ? 'warning' : invalid
    if (severity === 'error') bad[at] = 1
    const number = rows.numbers[row] as number
    if (code === Trouble.unlisted)
      findings.addUnlisted(field, severity, header, number, decodeField(bytes, start, end).trim())
    else findings.add(codeFindings[code] as FindingCode, severity, field, header, number)
  }
  return codes
}

function readNumbers(
  rows: Rows,
  first: number,
  planned: PlannedField,
  bad: Uint8Array,
  { options, findings }: State,
): Int32Array {
  const { column, field, header, invalid } = planned
  const numbers = new Int32Array(bad.length)
  const readBsn = options.readBsn as BsnReader
  if (column === NO_COLUMN) return numbers
  for (let at = 0; at < numbers.length; at += 1) {
    const row = first + at
    if (rows.ragged[row] !== 0) continue
    const answer = readBsn(rows.bytes, startOf(rows, row, column), endOf(rows, row, column))
    numbers[at] = answer
    if (answer >= 0) continue
    if (invalid === 'error') bad[at] = 1
    findings.add(bsnFindings[answer] as FindingCode, invalid, field, header, rows.numbers[row] as number)
  }
  return numbers
}

function readTexts(rows: Rows, first: number, { column }: PlannedField): string[] {
  return Array.from({ length: rows.count - first }, (_, at) =>
    column === NO_COLUMN
      ? ''
      : decodeField(rows.bytes, startOf(rows, first + at, column), endOf(rows, first + at, column)).trim(),
  )
}

/** Notes mapped fields that are not in the encoding of the file. They were read all the same, see `./text.ts`. */
function noteOtherEncoding(rows: Rows, first: number, { encoding }: Inspection, { fields, findings }: State): void {
  if (encoding !== 'utf-8') return
  const last = rows.count - 1
  if (isUtf8(rows.bytes.subarray(rows.starts[first], endOf(rows, last, rows.columns - 1)))) return
  for (let row = first; row <= last; row += 1) {
    for (const { field, column, header } of fields) {
      if (column === NO_COLUMN || rows.ragged[row] !== 0) continue
      if (isUtf8(rows.bytes.subarray(startOf(rows, row, column), endOf(rows, row, column)))) continue
      findings.add('mixed_encoding', 'notice', field, header, rows.numbers[row] as number)
    }
  }
}

function withoutBad(batch: Batch, rows: number): Batch {
  const { bad } = batch
  const keep = <T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(column: T): T =>
    column.filter((_, at) => bad[at] === 0) as T
  return {
    rows,
    numbers: keep(batch.numbers),
    bad: new Uint8Array(rows),
    bsn: batch.bsn === null ? null : keep(batch.bsn),
    codes: Object.fromEntries(Object.entries(batch.codes).map(([id, column]) => [id, keep(column)])),
    texts: Object.fromEntries(
      Object.entries(batch.texts).map(([id, column]) => [id, column.filter((_, at) => bad[at] === 0)]),
    ),
  }
}
