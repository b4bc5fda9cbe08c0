/**
 * The columns of tokens of one extract, made one at a time, and the counts a steward sees before anything leaves.
 * @module
 * @see protocol.md §3.4, linkage.md §1 and §6
 */
import { householdKey, type MatchKey, type MatchKeyId } from '@kruispunt/contracts'
import { erase } from '@kruispunt/crypto'
import { tokenBytes } from '@kruispunt/pseudonyms'
import { slotsOf } from '../../recipe/slots.ts'
import { NodeLinkageError } from '../errors.ts'
import { sharedWords } from '../identifiers/growing.ts'
import type { Completeness, IdentifierStore } from '../identifiers/identifier-store.ts'
import type { SubjectReport, Subjects } from '../subjects/make-subjects.ts'
import { jointNumberBytes } from './key-values.ts'
import { keyInputs } from './subject-tables.ts'
import type { TokenCounts } from './token-rows.ts'
import { createTokenThreads } from './token-threads.ts'
import { countVoid } from './void-values.ts'

export type TokenColumnsInput = {
  readonly subjects: Subjects
  /** What the subjects were made with, or null when the recipe asks for the citizen number only. */
  readonly identifiers: IdentifierStore | null
  /** Of a recipe without faults. */
  readonly keys: readonly MatchKey[]
  /** Subjects in the order in which they travel, for example `shuffledOrder(subjects.subjects)`. */
  readonly order: Uint32Array
  /** 32 bytes, copied. */
  readonly pseudonymKey: Uint8Array
  /** 64 bytes a subject that stand for its citizen number (protocol §3.5), in the order of the subjects; `null` or left out: the number itself. */
  readonly jointNumbers?: Uint8Array | null
  /** 1 when left out: no thread is started then. */
  readonly threads?: number
}

export type TokenColumn = {
  readonly keyId: MatchKeyId
  readonly slots: number
  /** 16 × slots bytes a subject, in the given order: tokens and random filling, sorted per subject. */
  readonly tokens: Uint8Array
  /** Per subject in the given order 1 with a value, 0 without. */
  readonly present: Uint8Array
}

/** Counts of one key. */
export type KeyReport = {
  readonly keyId: MatchKeyId
  readonly slots: number
  /** Subjects that have a value. */
  readonly withValue: number
  /** Subjects with more values than slots. */
  readonly cut: number
  /** Tokens of all subjects, filling left out. */
  readonly values: number
  /** Different values among them. */
  readonly different: number
  /** Values that more than one subject holds: the broker lets none of them link. */
  readonly void: number
}

/** Counts only, of this extract; small ones are the caller's to hide when others look on. */
export type PreflightReport = SubjectReport & {
  /** Rows with a usable value per kind of information; null when only numbers are read. */
  readonly completeness: Completeness | null
  /** Subjects that have a value of at least so many person keys, of those made so far. */
  readonly subjectsWithKeys: Readonly<Record<'atLeast1' | 'atLeast3' | 'atLeast8', number>>
  readonly keys: readonly KeyReport[]
}

export type TokenColumns = {
  /** What travels, before it is made. */
  readonly keys: readonly { readonly id: MatchKeyId; readonly slots: number }[]
  /**
   * Makes a column. Its bytes are the caller's to erase.
   * @throws {@link NodeLinkageError} `unknown_key`, `erased`
   */
  column(keyId: MatchKeyId): Promise<TokenColumn>
  /** Of the columns made so far. */
  preflight(): PreflightReport
  /** Ends the threads and erases all that was made from the identifiers. The store and the subjects are the caller's to erase. */
  erase(): Promise<void>
}

/**
 * `cryptoReady()` must be done.
 * @throws {@link NodeLinkageError} `threads_malformed`, `joint_numbers_malformed`, `identifiers_missing`, `key_malformed`
 */
export function createTokenColumns(input: TokenColumnsInput): TokenColumns {
  const { subjects, identifiers, order, threads = 1 } = input
  if (!Number.isInteger(threads) || threads < 1 || threads > 16) throw new NodeLinkageError('threads_malformed')
  const { jointNumbers = null } = input
  if (jointNumbers !== null && jointNumbers.length !== subjects.subjects * jointNumberBytes)
    throw new NodeLinkageError('joint_numbers_malformed')
  const inputs = keyInputs(subjects, identifiers, input.keys, jointNumbers)
  const pseudonymKey = input.pseudonymKey.slice()
  const keys = input.keys.map((key, index) => ({ id: key.id, slots: slotsOf(key), source: inputs.sources[index] }))
  const pool = createTokenThreads(threads, inputs.tables, pseudonymKey)
  const reports = new Map<MatchKeyId, KeyReport>()
  const keysOfSubject = new Uint8Array(order.length)
  const places = sharedWords(order.length)
  for (let place = 0; place < order.length; place++) places[order[place] as number] = place
  let isErased = false

  const allocate = <T>(make: (buffer: ArrayBuffer | SharedArrayBuffer) => T, bytes: number): T =>
    make(threads === 1 ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes))

  const note = (keyId: MatchKeyId, slots: number, tokens: Uint8Array, real: Uint32Array, counts: TokenCounts): void => {
    if (!reports.has(keyId) && keyId !== householdKey) {
      for (let row = 0; row < real.length; row++)
        if (real[row] !== 0) keysOfSubject[row] = (keysOfSubject[row] as number) + 1
    }
    reports.set(keyId, { keyId, slots, ...counts, ...countVoid(tokens, real, slots, counts.values) })
  }

  const make = async (keyId: MatchKeyId): Promise<TokenColumn> => {
    const key = keys.find(({ id }) => id === keyId)
    if (isErased) throw new NodeLinkageError('erased')
    if (key?.source === undefined) throw new NodeLinkageError('unknown_key')
    const { slots, source } = key
    const tokens = allocate((buffer) => new Uint8Array(buffer), order.length * slots * tokenBytes)
    const real = allocate((buffer) => new Uint32Array(buffer), order.length * 4)
    const counts = await pool.run({ keyId, source, slots, places, tokens, real })
    note(keyId, slots, tokens, real, counts)
    return { keyId, slots, tokens, present: Uint8Array.from(real, (values) => (values > 0 ? 1 : 0)) }
  }

  // One at a time: two columns at once would hold twice the memory and answer no sooner.
  let last: Promise<unknown> = Promise.resolve()
  return {
    keys: keys.map(({ id, slots }) => ({ id, slots })),
    column: (keyId) => {
      const column = last.then(() => make(keyId))
      last = column.catch(() => {})
      return column
    },
    preflight: () => {
      const atLeast = (least: number) => keysOfSubject.reduce((sum, count) => sum + (count >= least ? 1 : 0), 0)
      return {
        ...subjects.report,
        completeness: identifiers?.completeness ?? null,
        subjectsWithKeys: { atLeast1: atLeast(1), atLeast3: atLeast(3), atLeast8: atLeast(8) },
        keys: keys.flatMap(({ id }) => reports.get(id) ?? []),
      }
    },
    erase: async () => {
      isErased = true
      await last
      await pool.close()
      inputs.erase()
      erase(pseudonymKey)
    },
  }
}
