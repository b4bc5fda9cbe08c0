/**
 * Messages of the salt ceremony (protocol §3.3): commit, reveal, confirm; complaint and abort.
 * @module
 */
import { z } from 'zod'
import { agreementId, digest, epoch, partyId } from './ids.ts'
import { statement } from './statements.ts'

const hexBytes = (max: number) =>
  z
    .string()
    .regex(/^(?:[0-9a-f]{2})*$/)
    .max(max * 2)
const suite = z.literal('xwing-xchacha20poly1305')

export const saltCommit = statement('salt-commit', {
  agreement: agreementId,
  epoch,
  party: partyId,
  suite,
  kemPublicKey: hexBytes(1216),
  commit: digest,
})
export const saltReveal = statement('salt-reveal', {
  agreement: agreementId,
  epoch,
  transcript: digest,
  to: partyId,
  ct: hexBytes(1120),
  nonce: hexBytes(24),
  box: hexBytes(96),
  shareCommitment: hexBytes(32),
})
export const saltComplaint = statement('salt-complaint', {
  agreement: agreementId,
  epoch,
  transcript: digest,
  party: partyId,
  accused: partyId,
  kemSecretKey: hexBytes(64),
})
export const saltConfirm = statement('salt-confirm', {
  agreement: agreementId,
  epoch,
  transcript: digest,
  party: partyId,
  tag: digest,
})
/**
 * An officer asks for the next epoch of an agreement whose ceremony is complete: a new secret, and everybody delivers again.
 * `scheduled` leaves the deliveries of the old epoch in use until the new secret is there; the others close them at once.
 */
export const epochRotation = statement('epoch-rotation', {
  agreement: agreementId,
  epoch,
  reason: z.enum(['scheduled', 'compromise']),
})
/** A party gives a ceremony up: somebody never answered, or the messages do not fit. The epoch is burnt; the next one may start. */
export const saltAbort = statement('salt-abort', {
  agreement: agreementId,
  epoch,
  party: partyId,
  reason: z.enum(['waited-too-long', 'messages-do-not-fit', 'own-state-lost']),
  waitingFor: z.array(partyId).max(60),
})
