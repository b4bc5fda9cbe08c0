/**
 * Batches of the joint pseudonyms (protocol §3.5): blinded elements that one party sends to another, what the other makes of
 * them, why it makes nothing of them, and that its answer was wrong. The elements travel beside, named by their digest.
 * @module
 */
import { z } from 'zod'
import { agreementId, digest, epoch, partyId } from './ids.ts'
import { statement } from './statements.ts'

/** Bytes of one element as it travels. */
export const elementBytes = 32
/** Elements of one batch at most, canaries included: 2 MiB. More people travel in more batches. */
export const mostElements = 65_536

const elements = z.int().min(1).max(mostElements)

/** `to`: the party whose share is asked for. `count`: elements, records and canaries together. `sha256`: of the elements. */
export const oprfBatch = statement('oprf-batch', {
  agreement: agreementId,
  epoch,
  to: partyId,
  count: elements,
  sha256: digest,
})

/** `batch`: hash of the `oprf-batch` it answers. `to`: whose batch that is. */
export const oprfEvaluation = statement('oprf-evaluation', {
  agreement: agreementId,
  epoch,
  to: partyId,
  batch: digest,
  count: elements,
  sha256: digest,
})

/** Why a party does not evaluate a batch: the budget of the epoch is spent, its elements are none, or the own share is gone. */
export const oprfRefusalCode = z.enum(['budget_spent', 'elements_invalid', 'share_missing'])
export type OprfRefusalCode = z.infer<typeof oprfRefusalCode>
export const oprfRefusal = statement('oprf-refusal', {
  agreement: agreementId,
  epoch,
  to: partyId,
  batch: digest,
  code: oprfRefusalCode,
})

/** The requester found another share, or no elements, in an evaluation. The batch is thrown away. */
export const oprfAlarm = statement('oprf-alarm', {
  agreement: agreementId,
  epoch,
  batch: digest,
  accused: partyId,
  code: z.enum(['canary_differs', 'elements_invalid']),
})
