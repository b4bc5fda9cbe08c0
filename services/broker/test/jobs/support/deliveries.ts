/** What each party's node would send: columns of its own people, sealed, and the keys to them. */
import {
  type AgreementDocument,
  amountBounds,
  citizenNumberKey,
  type Dataset,
  type ExtractColumn,
  type ExtractId,
  presenceColumn,
  type StatementBody,
} from '@kruispunt/contracts'
import { concatBytes, randomBytes, toHex } from '@kruispunt/crypto'
import {
  codeColumnType,
  columnAad,
  columnKey,
  createColumnSealer,
  encodeAmounts,
  encodeCodes,
  encodeSubjectIndex,
  encodeTokens,
  keyCommitment,
} from '@kruispunt/extracts'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import type { Person } from './people.ts'
import type { Plain } from './plain-column.ts'
import { selfTestPlain } from './self-test.ts'

export type Sealed = {
  readonly statement: StatementBody<'extract'>
  readonly ciphertexts: Map<string, Uint8Array>
  readonly keys: Map<string, Uint8Array>
}

const pseudonymKey = new Uint8Array(32).fill(42)

function plainColumns(
  agreement: AgreementDocument,
  dataset: Dataset,
  people: readonly Person[],
): { columns: Plain[]; subjects: number; records: number; decoys: number | undefined } {
  const own = people.filter((person) =>
    dataset.id === 'residents' ? person.resident : dataset.id === 'clients' ? person.client : person.reports.length > 0,
  )
  const maker = createTokenMaker(pseudonymKey)
  const tokens = encodeTokens({
    tokens: concatBytes(...own.map(({ number }) => maker.token('B1', number))),
    counts: own.map(() => 1),
    slots: 1,
  })
  const columns: Plain[] = [
    { name: 'token:B1', table: 'subjects', type: 'tokens', bytes: tokens },
    {
      name: presenceColumn(citizenNumberKey),
      table: 'subjects',
      type: 'codes-8',
      bytes: encodeCodes(
        Uint16Array.from(own, () => 2),
        2,
      ),
    },
  ]
  const rows: Readonly<Record<string, string | number>>[] =
    dataset.grain === 'record'
      ? own.flatMap(({ reports }) => reports)
      : own.map((person) => (dataset.id === 'residents' ? person.resident : person.client) ?? {})
  if (dataset.grain === 'record') {
    const subjects = own.flatMap(({ reports }, subject) => reports.map(() => subject))
    columns.push({
      name: 'subject',
      table: 'records',
      type: 'subject-index',
      bytes: encodeSubjectIndex(subjects, own.length),
    })
  }
  for (const { id, codes } of dataset.dimensions) {
    const list = codes.map(({ code }) => code)
    const values = rows.map((row) => list.indexOf(String(row[id] ?? 'unknown')) + 1)
    const table = dataset.grain === 'record' ? 'records' : 'subjects'
    columns.push({ name: id, table, type: codeColumnType(list.length), bytes: encodeCodes(values, list.length) })
  }
  for (const measure of dataset.measures ?? []) {
    const amounts =
      dataset.grain === 'record'
        ? own.flatMap(({ reports }) => reports.map(({ minutes }) => minutes))
        : own.map(({ resident }) => resident?.tenths ?? 0)
    const table = dataset.grain === 'record' ? 'records' : 'subjects'
    const bytes = encodeAmounts(Int32Array.from(amounts), amountBounds(measure))
    columns.push({ name: measure.id, table, type: 'amounts-32', bytes })
  }
  const tested = selfTestPlain(
    dataset,
    agreement,
    maker,
    own.map(({ number }) => number),
  )
  columns.push(...tested.columns)
  return { columns, subjects: own.length, records: rows.length, decoys: tested.decoys }
}

/** Lets a test play a node that seals something else; the header says what it should have been. */
export type ChangeColumn = (name: string, bytes: Uint8Array) => Uint8Array

export function sealDelivery({
  agreement,
  agreementId,
  dataset,
  people,
  extractId,
  version,
  change = (_, bytes) => bytes,
  declares = [],
}: {
  agreement: AgreementDocument
  agreementId: StatementBody<'extract'>['agreement']
  dataset: Dataset
  people: readonly Person[]
  extractId: ExtractId
  version: { readonly version: number; readonly replaces: ExtractId | null }
  change?: ChangeColumn | undefined
  /** Dimensions whose party says that it has no unknown values, true or not. */
  declares?: readonly string[] | undefined
}): Sealed {
  const root = randomBytes(32)
  const { columns, subjects, records, decoys } = plainColumns(agreement, dataset, people)
  const ciphertexts = new Map<string, Uint8Array>()
  const keys = new Map<string, Uint8Array>()
  const headers = columns.map(({ name, table, type, bytes }): ExtractColumn => {
    const key = columnKey(root, extractId, name)
    keys.set(name, key)
    const place = { agreementId, epoch: 1, party: dataset.party, extractId, column: name }
    const sealer = createColumnSealer({ key, aad: columnAad(place) })
    const first = sealer.push(change(name, bytes))
    const sealed = sealer.finish()
    ciphertexts.set(name, concatBytes(...first, ...sealed.pieces))
    const commitment = toHex(keyCommitment(extractId, name, key))
    return {
      name,
      table,
      type,
      slots: 1,
      bytes: sealed.bytes,
      ciphertextSha256: sealed.ciphertextSha256,
      keyCommitment: commitment,
      ...(declares.includes(name) ? { unknownAbsent: true as const } : {}),
    }
  })
  return {
    statement: {
      kind: 'extract',
      extractId,
      agreement: agreementId,
      epoch: 1,
      party: dataset.party,
      dataset: dataset.id,
      period: agreement.datasets[0]?.period ?? '2024-01',
      ...version,
      subjects,
      records,
      ...(decoys === undefined ? {} : { decoys }),
      rowsLeftOut: 0,
      columns: headers,
    },
    ciphertexts,
    keys,
  }
}
