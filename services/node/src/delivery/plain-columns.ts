/**
 * What leaves, before it is sealed: tokens and codes of shuffled subjects, and of shuffled records where rows are events.
 *
 * Columns are made one at a time, so that only one stands in memory as bytes.
 * @module
 */
import type { Dataset, Dimension, ExtractColumn } from '@kruispunt/contracts'
import { erase, shuffledOrder } from '@kruispunt/crypto'
import { codeColumnType, encodeCodes, encodeSubjectIndex, encodeTokens } from '@kruispunt/extracts'
import { makeSubjects, type SubjectReport } from '@kruispunt/linkage/node'
import { createTokenMaker, tokenBytes } from '@kruispunt/pseudonyms'
import { type DatasetSpec, type TableColumns, UNKNOWN } from '@kruispunt/tabular'
import { NodeError } from '../errors.ts'
import { travellingCodes } from './dataset-spec.ts'

type PlainColumn = Pick<ExtractColumn, 'name' | 'table' | 'type' | 'slots' | 'unknownAbsent'> & {
  /** Makes the plaintext; erase it after use. */
  bytes(): Uint8Array
}

export type PlainTables = {
  readonly subjects: number
  readonly records: number
  readonly columns: readonly PlainColumn[]
  readonly report: SubjectReport
  /** Erases the citizen numbers of the subjects; no tokens can be made afterwards. */
  erase(): void
}

// Numbers are text for a moment only: few at a time, so that they die young and the collector does not carry them along.
const tokensAtOnce = 4096

/** Tokens of subjects in shuffled order; a subject without a number gets random bytes that match nobody. */
function tokenColumn(numbers: Int32Array, order: Uint32Array, pseudonymKey: Uint8Array): Uint8Array {
  const maker = createTokenMaker(pseudonymKey)
  const counts = new Uint8Array(order.length)
  let known = 0
  for (let row = 0; row < order.length; row++) {
    counts[row] = (numbers[order[row] as number] as number) > 0 ? 1 : 0
    known += counts[row] as number
  }
  const tokens = new Uint8Array(known * tokenBytes)
  let values: string[] = []
  let written = 0
  const flush = () => {
    maker.tokensInto('B1', values, tokens, written * tokenBytes)
    written += values.length
    values = []
  }
  for (let row = 0; row < order.length; row++) {
    if (counts[row] === 0) continue
    values.push(String(numbers[order[row] as number]).padStart(9, '0'))
    if (values.length === tokensAtOnce) flush()
  }
  flush()
  const column = encodeTokens({ tokens, counts, slots: 1 })
  erase(tokens)
  return column
}

function codeColumn(dimension: Dimension, spec: DatasetSpec, codes: Uint16Array, order: Uint32Array): Uint8Array {
  const field = spec.fields.find(({ id }) => id === dimension.id)
  if (field === undefined) throw new NodeError('spec_invalid')
  const travelling = travellingCodes(dimension, field)
  const values = new Uint16Array(order.length)
  for (let row = 0; row < order.length; row++) values[row] = travelling[codes[order[row] as number] as number] as number
  return encodeCodes(values, dimension.codes.length)
}

/** @param pseudonymKey - 32 bytes, or null for a dataset without a linkage key */
export function plainTables(
  dataset: Dataset,
  spec: DatasetSpec,
  table: TableColumns,
  pseudonymKey: Uint8Array | null,
): PlainTables {
  const isRecord = dataset.grain === 'record'
  const subjects = makeSubjects({ rows: table.rows, bsn: table.bsn, codes: isRecord ? {} : table.codes })
  const subjectOrder = shuffledOrder(subjects.subjects)
  const columns: PlainColumn[] = []
  if (dataset.linkageKeys.includes('B1')) {
    if (pseudonymKey === null) throw new NodeError('ceremony_not_complete')
    const bytes = () => tokenColumn(subjects.bsn, subjectOrder, pseudonymKey)
    columns.push({ name: 'token:B1', table: 'subjects', type: 'tokens', slots: 1, bytes })
  }
  const recordOrder = isRecord ? shuffledOrder(table.rows) : new Uint32Array(0)
  if (isRecord) {
    const bytes = () => {
      const place = new Uint32Array(subjects.subjects)
      subjectOrder.forEach((subject, row) => {
        place[subject] = row
      })
      const indexes = recordOrder.map((row) => place[subjects.subjectOfRow[row] as number] as number)
      return encodeSubjectIndex(indexes, subjects.subjects)
    }
    columns.push({ name: 'subject', table: 'records', type: 'subject-index', slots: 1, bytes })
  }
  const source = isRecord ? table.codes : subjects.codes
  for (const dimension of dataset.dimensions) {
    // A file without rows still has every column.
    const codes = source[dimension.id] ?? new Uint16Array(0)
    columns.push({
      name: dimension.id,
      table: isRecord ? 'records' : 'subjects',
      type: codeColumnType(dimension.codes.length),
      slots: 1,
      // Said aloud, so that an empty category need not stand in every table as a zero that has to be protected.
      ...(codes.includes(UNKNOWN) ? {} : { unknownAbsent: true as const }),
      bytes: () => codeColumn(dimension, spec, codes, isRecord ? recordOrder : subjectOrder),
    })
  }
  return {
    subjects: subjects.subjects,
    records: isRecord ? table.rows : 0,
    columns,
    report: subjects.report,
    erase: () => void subjects.bsn.fill(0),
  }
}
