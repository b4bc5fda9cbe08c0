/**
 * What leaves, before it is sealed: tokens and codes of shuffled subjects, and of shuffled records where rows are events.
 *
 * Columns are made one at a time, so that only one stands in memory as bytes.
 * @module
 */
import { availableParallelism } from 'node:os'
import {
  amountBounds,
  type Dataset,
  type Dimension,
  type ExtractColumn,
  keysWithPresence,
  type LinkageRecipe,
  type MatchKeyId,
  presenceColumn,
} from '@kruispunt/contracts'
import { shuffledOrder } from '@kruispunt/crypto'
import { codeColumnType, encodeAmounts, encodeCodes, encodeSubjectIndex } from '@kruispunt/extracts'
import {
  createTokenColumns,
  type IdentifierStore,
  makeSubjects,
  type PreflightReport,
  type Subjects,
} from '@kruispunt/linkage/node'
import { type DatasetSpec, type TableColumns, UNKNOWN } from '@kruispunt/tabular'
import { NodeError } from '../errors.ts'
import { travellingCodes } from './dataset-spec.ts'

export type PlainColumn = Pick<ExtractColumn, 'name' | 'table' | 'type' | 'slots' | 'unknownAbsent'> & {
  /** Makes the plaintext; erase it after use. */
  bytes(): Promise<Uint8Array>
}

export type PlainTables = {
  readonly subjects: number
  readonly records: number
  readonly columns: readonly PlainColumn[]
  /** Counts of rows and subjects, and of the keys made so far. */
  report(): PreflightReport
  /** Erases what recognises the subjects; no tokens can be made afterwards. */
  erase(): Promise<void>
}

/** Below this many rows a second thread takes longer to start than it saves. */
const rowsWorthThreads = 50_000

function codeColumn(dimension: Dimension, spec: DatasetSpec, codes: Uint16Array, order: Uint32Array): Uint8Array {
  const field = spec.fields.find(({ id }) => id === dimension.id)
  if (field === undefined) throw new NodeError('spec_invalid')
  const travelling = travellingCodes(dimension, field)
  const values = new Uint16Array(order.length)
  for (let row = 0; row < order.length; row++) values[row] = travelling[codes[order[row] as number] as number] as number
  return encodeCodes(values, dimension.codes.length)
}

/** Rows of one person are one person: like its codes, its amount is the last that is not 0, and never counted twice. */
function lastAmounts(amounts: Int32Array, { subjectOfRow, subjects }: Subjects): Int32Array {
  const last = new Int32Array(subjects)
  for (let row = 0; row < amounts.length; row++) {
    if (amounts[row] !== 0) last[subjectOfRow[row] as number] = amounts[row] as number
  }
  return last
}

/** What is made of a file, as it was read. */
export type ReadRows = {
  readonly table: TableColumns
  /** Names, dates and addresses of the same rows; null where only the citizen number links. */
  readonly identifiers: IdentifierStore | null
}

/**
 * @param pseudonymKey - 32 bytes; copied
 * @param jointNumbers - asked for once the subjects are known: 64 bytes each in place of the citizen number, or `null`
 */
export async function plainTables(
  { dataset, recipe, spec }: { readonly dataset: Dataset; readonly recipe: LinkageRecipe; readonly spec: DatasetSpec },
  { table, identifiers }: ReadRows,
  pseudonymKey: Uint8Array,
  jointNumbers: (subjects: Subjects) => Promise<Uint8Array | null>,
): Promise<PlainTables> {
  const isRecord = dataset.grain === 'record'
  const subjects = makeSubjects({ rows: table.rows, bsn: table.bsn, codes: isRecord ? {} : table.codes, identifiers })
  const joint = await jointNumbers(subjects)
  const subjectOrder = shuffledOrder(subjects.subjects)
  const agreed = new Set(dataset.linkageKeys)
  const tokens = createTokenColumns({
    subjects,
    identifiers,
    keys: recipe.keys.filter(({ id }) => agreed.has(id)),
    order: subjectOrder,
    pseudonymKey,
    jointNumbers: joint,
    threads: table.rows < rowsWorthThreads ? 1 : Math.min(2, availableParallelism()),
  })
  joint?.fill(0)
  const presence = new Map<MatchKeyId, Uint8Array>()
  const columns: PlainColumn[] = tokens.keys.map(({ id, slots }) => ({
    name: `token:${id}`,
    table: 'subjects',
    type: 'tokens',
    slots,
    bytes: async () => {
      const column = await tokens.column(id)
      presence.set(id, column.present)
      return column.tokens
    },
  }))
  for (const key of keysWithPresence.filter((id) => agreed.has(id))) {
    columns.push({
      name: presenceColumn(key),
      table: 'subjects',
      type: 'codes-8',
      slots: 1,
      // The tokens come first, and say which subjects had a value to make them of.
      bytes: async () => {
        const present = presence.get(key) ?? (await tokens.column(key)).present
        return encodeCodes(
          present.map((has) => has + 1),
          2,
        )
      },
    })
  }
  const recordOrder = isRecord ? shuffledOrder(table.rows) : new Uint32Array(0)
  if (isRecord) {
    const bytes = async () => {
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
      bytes: async () => codeColumn(dimension, spec, codes, isRecord ? recordOrder : subjectOrder),
    })
  }
  for (const measure of dataset.measures ?? []) {
    const byRow = table.amounts[measure.id] ?? new Int32Array(0)
    const amounts = isRecord ? byRow : lastAmounts(byRow, subjects)
    const order = isRecord ? recordOrder : subjectOrder
    columns.push({
      name: measure.id,
      table: isRecord ? 'records' : 'subjects',
      type: 'amounts-32',
      slots: 1,
      bytes: async () =>
        encodeAmounts(
          Int32Array.from(order, (row) => amounts[row] as number),
          amountBounds(measure),
        ),
    })
  }
  return {
    subjects: subjects.subjects,
    records: isRecord ? table.rows : 0,
    columns,
    report: () => tokens.preflight(),
    erase: async () => {
      await tokens.erase()
      subjects.bsn.fill(0)
      identifiers?.erase()
    },
  }
}
