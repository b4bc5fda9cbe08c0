/**
 * What the linker takes in: the decrypted token columns of one extract per party, and the checks on their shape.
 *
 * Token columns come from other organisations, so nothing about their shape is believed.
 * @module
 */
import { BrokerLinkageError } from './errors.ts'

/** The match key that identifies: it weighs before all others, and two different tokens of it are two persons. */
export const identityKeyId = 'B1'

/** Bytes in a token, protocol.md §3.4. */
export const tokenBytes = 16

export type TokenColumn = {
  /** id of the match key in linkage.md §3; tokens are compared within one key only */
  readonly keyId: string
  /** tokens per subject; the node fills unused slots with random bytes, which match nothing */
  readonly slots: number
  /** subjects × slots × 16 bytes, in the order of the subjects */
  readonly tokens: Uint8Array
}

export type ExtractTokens = {
  readonly party: string
  readonly subjects: number
  readonly tokenColumns: readonly TokenColumn[]
}

/**
 * Refuses extracts the linker could misread.
 * @throws {@link BrokerLinkageError} with the code of the first fault found
 */
export function checkExtracts(extracts: readonly ExtractTokens[]): void {
  if (extracts.length > 32) throw new BrokerLinkageError('too_many_parties')
  if (new Set(extracts.map(({ party }) => party)).size !== extracts.length) throw new BrokerLinkageError('party_twice')
  const keyIds = new Set(extracts.flatMap(({ tokenColumns }) => tokenColumns.map(({ keyId }) => keyId)))
  if (keyIds.size > 255) throw new BrokerLinkageError('too_many_keys')
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

function checkColumn({ keyId, slots, tokens }: TokenColumn, subjects: number): void {
  if (!Number.isSafeInteger(slots) || slots < 1 || slots > 1000) throw new BrokerLinkageError('slots_malformed')
  if (keyId === identityKeyId && slots !== 1) throw new BrokerLinkageError('identity_slots')
  if (tokens.length !== subjects * slots * tokenBytes) throw new BrokerLinkageError('tokens_length')
}
