/**
 * From a raw file to a sealed extract on this node's own disk. Nothing leaves here: sending is a step of its own.
 * @module
 */
import type { Bilingual, ExtractId } from '@kruispunt/contracts'
import { erase, toHex } from '@kruispunt/crypto'
import { columnAad, columnKey, keyCommitment } from '@kruispunt/extracts'
import { bsnReader, createIdentifierStore, type PreflightReport } from '@kruispunt/linkage/node'
import {
  codeListOf,
  collectColumns,
  type Finding,
  type Mapping,
  type ReadReport,
  readTable,
  refusalOf,
  rememberMapping,
  TabularError,
} from '@kruispunt/tabular'
import type { DeliveryPort, ExtractBody } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import { identifiersOfBatch, textFieldsOf } from './dataset-spec.ts'
import { type Inspected, refusedFile } from './inspect.ts'
import { type JointOptions, jointNumbersOf } from './joint-numbers.ts'
import { forget, type Objections, refuseNumbersWithoutColumn } from './objections.ts'
import { type PlainColumn, type PlainTables, plainTables, type ReadRows } from './plain-columns.ts'
import { sealColumnToFile } from './seal-column.ts'
import { type SelfTestColumns, selfTestColumns } from './self-test.ts'

/** What the steward sees, and all of what leaves: counts, no rows. */
export type DeliveryReport = {
  readonly rowsRead: number
  readonly rowsLeftOut: number
  /** Absent without objections. Stays at this node: the log does not tell that somebody objected. */
  readonly objections?: { readonly given: number; readonly found: number; readonly rows: number }
  readonly findings: readonly Finding[]
  readonly totals: readonly {
    readonly dimension: string
    readonly label: Bilingual
    readonly codes: readonly { readonly code: string; readonly label: Bilingual; readonly rows: number }[]
  }[]
  readonly subjects: PreflightReport
  readonly leaves: readonly { readonly column: string; readonly table: string; readonly bytes: number }[]
}

export type PrepareOptions = JointOptions & {
  readonly leaveOutBadRows: boolean
  /** Cleared once the file was read. */
  readonly objections?: Objections
  readonly onProgress?: (part: number) => void
}

type FileRead = ReadRows & { readonly report: ReadReport }

/** Everything of a file in memory; what identifies people is the caller’s to erase. */
export async function readAll(
  inspected: Inspected,
  mapping: Mapping,
  options: Pick<PrepareOptions, 'leaveOutBadRows' | 'objections' | 'onProgress'>,
): Promise<FileRead> {
  const { agreement, dataset, inspection, source, spec } = inspected
  const identifiers = textFieldsOf(dataset).length > 0 ? createIdentifierStore(agreement.document.linkage) : null
  const maxRows = agreement.document.parties.find(({ id }) => id === agreement.party)?.maxRecords ?? 0
  try {
    const reading = readTable(source.pieces(), inspection, mapping, spec, {
      readBsn: bsnReader(),
      leaveOutBadRows: options.leaveOutBadRows,
      ...(options.objections === undefined ? {} : { leaveOut: options.objections }),
      maxRows,
      onProgress: ({ bytesRead }) => options.onProgress?.(bytesRead / source.bytes),
    })
    const table = await collectColumns(reading.batches, (rows, texts) =>
      identifiers?.add(rows, identifiersOfBatch(dataset, texts)),
    )
    return { table, identifiers, report: reading.report() }
  } catch (error) {
    identifiers?.erase()
    if (error instanceof TabularError) throw refusedFile(refusalOf(error))
    throw error
  }
}

/** Findings as violations: row, column and reason; the reader keeps values of identifiers out. */
const violationsOf = (findings: readonly Finding[]) =>
  findings
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ rows, column, message }) =>
      rows.map((row) => ({ path: `row ${row}${column === null ? '' : `, ${column}`}`, message: message.nl })),
    )

async function sealAll(
  port: DeliveryPort,
  inspected: Inspected,
  plain: readonly PlainColumn[],
  extract: { readonly extractId: ExtractId; readonly extractRoot: Uint8Array },
): Promise<ExtractBody['columns']> {
  const { agreement } = inspected
  const columns: ExtractBody['columns'] = []
  for (const { bytes: plaintext, ...described } of plain) {
    const { name } = described
    const key = columnKey(extract.extractRoot, extract.extractId, name)
    const place = { agreementId: agreement.id, epoch: agreement.epoch, party: agreement.party }
    const aad = columnAad({ ...place, extractId: extract.extractId, column: name })
    const sealed = await sealColumnToFile(port.columnPath(extract.extractId, name), await plaintext(), key, aad)
    const commitment = toHex(keyCommitment(extract.extractId, name, key))
    erase(key)
    columns.push({ ...described, ...sealed, keyCommitment: commitment })
  }
  return columns
}

