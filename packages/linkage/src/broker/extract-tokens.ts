/**
 * What the linker takes in: the decrypted token columns of one extract per party, and the checks on their shape.
 *
 * Token columns come from other organisations, so nothing about their shape is believed.
 * @module
 */
import { mostKeys } from './edges.ts'
import { BrokerLinkageError } from './errors.ts'

/** The match key that identifies: it weighs before all others, and two different values of it are two persons. */
export const identityKeyId = 'B1'

/** The match key of addresses: it makes households and never links persons. */
export const householdKeyId = 'H1'

/** Bytes in a token, protocol.md §3.4. */
export const tokenBytes = 16

export type TokenColumn = {
  /** id of the match key in linkage.md §3; tokens are compared within one key only */
  readonly keyId: string
  /** tokens per subject; the node fills unused slots with random bytes, which match nothing */
  readonly slots: number
  /** subjects × slots × 16 bytes, in the order of the subjects */
  readonly tokens: Uint8Array
  /**
   * per subject, 1 = it holds a value, 0 = its slots hold filling only, whatever they match. Without it a value that no
   * other subject holds cannot be told from filling.
   */
  readonly present?: Uint8Array
}

export type ExtractTokens = {
  readonly party: string
  readonly subjects: number
  readonly tokenColumns: readonly TokenColumn[]
  /** the party declares that it holds nearly everybody, each once: a municipality's register of residents */
  readonly register?: boolean
}

/** Subjects numbered through all extracts: those of the first extract first. */
export type Subjects = {
  readonly count: number
  /** per extract, the number of its first subject */
  readonly offsets: readonly number[]
  /** per subject, the number of its extract */
  readonly partyOf: Uint8Array
}

/**
 * Refuses extracts the linker could misread.
 * @throws {@link BrokerLinkageError} with the code of the first fault found
 */
export function checkExtracts(extracts: readonly ExtractTokens[]): void {
  if (extracts.length > 32) throw new BrokerLinkageError('too_many_parties')
  if (new Set(extracts.map(({ party }) => party)).size !== extracts.length) throw new BrokerLinkageError('party_twice')
  if (personKeysOf(extracts).length > mostKeys) throw new BrokerLinkageError('too_many_keys')
  const tokensPerKey = new Map<string, number>()
  let subjects = 0
  for (const extract of extracts) {
    if (!Number.isSafeInteger(extract.subjects) || extract.subjects < 0) {
      throw new BrokerLinkageError('subjects_malformed')
    }
    subjects += extract.subjects
    if (new Set(extract.tokenColumns.map(({ keyId }) => keyId)).size !== extract.tokenColumns.length) {
      throw new BrokerLinkageError('key_twice')
    }
    for (const column of extract.tokenColumns) {
      checkColumn(column, extract.subjects)
      const count = (tokensPerKey.get(column.keyId) ?? 0) + extract.subjects * column.slots
      tokensPerKey.set(column.keyId, count)
    }
  }
  // Positions are kept in signed 32-bit arrays; half of the range leaves room for the hash table.
  if (subjects > 2 ** 30 || Math.max(0, ...tokensPerKey.values()) > 2 ** 28) throw new BrokerLinkageError('too_large')
}

function checkColumn({ keyId, slots, tokens, present }: TokenColumn, subjects: number): void {
  if (!Number.isSafeInteger(slots) || slots < 1 || slots > 1000) throw new BrokerLinkageError('slots_malformed')
  if ((keyId === identityKeyId || keyId === householdKeyId) && slots !== 1) {
    throw new BrokerLinkageError('one_slot_expected')
  }
  if (tokens.length !== subjects * slots * tokenBytes) throw new BrokerLinkageError('tokens_length')
  if (present && (present.length !== subjects || present.some((flag) => flag > 1))) {
    throw new BrokerLinkageError('present_malformed')
  }
}

/** Ids of the keys that link persons, the identifying one first when there is one. */
export function personKeysOf(extracts: readonly ExtractTokens[]): string[] {
  const ids = new Set(extracts.flatMap(({ tokenColumns }) => tokenColumns.map(({ keyId }) => keyId)))
  ids.delete(householdKeyId)
  return ids.delete(identityKeyId) ? [identityKeyId, ...ids] : [...ids]
}

/** @param extracts - checked */
export function numberSubjects(extracts: readonly ExtractTokens[]): Subjects {
  const offsets: number[] = []
  let count = 0
  for (const { subjects } of extracts) {
    offsets.push(count)
    count += subjects
  }
  const partyOf = new Uint8Array(count)
  for (const [party, { subjects }] of extracts.entries()) {
    const first = offsets[party] as number
    partyOf.fill(party, first, first + subjects)
  }
  return { count, offsets, partyOf }
}
