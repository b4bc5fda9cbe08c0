/**
 * Parties with shares, and what an honest round between them gives.
 * @module
 */
import { randomBytes } from '@kruispunt/crypto'
import { addScalars } from '@kruispunt/crypto/group'
import { type BlindedBatch, blindBatch, drawShare, evaluateBatch, type OprfShare, outputBytes } from '../../src/oprf.ts'

export const sharesOf = (parties: number): OprfShare[] => Array.from({ length: parties }, drawShare)

/** The key that nobody holds in reality. */
export const wholeKey = (shares: readonly OprfShare[]): Uint8Array =>
  shares.map(({ share }) => share).reduce((sum, share) => addScalars(sum, share))

export const randomInputs = (records: number): Uint8Array => randomBytes(records * 32)

export type Round = BlindedBatch & { readonly evaluations: readonly Uint8Array[] }

export function honestRound(inputs: Uint8Array, shares: readonly OprfShare[]): Round {
  const batch = blindBatch(inputs)
  return { ...batch, evaluations: shares.map(({ share }) => evaluateBatch(batch.elements, share)) }
}

export const outputAt = (outputs: Uint8Array, record: number): Uint8Array =>
  outputs.subarray(record * outputBytes, (record + 1) * outputBytes)

export const elementsOf = (bytes: Uint8Array): string[] =>
  Array.from({ length: bytes.length / 32 }, (_, i) => Buffer.from(bytes.subarray(i * 32, (i + 1) * 32)).toString('hex'))
