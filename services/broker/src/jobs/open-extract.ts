/**
 * One delivery, opened: keys out of the box, every column checked against what its party signed, in memory only.
 * @module
 */
import {
  amountBounds,
  type ExtractColumn,
  type KeyReleaseStatement,
  keysWithPresence,
  type MatchKeyId,
  presenceColumn,
} from '@kruispunt/contracts'
import { CryptoError, erase, fromHex } from '@kruispunt/crypto'
import {
  codeColumnType,
  decodeAmounts,
  decodeCodes,
  decodeSubjectIndex,
  decodeTokens,
  ExtractError,
  type ExtractErrorCode,
  openCommittedColumn,
  openKeyRelease,
  type ReleasedKey,
} from '@kruispunt/extracts'
import { JobFailure, type JobFailureCode } from './job-failure.ts'
import type { PlannedExtract } from './job-plan.ts'
import { type Decoys, eraseDecoys, noDecoys, readDecoyColumn } from './self-test.ts'
import type { ColumnStore } from './types.ts'

export type OpenedExtract = {
  readonly planned: PlannedExtract
  /** Per match key: 16 bytes × slots a subject. */
  readonly tokens: readonly { readonly keyId: string; readonly slots: number; readonly bytes: Uint8Array }[]
  /** For some keys, per subject 1 if it has a value. */
  readonly present: ReadonlyMap<MatchKeyId, Uint8Array>
  /** Record datasets: the subject of each record. */
  readonly subjects: Uint32Array | undefined
  /** Per dimension, a row each: place in the code list + 1. */
  readonly codes: ReadonlyMap<string, Uint8Array | Uint16Array>
  /** Per measure, a row each, in its smallest unit. */
  readonly amounts: ReadonlyMap<string, Int32Array>
  /** The invented people of the self-test; undefined where none were agreed. */
  readonly decoys: Decoys | undefined
}

const failureOf: Readonly<Partial<Record<ExtractErrorCode, JobFailureCode>>> = {
  release_not_authentic: 'key_release_invalid',
  malformed_release: 'key_release_invalid',
  malformed_key: 'key_release_invalid',
  malformed_context: 'key_release_invalid',
  wrong_commitment: 'key_not_committed',
  column_truncated: 'column_damaged',
  column_has_more: 'column_damaged',
  column_not_authentic: 'column_damaged',
  wrong_ciphertext: 'column_damaged',
  wrong_length: 'column_malformed',
  too_many_codes: 'column_malformed',
  code_out_of_range: 'column_malformed',
  amount_out_of_range: 'column_malformed',
  subject_out_of_range: 'column_malformed',
  wrong_token_count: 'column_malformed',
}

/**
 * @param jobKemSecretKey - not changed; the caller erases it
 * @throws {@link JobFailure} naming the party; what was opened before is erased
 */
