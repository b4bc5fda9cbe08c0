/**
 * Request, approval, job, key release, result, closing (protocol §3.7), and revocation (§3.11).
 * @module
 */
import { z } from 'zod'
import { agreementId, count, digest, epoch, extractId, localName, partyId, requestId } from './ids.ts'
import { columnName, statement } from './statements.ts'

const hexBytes = (max: number) =>
  z
    .string()
    .regex(/^(?:[0-9a-f]{2})+$/)
    .max(max * 2)

/**
 * Columns of one extract that the job may open. Where the agreement wants extracts made for one request, the id is a new one that the
 * extract will have, and the version 1.
 */
const extractColumns = z.strictObject({
  extractId,
  party: partyId,
  dataset: localName,
  version: z.int().min(1),
  columns: z.array(columnName).min(1).max(400),
})

export const requestStatement = statement('request', {
  requestId,
  agreement: agreementId,
  epoch,
  question: z.string().min(1).max(600),
  extracts: z.array(extractColumns).min(1).max(60),
})
export type RequestStatement = z.infer<typeof requestStatement>

export const requestApproval = statement('request-approval', {
  requestHash: digest,
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().max(600).nullable(),
})

export const jobStatement = statement('job', { requestHash: digest, jobKemPublicKey: hexBytes(1216) })
export type JobStatement = z.infer<typeof jobStatement>

export const keyRelease = statement('key-release', {
  requestHash: digest,
  jobHash: digest,
  extractId,
  columns: z.array(columnName).min(1).max(400),
  ct: hexBytes(1120),
  nonce: hexBytes(24),
  box: hexBytes(65_536),
})
export type KeyReleaseStatement = z.infer<typeof keyRelease>

/** A node says no, and why, so that the coordinator is not left waiting. */
/** Why a node keeps its keys. A statement may carry another one, of a node of another version. */
export const refusalCode = z.enum([
  'roster_expired',
  'roster_not_accepted',
  'clock_differs',
  'agreement_not_active',
  'agreement_expired',
  'request_not_in_role',
  'request_expired',
  'request_column_not_agreed',
  'request_other_epoch',
  'request_rejected',
  'approvals_missing',
  'own_approval_missing',
  'request_used',
  'job_key_used',
  'request_budget_spent',
  'job_not_by_broker',
  'job_other_request',
  'job_expired',
  'job_too_long',
  'not_in_checkpoint',
  'checkpoint_missing',
  'checkpoint_stale',
  'checkpoint_conflict',
  'log_incomplete',
  'revoked',
  'conflicting_statement',
  'extract_not_ours',
  'extract_other_request',
  'steward_declined',
  'extract_changed',
  'extract_key_gone',
])
export type RefusalCode = z.infer<typeof refusalCode>

export const releaseRefusal = statement('release-refusal', {
  requestHash: digest,
  code: z.string().regex(/^[a-z_]{3,60}$/),
})

export const resultStatement = statement('result', {
  requestHash: digest,
  tableHash: digest.describe('hash of the question'),
  resultSha256: digest.describe('hash of the answer that was given'),
  released: count,
  withheld: count,
})
export const jobClosed = statement('job-closed', {
  requestHash: digest,
  reason: z.enum(['closed-by-coordinator', 'expired', 'broker-stopped', 'refused', 'failed']),
})

export const revocation = statement('revocation', {
  scope: z.enum(['agreement', 'extract', 'request']),
  id: z.string().regex(/^[0-9a-f]{32,64}$/),
  reason: z.string().min(1).max(600),
})
/** Why a key had to go; left out by nodes of before. */
export const destructionCause = z.enum([
  'withdrawn',
  'replaced',
  'retention',
  'agreement-ended',
  'epoch-ended',
  'request-ended',
])
export type DestructionCause = z.infer<typeof destructionCause>

/**
 * A node says that the root keys of these extracts of its own are gone: deleted, the survivors under a fresh key, the old one
 * destroyed. It proves that the node said so and when, not that no copy was ever made (docs/protocol.md §10).
 */
export const keyDestroyed = statement('key-destroyed', {
  extractIds: z.array(extractId).min(1).max(1000),
  cause: destructionCause.optional(),
})
