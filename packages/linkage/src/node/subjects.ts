/**
 * Subjects: which rows of one extract are about the same person.
 *
 * Runs at the node after reading and before tokens are made. Rows with the same valid number of a citizen are one subject; a
 * row without one is a subject of its own and will get a random token. Other match keys come in here when they are made.
 * @module
 * @see linkage.md §4 step 1
 */
import { numberTable } from './number-table.ts'

export type SubjectInput = {
  readonly rows: number
  /** Per row the number, or 0 or less when there is none (see `BSN_ANSWER`); null for a party that may not use it. */
  readonly bsn: Int32Array | null
  /** Per dimension the code of every row, 0 = unknown. Given for datasets whose grain is the person, else empty. */
  readonly codes: Readonly<Record<string, Uint16Array>>
}

export type SubjectReport = {
  readonly rows: number
  readonly subjects: number
  /** Rows by what stood in the field; all empty for a party that may not use it. */
  readonly bsn: {
    readonly valid: number
    readonly empty: number
    readonly malformed: number
    readonly elevenTest: number
    readonly filler: number
  }
  /** Rows that were added to a subject already there. */
  readonly merged: number
  /** Per dimension the number of rows whose known code differs from the known code their subject had so far. */
  readonly conflicts: Readonly<Record<string, number>>
}

export type Subjects = {
  /** For every row its subject, 0 to `subjects - 1`, numbered in order of first appearance. */
  readonly subjectOfRow: Uint32Array
  readonly subjects: number
  /** Per subject the number, or 0 when there is none. The only copy made here: erase it when the tokens are made. */
  readonly bsn: Int32Array
  /** Per dimension the code of every subject: the last known one in the order of the rows. */
  readonly codes: Readonly<Record<string, Uint16Array>>
  readonly report: SubjectReport
}

/** Same rows in the same order, same answer. Memory: 4 bytes a row and at most 16 a row while the numbers are compared. */
export function makeSubjects({ rows, bsn, codes }: SubjectInput): Subjects {
  if ([bsn, ...Object.values(codes)].some((column) => column !== null && column.length !== rows))
    throw new Error('columns differ in length')
  const subjectOfRow = new Uint32Array(rows)
  const numbers = new Int32Array(rows)
  const table = numberTable(bsn === null ? 0 : rows)
  let subjects = 0
  for (let row = 0; row < rows; row += 1) {
    const number = bsn === null ? 0 : (bsn[row] as number)
    const first = number > 0 ? table.firstRow(number, row) : row
    if (first === row) {
      numbers[subjects] = Math.max(number, 0)
      subjectOfRow[row] = subjects
      subjects += 1
    } else subjectOfRow[row] = subjectOfRow[first] as number
  }
  table.erase()
  const merged = Object.entries(codes).map(([id, column]) => [id, lastKnown(column, subjectOfRow, subjects)] as const)
  return {
    subjectOfRow,
    subjects,
    bsn: numbers.subarray(0, subjects),
    codes: Object.fromEntries(merged.map(([id, { column }]) => [id, column])),
    report: {
      rows,
      subjects,
      bsn: countAnswers(rows, bsn),
      merged: rows - subjects,
      conflicts: Object.fromEntries(merged.map(([id, { conflicts }]) => [id, conflicts])),
    },
  }
}

function lastKnown(
  column: Uint16Array,
  subjectOfRow: Uint32Array,
  subjects: number,
): { column: Uint16Array; conflicts: number } {
  const known = new Uint16Array(subjects)
  let conflicts = 0
  for (let row = 0; row < column.length; row += 1) {
    const code = column[row] as number
    if (code === 0) continue
    const subject = subjectOfRow[row] as number
    if (known[subject] !== 0 && known[subject] !== code) conflicts += 1
    known[subject] = code
  }
  return { column: known, conflicts }
}

function countAnswers(rows: number, bsn: Int32Array | null): SubjectReport['bsn'] {
  const counts = { valid: 0, empty: bsn === null ? rows : 0, malformed: 0, elevenTest: 0, filler: 0 }
  for (const answer of bsn ?? []) {
    if (answer > 0) counts.valid += 1
    else if (answer === 0) counts.empty += 1
    else if (answer === -1) counts.malformed += 1
    else if (answer === -2) counts.elevenTest += 1
    else counts.filler += 1
  }
  return counts
}
