/**
 * Subjects: which rows of one extract are about the same person.
 *
 * Runs at the node after reading and before tokens are made. Rows are one subject by the same valid number of a citizen, or by
 * names, date of birth and address, unless they contradict each other; a row that nothing joins is a subject of its own.
 * @module
 * @see linkage.md §4 step 1
 */
import { NodeLinkageError } from '../errors.ts'
import type { IdentifierStore } from '../identifiers/identifier-store.ts'
import { type MergedRows, mergeRows } from './merge-rows.ts'

export type SubjectInput = {
  readonly rows: number
  /** Per row the number, or 0 or less when there is none (see `BSN_ANSWER`); null for a party that may not use it. */
  readonly bsn: Int32Array | null
  /** Per dimension the code of every row, 0 = unknown. Given for datasets whose grain is the person, else empty. */
  readonly codes: Readonly<Record<string, Uint16Array>>
  /** Names, dates and addresses of the same rows; without them only the number joins rows. */
  readonly identifiers?: IdentifierStore | null
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
  /** The same by the rule that joined them. */
  readonly mergedBy: MergedRows['mergedBy']
  /** Rows that share what a rule asks for with another row, and were kept apart because the two contradict each other. */
  readonly keptApart: number
  /** Per dimension the number of rows whose known code differs from the known code their subject had so far. */
  readonly conflicts: Readonly<Record<string, number>>
}

export type Subjects = {
  /** For every row its subject, 0 to `subjects - 1`, numbered in order of first appearance. */
  readonly subjectOfRow: Uint32Array
  readonly subjects: number
  /** Per subject the number, or 0 when there is none. The only copy made here: erase it when the tokens are made. */
  readonly bsn: Int32Array
  /** Per subject 1 with a number, else 0. Different numbers keep people apart only where the broker knows who has one. */
  readonly hasCitizenNumber: Uint8Array
  /** Per dimension the code of every subject: the last known one in the order of the rows. */
  readonly codes: Readonly<Record<string, Uint16Array>>
  readonly report: SubjectReport
}

/**
 * Same rows in the same order, same answer; in another order the same persons, numbered otherwise, and where codes disagree
 * another one may be the last. Memory besides the answer: 16 bytes a row, and some 40 per value compared.
 * @throws {@link NodeLinkageError} `columns_differ_in_length`
 */
export function makeSubjects({ rows, bsn, codes, identifiers = null }: SubjectInput): Subjects {
  const lengths = [bsn?.length ?? rows, identifiers?.rows ?? rows, ...Object.values(codes).map(({ length }) => length)]
  if (lengths.some((length) => length !== rows)) throw new NodeLinkageError('columns_differ_in_length')
  const { subjectOfRow, subjects, mergedBy, keptApart } = mergeRows(rows, bsn, identifiers)
  const numbers = new Int32Array(subjects)
  for (let row = 0; row < (bsn?.length ?? 0); row += 1) {
    const number = bsn?.[row] as number
    if (number > 0) numbers[subjectOfRow[row] as number] = number
  }
  const merged = Object.entries(codes).map(([id, column]) => [id, lastKnown(column, subjectOfRow, subjects)] as const)
  return {
    subjectOfRow,
    subjects,
    bsn: numbers,
    hasCitizenNumber: Uint8Array.from(numbers, (number) => (number > 0 ? 1 : 0)),
    codes: Object.fromEntries(merged.map(([id, { column }]) => [id, column])),
    report: {
      rows,
      subjects,
      bsn: countAnswers(rows, bsn),
      merged: rows - subjects,
      mergedBy,
      keptApart,
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