/**
 * Reads, checks, codes, tokenises, shuffles and seals. On any refusal nothing stays behind; the columns of numbers are erased
 * either way.
 * @param mapping - confirmed by a person
 * @throws NodeError `rows_with_errors` unless the steward leaves them out, or the code of what is wrong with the file
 */
export async function prepareExtract(
  port: DeliveryPort,
  inspected: Inspected,
  mapping: Mapping,
  options: PrepareOptions,
): Promise<{ extractId: ExtractId; report: DeliveryReport }> {
  const { objections } = options
  if (objections !== undefined) refuseNumbersWithoutColumn(objections, inspected.spec)
  const given = objections === undefined ? undefined : objections.citizenNumbers.size + objections.rows.size
  const read = await readAll(inspected, mapping, options).finally(() => objections && forget(objections))
  const { table, identifiers, report } = read
  try {
    if (report.rowsBad > 0 && !options.leaveOutBadRows)
      throw new NodeError('rows_with_errors', { violations: violationsOf(report.findings) })
    return await sealTable(port, inspected, mapping, read, { ...options, given })
  } finally {
    table.bsn?.fill(0)
    identifiers?.erase()
  }
}

/** Before anything is stored: with partners whose nodes are not running this ends here, and is done again later. */
async function tablesOf(
  port: DeliveryPort,
  { agreement, dataset, spec }: Inspected,
  read: FileRead,
  key: Uint8Array,
  options: JointOptions,
): Promise<PlainTables> {
  try {
    const made = { dataset, recipe: agreement.document.linkage, spec }
    return await plainTables(made, read, key, (subjects) => jointNumbersOf(port, agreement, dataset, subjects, options))
  } catch (error) {
    erase(key)
    throw error
  }
}

async function sealTable(
  port: DeliveryPort,
  inspected: Inspected,
  mapping: Mapping,
  read: FileRead,
  options: JointOptions & { readonly given: number | undefined },
): Promise<{ extractId: ExtractId; report: DeliveryReport }> {
  const { agreement, dataset } = inspected
  const { report } = read
  const key = port.pseudonymKey(agreement.id, agreement.epoch)
  const meta = { agreement: agreement.id, epoch: agreement.epoch, dataset: dataset.id, period: dataset.period }
  const tables = await tablesOf(port, inspected, read, key, options)
  const extract = port.createExtract(meta)
  let selfTest: SelfTestColumns | null = null
  try {
    selfTest = selfTestColumns(agreement.document, dataset, key)
    const plain = [...tables.columns, ...(selfTest?.columns ?? [])]
    const columns = await sealAll(port, inspected, plain, extract)
    const body: ExtractBody = {
      kind: 'extract',
      extractId: extract.extractId,
      ...meta,
      party: agreement.party,
      ...port.succession(meta),
      subjects: tables.subjects,
      records: tables.records,
      ...(selfTest === null ? {} : { decoys: selfTest.decoys }),
      // Bad rows are either refused above or left out.
      rowsLeftOut: report.rowsBad,
      columns,
    }
    const delivery: DeliveryReport = {
      rowsRead: report.rowsRead,
      rowsLeftOut: report.rowsBad,
      ...(options.given === undefined
        ? {}
        : { objections: { given: options.given, found: report.objected.met, rows: report.objected.rows } }),
      findings: report.findings,
      totals: totalsOf(inspected, report),
      subjects: tables.report(),
      leaves: columns.map(({ name, table, bytes }) => ({ column: name, table, bytes })),
    }
    port.markPrepared(extract.extractId, body, delivery)
    port.rememberMapping(dataset.id, inspected.inspection.headerFingerprint, rememberMapping(mapping))
    return { extractId: extract.extractId, report: delivery }
  } catch (error) {
    port.discard(extract.extractId)
    throw error
  } finally {
    await tables.erase()
    await selfTest?.erase()
    erase(extract.extractRoot, key)
  }
}

export function totalsOf({ spec }: Inspected, { totals }: ReadReport): DeliveryReport['totals'] {
  return spec.fields
    .filter(({ id }) => totals[id] !== undefined)
    .map((field) => ({
      dimension: field.id,
      label: field.label,
      codes: codeListOf(field).codes.map(({ code, label }, index) => ({
        code,
        label,
        rows: totals[field.id]?.[index] ?? 0,
      })),
    }))
}