export async function openExtract(
  planned: PlannedExtract,
  release: KeyReleaseStatement,
  jobKemSecretKey: Uint8Array,
  columns: ColumnStore,
): Promise<OpenedExtract> {
  const { extract, stored: extractId } = planned
  const opened: Uint8Array[] = []
  let keys: ReleasedKey[] = []
  try {
    keys = openKeyRelease({
      requestHash: release.requestHash,
      jobHash: release.jobHash,
      ciphertext: fromHex(release.ct),
      nonce: fromHex(release.nonce),
      box: fromHex(release.box),
      jobKemSecretKey,
    })
    const keyOf = new Map(keys.map(({ column, key }) => [column, key]))
    if (keyOf.size !== planned.columns.length) throw new ExtractError('malformed_release')
    const tokens: { keyId: string; slots: number; bytes: Uint8Array }[] = []
    const codes = new Map<string, Uint8Array | Uint16Array>()
    let subjects: Uint32Array | undefined
    const present = new Map<MatchKeyId, Uint8Array>()
    const amounts = new Map<string, Int32Array>()
    const decoys: Decoys | undefined = extract.decoys === undefined ? undefined : noDecoys(extract.decoys)
    for (const header of planned.columns) {
      const key = keyOf.get(header.name)
      if (!key) throw new ExtractError('malformed_release')
      const plaintext = await openCommittedColumn({
        place: {
          agreementId: extract.agreement,
          epoch: extract.epoch,
          party: extract.party,
          extractId,
          column: header.name,
        },
        key,
        ciphertext: stored(columns, planned, header.name),
        header,
      })
      opened.push(plaintext)
      const rows = header.table === 'subjects' ? extract.subjects : extract.records
      const presenceKey = keysWithPresence.find((id) => presenceColumn(id) === header.name)
      if (header.table === 'decoys') readDecoyColumn(decoys, header, plaintext, planned.invented)
      else if (header.name.startsWith('token:')) {
        requireType(header, 'tokens')
        const bytes = decodeTokens(plaintext, { rows, slots: header.slots })
        tokens.push({ keyId: header.name.slice('token:'.length), slots: header.slots, bytes })
      } else if (presenceKey !== undefined) {
        requireType(header, 'codes-8')
        const flags = Uint8Array.from(decodeCodes(plaintext, { rows, codes: 2 }), presentOrNot)
        present.set(presenceKey, flags)
        opened.push(flags)
        erase(plaintext)
      } else if (header.name === 'subject') {
        requireType(header, 'subject-index')
        subjects = decodeSubjectIndex(plaintext, { rows, subjects: extract.subjects })
        erase(plaintext)
      } else if (header.type === 'amounts-32') {
        amounts.set(header.name, readAmounts(planned, header, plaintext, rows))
        erase(plaintext)
      } else {
        codes.set(header.name, readCodes(planned, header, plaintext, rows))
        erase(plaintext)
      }
    }
    return { planned, tokens, present, subjects, codes, amounts, decoys }
  } catch (cause) {
    erase(...opened)
    if (cause instanceof ExtractError)
      throw new JobFailure(failureOf[cause.code] ?? 'column_malformed', extract.party, { cause })
    if (cause instanceof CryptoError) throw new JobFailure('key_release_invalid', extract.party, { cause })
    throw cause
  } finally {
    erase(...keys.map(({ key }) => key))
  }
}

/** @throws {@link ExtractError} for a subject of which nothing is said */
function presentOrNot(code: number): number {
  if (code === 0) throw new ExtractError('code_out_of_range')
  return code - 1
}

/** What the store cannot give is a damaged delivery too, and whose it is should be said. */
async function* stored(columns: ColumnStore, { stored: extractId, extract: { party } }: PlannedExtract, name: string) {
  try {
    yield* columns.read(extractId, name)
  } catch (cause) {
    throw new JobFailure('column_damaged', party, { cause })
  }
}

function requireType(header: ExtractColumn, type: ExtractColumn['type']): void {
  if (header.type !== type) throw new ExtractError('wrong_length')
}

/** @throws {@link ExtractError} also for a row without a category: `unknown` is one, so every row has one */
function readCodes(
  { dataset }: PlannedExtract,
  header: ExtractColumn,
  plaintext: Uint8Array,
  rows: number,
): Uint8Array | Uint16Array {
  const dimension = dataset.dimensions.find(({ id }) => id === header.name)
  if (!dimension) throw new ExtractError('wrong_length')
  requireType(header, codeColumnType(dimension.codes.length))
  const values = decodeCodes(plaintext, { rows, codes: dimension.codes.length })
  if (values.includes(0)) throw new ExtractError('code_out_of_range')
  // What the owner declared is built upon: a category that is said to be empty must be.
  if (header.unknownAbsent) {
    const unknown = dimension.codes.findIndex(({ code }) => code === dimension.unknownCode) + 1
    if (values.includes(unknown)) throw new ExtractError('code_out_of_range')
  }
  return values
}

/** @throws {@link ExtractError} for an amount outside what all signed */
function readAmounts(
  { dataset }: PlannedExtract,
  { name }: ExtractColumn,
  plaintext: Uint8Array,
  rows: number,
): Int32Array {
  const measure = dataset.measures?.find(({ id }) => id === name)
  if (!measure) throw new ExtractError('wrong_length')
  return decodeAmounts(plaintext, { rows, ...amountBounds(measure) })
}

/** Overwrites whatever the delivery still holds. */
export function eraseExtract({ tokens, present, subjects, codes, amounts, decoys }: OpenedExtract): void {
  if (decoys) eraseDecoys(decoys)
  for (const values of amounts.values()) values.fill(0)
  for (const flags of present.values()) flags.fill(0)
  erase(...tokens.map(({ bytes }) => bytes))
  subjects?.fill(0)
  for (const values of codes.values()) values.fill(0)
}
