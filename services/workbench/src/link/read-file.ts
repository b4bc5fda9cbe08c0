/**
 * One CSV file of people into columns of text: what identifies them, the name of every row, and the truth if there is one.
 *
 * All in memory of one process; nothing is written anywhere.
 * @module
 */
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { IdentifierField, LinkageProfile } from '@kruispunt/contracts'
import { bsnReader } from '@kruispunt/linkage/node'
import {
  type Batch,
  inspectTable,
  MAX_LINE_BYTES,
  type Mapping,
  readTable,
  refusalOf,
  TabularError,
} from '@kruispunt/tabular'
import { canRecognise, chooseColumns } from './choose-columns.ts'
import { LinkError } from './errors.ts'
import { identifierSpec, rowIdField, truthField } from './identifier-columns.ts'
import { joinDate, splitWholeName } from './whole-names.ts'

export type PeopleFile = {
  /** name without folders; unique among the files given */
  readonly file: string
  readonly rows: number
  readonly mapping: Mapping
  /** per field that the file has, one text a row; the citizen number is not among them */
  readonly texts: Readonly<Partial<Record<IdentifierField, readonly string[]>>>
  /** per row the number or the reader's answer, null when the file has no such column or may not use it */
  readonly bsn: Int32Array | null
  /** per row its own name, null when the file has no such column */
  readonly ids: readonly string[] | null
  /** per row the person it is about, null when nobody said */
  readonly truth: readonly string[] | null
}

export type ReadSettings = {
  readonly profile: LinkageProfile
  /** header per field */
  readonly columns: Readonly<Record<string, string | null>>
  readonly useCitizenNumber: boolean
  readonly truth: string | null
}

/** @throws {@link LinkError} `file_not_found`, `file_unreadable`, `column_not_found`, `no_usable_columns`, `truth_incomplete` */
export async function readPeopleFile(path: string, settings: ReadSettings): Promise<PeopleFile> {
  const file = basename(path)
  const notThere = (cause: unknown): never => {
    throw new LinkError('file_not_found', [file], { cause })
  }
  const handle = await open(path).catch(notThere)
  try {
    const { size } = await handle.stat()
    const head = new Uint8Array(Math.min(size, MAX_LINE_BYTES))
    const { bytesRead } = await handle.read(head, 0, head.length, 0).catch(notThere)
    const bytes = () => handle.createReadStream({ start: 0, autoClose: false })
    return await readPeople({ file, head: head.subarray(0, bytesRead), size, bytes }, settings)
  } finally {
    await handle.close()
  }
}

/** As {@link readPeopleFile}, for a file that stands in memory. */
export async function peopleFromText(file: string, csv: string, settings: ReadSettings): Promise<PeopleFile> {
  const all = new TextEncoder().encode(csv)
  return readPeople({ file, head: all.subarray(0, MAX_LINE_BYTES), size: all.length, bytes: () => [all] }, settings)
}

type Source = {
  readonly file: string
  readonly head: Uint8Array
  readonly size: number
  readonly bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

async function readPeople({ file, head, size, bytes }: Source, settings: ReadSettings): Promise<PeopleFile> {
  const outcome = inspectTable(head, { fileBytes: size })
  if (!outcome.ok) {
    throw new LinkError('file_unreadable', [`${file}: ${outcome.refusal.message.en} ${outcome.refusal.remedy.en}`])
  }
  const { inspection } = outcome
  const spec = identifierSpec(settings.profile, settings.truth)
  const unused = settings.profile === 'nl1' && !settings.useCitizenNumber ? { citizenNumber: null } : {}
  const mapping = chooseColumns(inspection, spec, { ...settings.columns, ...unused }, file)
  if (!canRecognise(mapping)) throw new LinkError('no_usable_columns', [file])
  try {
    const batches: Batch[] = []
    const reading = readTable(bytes(), inspection, mapping, spec, { readBsn: bsnReader() })
    for await (const batch of reading.batches) batches.push(batch)
    return gather(file, mapping, batches)
  } catch (error) {
    if (!(error instanceof TabularError)) throw error
    const { message, remedy } = refusalOf(error)
    throw new LinkError('file_unreadable', [`${file}: ${message.en} ${remedy.en}`])
  }
}

function gather(file: string, mapping: Mapping, batches: readonly Batch[]): PeopleFile {
  const mapped = new Set(mapping.fields.flatMap(({ field, column }) => (column === null ? [] : [field])))
  const column = (field: string): string[] | undefined =>
    mapped.has(field) ? batches.flatMap(({ texts }) => texts[field] ?? []) : undefined
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0)
  const texts: Partial<Record<IdentifierField, string[]>> = {}
  for (const { field } of mapping.fields) {
    const values = column(field)
    if (values !== undefined && isTextField(field)) texts[field] = values
  }
  const whole = column('fullName')
  if (whole !== undefined && texts.surname === undefined) {
    const names = whole.map(splitWholeName)
    texts.surname = names.map(({ surname }) => surname)
    texts.givenNames ??= names.map(({ givenNames }) => givenNames)
  }
  const years = column('birthYear')
  if (years !== undefined && texts.birthDate === undefined) {
    const [months, days] = [column('birthMonth'), column('birthDay')]
    texts.birthDate = years.map((year, row) => joinDate(year, months?.[row] ?? '', days?.[row] ?? ''))
  }
  const truth = column(truthField)
  if (truth?.some((value) => value === '') === true) throw new LinkError('truth_incomplete', [file])
  const bsn = mapped.has('citizenNumber') ? new Int32Array(rows) : null
  let filled = 0
  for (const batch of batches) {
    if (bsn !== null && batch.bsn !== null) bsn.set(batch.bsn, filled)
    filled += batch.rows
  }
  return { file, rows, mapping, texts, bsn, ids: column(rowIdField) ?? null, truth: truth ?? null }
}

const notText: readonly string[] = [
  'citizenNumber',
  'fullName',
  'birthYear',
  'birthMonth',
  'birthDay',
  rowIdField,
  truthField,
]
function isTextField(field: string): field is Exclude<IdentifierField, 'citizenNumber'> {
  return !notText.includes(field)
}
