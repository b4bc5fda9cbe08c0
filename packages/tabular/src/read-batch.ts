/**
 * One block of rows becomes one batch of columns, with what was found in it.
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { UNKNOWN } from './code-list.ts'
import { Trouble } from './coders.ts'
import type { FindingCode, Findings } from './findings.ts'
import { NO_COLUMN, type PlannedField } from './plan.ts'
import type { Encoding } from './row-source.ts'
import { fieldEnd, fieldStart, type Rows } from './rows.ts'
import { decodeField } from './text.ts'

/**
 * Reads a number of a citizen from bytes: the number itself, above 0, or one of {@link BsnAnswer}.
 * Given by the caller (`@kruispunt/linkage/node`), because what is a valid number is not this package's business.
 */
export type BsnReader = (bytes: Uint8Array, start: number, end: number) => number
/** What a {@link BsnReader} says instead of a number. */
export const BsnAnswer = { empty: 0, malformed: -1, elevenTest: -2, filler: -3 } as const

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
  /** Per field of kind `amount` whole numbers of its smallest unit, 0 where there is none. */
  readonly amounts: Readonly<Record<string, Int32Array>>
  /** Per field of kind `text` the decoded, repaired, trimmed values. */
  readonly texts: Readonly<Record<string, readonly string[]>>
}

/** Rows that go no further, whatever is in them: those of people who object. */
export type LeaveOut = {
  /** Answers of the {@link BsnReader}. */
  readonly citizenNumbers: ReadonlySet<number>
  /** Rows of the file as a spreadsheet numbers them (header = 1). */
  readonly rows: ReadonlySet<number>
}
export const nobodyLeftOut: LeaveOut = { citizenNumbers: new Set(), rows: new Set() }

/** What a reading keeps from batch to batch. */
export type ReadState = {
  readonly fields: readonly PlannedField[]
  readonly encoding: Encoding
  readonly readBsn: BsnReader | null
  readonly leaveOutBadRows: boolean
  readonly leaveOut: LeaveOut
  readonly findings: Findings
  readonly totals: Record<string, number[]>
  rowsRead: number
  rowsBad: number
  /** Left out because of {@link LeaveOut}, and what of that was met. */
  rowsObjected: number
  readonly met: { readonly citizenNumbers: Set<number>; readonly rows: Set<number> }
  ragged: number
}

/** @param first - index of the first row that is data */
export function readBatch(rows: Rows, first: number, state: ReadState): Batch {
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
  const amounts: Record<string, Int32Array> = {}
  let bsn: Int32Array | null = null
  for (const field of fields) {
    if (field.kind === 'dimension') codes[field.field.id] = readCodes(rows, first, field, bad, findings)
    else if (field.kind === 'bsn') bsn = readNumbers(rows, first, field, bad, state)
    else if (field.kind === 'amount') amounts[field.field.id] = readAmounts(rows, first, field, bad, findings)
    else texts[field.field.id] = readTexts(rows, first, field)
  }
  noteOtherEncoding(rows, first, state)
  const batch: Batch = { rows: count, numbers: rows.numbers.slice(first, rows.count), bad, bsn, codes, amounts, texts }
  const objected = objectedRows(batch, state)
  let [rowsBad, left] = [0, 0]
  const out = new Uint8Array(count)
  for (let at = 0; at < count; at += 1) {
    // Somebody who is left out anyway is no error of the file.
    if (objected[at] === 0) rowsBad += bad[at] as number
    out[at] = objected[at] === 1 || (bad[at] === 1 && state.leaveOutBadRows) ? 1 : 0
    left += out[at] as number
  }
  state.rowsRead += count
  state.rowsBad += rowsBad
  const kept = left > 0 ? without(batch, out, count - left) : batch
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
    const start = fieldStart(rows, row, column)
    const end = fieldEnd(rows, row, column)
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

function readAmounts(
  rows: Rows,
  first: number,
  planned: PlannedField & { kind: 'amount' },
  bad: Uint8Array,
  findings: Findings,
): Int32Array {
  const { column, field, header, invalid, read } = planned
  const amounts = new Int32Array(bad.length)
  if (column === NO_COLUMN) return amounts
  for (let at = 0; at < amounts.length; at += 1) {
    const row = first + at
    const answer = read(rows.bytes, fieldStart(rows, row, column), fieldEnd(rows, row, column))
    if ('amount' in answer) {
      amounts[at] = answer.amount
      continue
    }
    if (invalid === 'error') bad[at] = 1
    findings.add(codeFindings[answer.trouble] as FindingCode, invalid, field, header, rows.numbers[row] as number)
  }
  return amounts
}

function readNumbers(
  rows: Rows,
  first: number,
  planned: PlannedField,
  bad: Uint8Array,
  { readBsn, findings }: ReadState,
): Int32Array {
  const { column, field, header, invalid } = planned
  const numbers = new Int32Array(bad.length)
  if (column === NO_COLUMN || readBsn === null) return numbers
  for (let at = 0; at < numbers.length; at += 1) {
    const row = first + at
    const answer = readBsn(rows.bytes, fieldStart(rows, row, column), fieldEnd(rows, row, column))
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
      : decodeField(rows.bytes, fieldStart(rows, first + at, column), fieldEnd(rows, first + at, column)).trim(),
  )
}

/** Notes mapped fields that are not in the encoding of the file. They were read all the same, see `./text.ts`. */
function noteOtherEncoding(rows: Rows, first: number, { encoding, fields, findings }: ReadState): void {
  if (encoding !== 'utf-8') return
  const last = rows.count - 1
  if (isUtf8(rows.bytes.subarray(rows.starts[first], fieldEnd(rows, last, rows.columns - 1)))) return
  for (let row = first; row <= last; row += 1) {
    for (const { field, column, header } of fields) {
      if (column === NO_COLUMN) continue
      if (isUtf8(rows.bytes.subarray(fieldStart(rows, row, column), fieldEnd(rows, row, column)))) continue
      findings.add('mixed_encoding', 'notice', field, header, rows.numbers[row] as number)
    }
  }
}

/** 1 for rows of people who object; notes which of them were met. */
function objectedRows({ rows, numbers, bsn }: Batch, state: ReadState): Uint8Array {
  const { leaveOut, met } = state
  const objected = new Uint8Array(rows)
  if (leaveOut.citizenNumbers.size + leaveOut.rows.size === 0) return objected
  for (let at = 0; at < rows; at += 1) {
    const [number, citizen] = [numbers[at] as number, bsn?.[at] ?? 0]
    if (leaveOut.rows.has(number)) met.rows.add(number)
    else if (citizen > 0 && leaveOut.citizenNumbers.has(citizen)) met.citizenNumbers.add(citizen)
    else continue
    objected[at] = 1
    state.rowsObjected += 1
  }
  return objected
}

/** @param out - 1 for rows that go */
function without(batch: Batch, out: Uint8Array, rows: number): Batch {
  const keep = <T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(column: T): T =>
    column.filter((_, at) => out[at] === 0) as T
  return {
    rows,
    numbers: keep(batch.numbers),
    bad: keep(batch.bad),
    bsn: batch.bsn === null ? null : keep(batch.bsn),
    codes: Object.fromEntries(Object.entries(batch.codes).map(([id, column]) => [id, keep(column)])),
    amounts: Object.fromEntries(Object.entries(batch.amounts).map(([id, column]) => [id, keep(column)])),
    texts: Object.fromEntries(
      Object.entries(batch.texts).map(([id, column]) => [id, column.filter((_, at) => out[at] === 0)]),
    ),
  }
}
