/**
 * A statement that waits for a passkey's signature: its exact bytes, and the envelope once the signature is there. Nothing is
 * kept in between; whether the signature fits is for the log to say, as with any other.
 * @module
 */
import type {
  KeyId,
  LabId,
  PasskeyAssertion,
  StatementBody,
  StatementDraftRequest,
  StatementEnvelope,
} from '@kruispunt/contracts'
import { fromBase64, toBase64, toHex } from '@kruispunt/crypto'
import type { LabRecord } from '@kruispunt/lab-record'
import {
  canonicalBytes,
  type JsonValue,
  nextHeader,
  passkeyChallenge,
  passkeySignature,
  payloadTypeOf,
  preAuthEncoding,
  statementHash,
} from '@kruispunt/statements'
import { BrokerError } from '../errors.ts'
import { requireReady } from './agreement-ready.ts'
import { composeRequest, requestEnds } from './compose-request.ts'

export type Draft = {
  readonly payloadType: string
  readonly payload: string
  readonly statementHash: string
  /** What the passkey is asked to sign, 32 bytes. */
  readonly challenge: Uint8Array
}

function bodyOf(
  record: LabRecord,
  wanted: StatementDraftRequest,
  now: number,
): { body: StatementBody; notAfter: string | null } {
  if (wanted.kind === 'agreement') {
    requireReady(wanted.document)
    return { body: { kind: 'agreement', document: wanted.document }, notAfter: null }
  }
  const agreement = record.state.agreements.get(wanted.agreement)
  if (agreement === undefined) throw new BrokerError('agreement_unknown')
  const dimensions = wanted.dimensions === null ? undefined : new Set<string>(wanted.dimensions)
  return { body: composeRequest(record, agreement, wanted.question, dimensions), notAfter: requestEnds(now) }
}

/** @throws BrokerError for what the log would refuse for its contents; `roster_incomplete` before there is a roster */
export function draftStatement(
  lab: LabId,
  record: LabRecord,
  keyId: KeyId,
  wanted: StatementDraftRequest,
  now: number,
): Draft {
  const { state, tree } = record
  if (state.roster === undefined) throw new BrokerError('roster_incomplete')
  const { body, notAfter } = bodyOf(record, wanted, now)
  const bytes = canonicalBytes({
    v: 1,
    lab,
    from: 'coordinator',
    keyId,
    ...nextHeader(state.heads.get(keyId)),
    issuedAt: new Date(now).toISOString(),
    notAfter,
    roster: state.roster.hash,
    seen: tree.size === 0 ? null : { size: tree.size, root: toHex(tree.root()) },
    ...body,
  } as unknown as JsonValue)
  const payloadType = payloadTypeOf(body.kind)
  return {
    payloadType,
    payload: toBase64(bytes),
    statementHash: statementHash(bytes),
    challenge: passkeyChallenge(preAuthEncoding(payloadType, bytes)),
  }
}

const fromBase64url = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))

/** Type and bytes as they were drafted, and what the authenticator gave back. */
export function envelopeOf(signed: {
  readonly keyId: KeyId
  readonly payloadType: string
  readonly payload: string
  readonly response: PasskeyAssertion
}): StatementEnvelope {
  const { authenticatorData, clientDataJSON, signature } = signed.response.response
  const sig = passkeySignature({
    authenticatorData: fromBase64url(authenticatorData),
    clientDataJSON: fromBase64url(clientDataJSON),
    signature: fromBase64url(signature),
  })
  return {
    payload: toBase64(fromBase64(signed.payload)),
    payloadType: signed.payloadType,
    signatures: [{ keyid: signed.keyId, sig: toBase64(sig) }],
  }
}
