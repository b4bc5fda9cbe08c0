/**
 * How a coordinator signs at the portal: the broker writes the statement out, a passkey signs its bytes, and they come back
 * together. The broker keeps nothing in between, and the log takes the statement only with a signature that fits.
 * @module
 */
import { z } from 'zod'
import { passkeyAssertion, passkeyOptions, passkeyRegistration } from './accounts.ts'
import { agreementDocument } from './agreements.ts'
import { agreementId, digest, keyId, localName } from './ids.ts'
import { rosterCoordinator } from './roster.ts'

/** A coordinator's key as the operator's next roster will have it; `inRoster`: partners have accepted it. */
export const coordinatorKey = z.strictObject({ key: rosterCoordinator, isOwn: z.boolean(), inRoster: z.boolean() })
export const coordinatorKeys = z.strictObject({ keys: z.array(coordinatorKey) })
export const coordinatorKeyRegistration = z.strictObject({ response: passkeyRegistration })
export const coordinatorKeyOptions = z.strictObject({ options: passkeyOptions })

export const statementDraftRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('request'),
    agreement: agreementId,
    question: z.string().min(1).max(600),
    dimensions: z.array(localName).max(400).nullable().describe('variables to open; null: all'),
  }),
  z.strictObject({ kind: z.literal('agreement'), document: agreementDocument }),
])
export type StatementDraftRequest = z.infer<typeof statementDraftRequest>

const payload = z
  .string()
  .max(4_000_000)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)

export const statementDraft = z.strictObject({
  keyId,
  payloadType: z.string(),
  payload: payload.describe('base64 of exactly the bytes that are signed: canonical JSON, to be read and shown'),
  statementHash: digest,
  options: passkeyOptions.describe('for navigator.credentials.get(); its challenge stands for type and bytes'),
})
/** `keyId`, `payloadType` and `payload` as the draft had them. */
export const signedDraft = z.strictObject({
  keyId,
  payloadType: z.string().max(120),
  payload,
  response: passkeyAssertion,
})
