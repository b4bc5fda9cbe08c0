/**
 * What can become of a call to the broker: everything that goes wrong ends in one of four codes.
 * @module
 */
import { problem } from '@kruispunt/contracts'
import { NodeError } from '../errors.ts'

const trustFailures = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'CERT_UNTRUSTED',
])

/** Why a call got no answer: a certificate that is not the pinned one, an answer too large to be meant, or no connection. */
export function transportError(cause: unknown): NodeError {
  if (cause instanceof NodeError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (trustFailures.has(code)) return new NodeError('broker_untrusted', { cause })
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new NodeError('broker_answer_invalid', { cause })
  return new NodeError('broker_unreachable', { cause })
}

const lost = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** Whether a call failed because its connection, which there was, ended under it. */
export function isConnectionLost(error: unknown): boolean {
  const cause = error instanceof NodeError && error.code === 'broker_unreachable' ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && lost.has(String(cause.code))
}

/** Codes with which a broker asks to come back later. */
const passing = new Set(['too_many_requests', 'unavailable', 'internal_error'])

/** Turns an answer that is no success into an error. */
export function refusalOf(status: number, body: unknown): NodeError {
  const parsed = problem.safeParse(body)
  if (!parsed.success) return new NodeError(status >= 500 ? 'broker_unreachable' : 'broker_answer_invalid')
  const { code, violations } = parsed.data
  if (passing.has(code)) return new NodeError('broker_unreachable', { brokerCode: code })
  return new NodeError('broker_refused', { brokerCode: code, ...(violations === undefined ? {} : { violations }) })
}
