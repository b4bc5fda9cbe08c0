/**
 * Reads a table to the end: bytes in, batches of codes out, every finding gathered on the way.
 *
 * Runs at the node after a person confirmed the mapping. Only mapped columns are looked at. Memory does not grow with the
 * file: one block of lines, one batch, and the findings.
 * @module
 */
import { TabularError } from './errors.ts'
import { type Finding, Findings } from './findings.ts'
import { type Inspection, MAX_LINE_BYTES } from './inspect.ts'
import type { Mapping } from './mapping.ts'
import { planReading } from './plan.ts'
import { type Batch, type BsnReader, type LeaveOut, nobodyLeftOut, type ReadState, readBatch } from './read-batch.ts'
import { type RowSourceProgress, readRows } from './row-source.ts'
import { fieldEnd, fieldStart, type Rows } from './rows.ts'
import { CR, type Layout, LF } from './scan-plain.ts'
import type { DatasetSpec } from './spec.ts'
import { decodeField, foldHeader } from './text.ts'

export type ReadOptions = {
  /** Needed when the specification has a field of kind `bsn`. */
  readonly readBsn?: BsnReader
  /** Leaves rows with an error out of the batches and the totals; a steward must have said so. */
  readonly leaveOutBadRows?: boolean
  /** People who object, and what of the file is theirs: not in the batches and the totals, bad or not. */
  readonly leaveOut?: LeaveOut
  /** More rows are refused; the agreement's limit. */
  readonly maxRows?: number
  /** A longer line is refused; 1 MiB when left out. */
  readonly maxLineBytes?: number
  /** How many rows are named per column and reason; 20 when left out. */
  readonly examples?: number
  /** Called once for every block of rows. */
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly rowsRead: number }) => void
}

export type ReadReport = {
  readonly rowsRead: number
  readonly rowsBad: number
  readonly rowsGood: number
  /** Left out because somebody objects; `met`: how many of the numbers and rows given were there. */
  readonly objected: { readonly rows: number; readonly met: number }
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
  const state: ReadState = {
    fields,
    encoding: inspection.encoding,
    readBsn: options.readBsn ?? null,
    leaveOutBadRows: options.leaveOutBadRows ?? false,
    leaveOut: options.leaveOut ?? nobodyLeftOut,
    findings: new Findings(options.examples ?? 20),
    totals: Object.fromEntries(
      fields.flatMap((field) =>
        field.kind === 'dimension' ? [[field.field.id, new Array(field.list.codes.length).fill(0)]] : [],
      ),
    ),
    rowsRead: 0,
    rowsBad: 0,
    rowsObjected: 0,
    met: { citizenNumbers: new Set(), rows: new Set() },
    ragged: 0,
  }
  return {
    batches: batches(chunks, inspection, options, state),
    report: () => ({
      rowsRead: state.rowsRead,
      rowsBad: state.rowsBad,
      rowsGood: state.rowsRead - state.rowsBad - state.rowsObjected,
      objected: { rows: state.rowsObjected, met: state.met.citizenNumbers.size + state.met.rows.size },
      findings: state.findings.list(),
      totals: Object.fromEntries(Object.entries(state.totals).map(([id, counts]) => [id, [...counts]])),
    }),
  }
}

async function* batches(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  inspection: Inspection,
  options: ReadOptions,
  state: ReadState,
): AsyncGenerator<Batch> {
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
    const batch = readBatch(rows, first, state)
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
    const text = decodeField(rows.bytes, fieldStart(rows, row, column), fieldEnd(rows, row, column)).trim()
    return foldHeader(text || `kolom ${column + 1}`)
  })
  if (headers.join('\u001f') !== inspection.headerFingerprint)
    throw new TabularError('file_changed', inspection.headerRow)
}
