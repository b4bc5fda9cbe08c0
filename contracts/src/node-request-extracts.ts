/**
 * What a node tells its steward about extracts that are made for one request.
 * @module
 */
import { z } from 'zod'
import { agreementId, digest, extractId, instant, localName, requestId } from './ids.ts'

export const requestExtractState = z
  .enum(['waits-for-approval', 'no-delivery', 'to-confirm', 'being-made', 'sent', 'declined', 'over'])
  .describe('to-confirm: the turn of the steward; no-delivery: no file was prepared that it can be made of')

export const requestExtract = z.strictObject({
  requestHash: digest,
  requestId,
  agreement: agreementId,
  question: z.string().describe('what the coordinator asks it for'),
  dataset: localName,
  columns: z.array(z.string()).describe('all that would leave'),
  extractId: extractId.describe('that it will have'),
  needsConfirmation: z.boolean(),
  state: requestExtractState,
  source: extractId.nullable().describe('the delivery here that it is made of'),
  inTheWay: z.string().nullable().describe('code of what keeps it from being made, as things stand'),
  until: instant.describe('when the request ends by itself'),
})
export type RequestExtract = z.infer<typeof requestExtract>

/** Newest first. */
export const requestExtracts = z.strictObject({ asked: z.array(requestExtract) })

/** The steward names what was shown; another delivery is not confirmed unseen. */
export const requestConfirmation = z.strictObject({ dataset: localName, source: extractId })
export const requestDecline = z.strictObject({ dataset: localName })
