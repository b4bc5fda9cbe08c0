/**
 * The envelope around a statement, and its own byte form: the leaf of the log.
 * @module
 */
import { fromBase64 } from '@kruispunt/crypto'
import { canonicalBytes, parseCanonical } from './canonical.ts'
import { StatementError } from './errors.ts'
import type { JsonValue } from './json-value.ts'

/** DSSE, JSON form. `payload` and `sig` in base64, `keyid` the key id of the roster (32 hex characters). */
export type Envelope = {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

/** Twice what a contract lets an agreement be, in base64; a log leaf is never larger. */
const maxEnvelopeBytes = 6_000_000
const envelopeDepth = 3

type JsonObject = { readonly [member: string]: JsonValue }

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasExactly(value: JsonObject, names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))
}

/**
 * Bytes of canonical base64: padded, no blanks, no stray bits; otherwise one envelope would have many leaves.
 * @throws {@link StatementError} `base64_malformed`
 */
export function decodeBase64(text: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch {
    throw new StatementError('base64_malformed')
  }
}

function readSignature(value: JsonValue): { keyid: string; sig: string } {
  if (!isObject(value) || !hasExactly(value, ['keyid', 'sig'])) throw new StatementError('envelope_malformed')
  const { keyid, sig } = value
  if (typeof keyid !== 'string' || typeof sig !== 'string') throw new StatementError('envelope_malformed')
  decodeBase64(sig)
  return { keyid, sig }
}

/** The bytes that go into the log as leaf data: RFC 8785 of the envelope. */
export function envelopeBytes(envelope: Envelope): Uint8Array {
  const { payload, payloadType, signatures } = envelope
  return canonicalBytes({ payload, payloadType, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) })
}

/**
 * The envelope in a log leaf. Says nothing yet about who signed: that is `openEnvelope`.
 * @throws {@link StatementError} any code of `parseCanonical`, `envelope_malformed`, `base64_malformed`
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const value = parseCanonical(bytes, { maxBytes: maxEnvelopeBytes, maxDepth: envelopeDepth })
  if (!isObject(value) || !hasExactly(value, ['payload', 'payloadType', 'signatures'])) {
    throw new StatementError('envelope_malformed')
  }
  const { payload, payloadType, signatures } = value
  if (typeof payload !== 'string' || typeof payloadType !== 'string' || !Array.isArray(signatures)) {
    throw new StatementError('envelope_malformed')
  }
  decodeBase64(payload)
  return { payload, payloadType, signatures: signatures.map(readSignature) }
}
