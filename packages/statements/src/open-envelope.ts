/**
 * Opening an envelope: signatures first, over the bytes as they came, and only then a look inside.
 * @module
 */
import { domainHash, keyIdOf, toHex, verifySignature } from '@kruispunt/crypto'
import { parseCanonical } from './canonical.ts'
import { decodeBase64, type Envelope } from './envelope.ts'
import { StatementError } from './errors.ts'
import type { JsonValue } from './json-value.ts'
import { type Passkey, verifyPasskey } from './passkey.ts'
import { isPayloadType, payloadTypeOf, preAuthEncoding } from './pre-auth-encoding.ts'

/** A public key: Ed25519, 32 bytes, which signs the bytes; or a passkey, which signs for them by an assertion. */
export type VerificationKey = Uint8Array | Passkey

/** The key behind a key id, out of the pinned roster; never out of what a broker says about itself. */
export type ResolveKey = (keyId: string) => VerificationKey | undefined

export type OpenedEnvelope = {
  readonly payloadBytes: Uint8Array
  readonly payload: { readonly [member: string]: JsonValue }
  readonly kind: string
  /** Key ids whose signatures were verified, in the order of the envelope. */
  readonly signers: readonly string[]
}

export type OpenOptions = {
  /** Refuse a statement of any other lab. Left out only where the lab is not known yet. */
  readonly lab?: string
  /** Largest payload, in bytes. */
  readonly maxBytes?: number
}

/** A schema of the contracts; a zod schema fits. */
export type StatementSchema<T> = { parse(value: unknown): T }

const defaultMaxBytes = 4_000_000
const maxDepth = 32

function verifyAll(envelope: Envelope, body: Uint8Array, resolveKey: ResolveKey): string[] {
  if (envelope.signatures.length === 0) throw new StatementError('signer_missing')
  const message = preAuthEncoding(envelope.payloadType, body)
  const signers = new Set<string>()
  for (const { keyid, sig } of envelope.signatures) {
    if (signers.has(keyid)) throw new StatementError('signer_duplicate')
    const key = resolveKey(keyid)
    if (key === undefined) throw new StatementError('signer_unknown')
    // A roster that files a key under another key's id must not make one officer look like two.
    const publicKey = key instanceof Uint8Array ? key : key.publicKey
    if (keyIdOf(publicKey) !== keyid) throw new StatementError('signer_unknown')
    const signature = decodeBase64(sig)
    const fits =
      key instanceof Uint8Array ? verifySignature(key, message, signature) : verifyPasskey(key, message, signature)
    if (!fits) throw new StatementError('signature_invalid')
    signers.add(keyid)
  }
  return [...signers]
}

/**
 * Opens an envelope if every signature on it verifies, and there is at least one.
 * @returns the payload, not yet held against the schema of its kind: see {@link readStatement}
 * @throws {@link StatementError} `base64_malformed`, `too_large`, `signer_missing`, `signer_duplicate`, `signer_unknown`,
 *   `signature_invalid`, any code of `parseCanonical`, `kind_malformed`, `payload_type_mismatch`, `signer_mismatch`, `lab_mismatch`
 */
export function openEnvelope(envelope: Envelope, resolveKey: ResolveKey, options: OpenOptions = {}): OpenedEnvelope {
  const maxBytes = options.maxBytes ?? defaultMaxBytes
  // Before decoding: four characters of base64 hold three bytes.
  if (envelope.payload.length > Math.ceil(maxBytes / 3) * 4) throw new StatementError('too_large')
  if (!isPayloadType(envelope.payloadType)) throw new StatementError('payload_type_mismatch')
  const payloadBytes = decodeBase64(envelope.payload)
  const signers = verifyAll(envelope, payloadBytes, resolveKey)

  const value = parseCanonical(payloadBytes, { maxBytes, maxDepth })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new StatementError('kind_malformed')
  const payload = value as OpenedEnvelope['payload']
  const { kind, keyId, lab } = payload
  if (typeof kind !== 'string') throw new StatementError('kind_malformed')
  if (payloadTypeOf(kind) !== envelope.payloadType) throw new StatementError('payload_type_mismatch')
  if (typeof keyId !== 'string' || !signers.includes(keyId)) throw new StatementError('signer_mismatch')
  if (options.lab !== undefined && lab !== options.lab) throw new StatementError('lab_mismatch')
  return { payloadBytes, payload, kind, signers }
}

/**
 * The payload as its kind's schema sees it. The schema should be strict: an extra member is signed, so it means something.
 * @throws {@link StatementError} `schema_mismatch`, without the schema's own account, which quotes values
 */
export function readStatement<T>(opened: OpenedEnvelope, schema: StatementSchema<T>): T {
  try {
    return schema.parse(opened.payload)
  } catch {
    throw new StatementError('schema_mismatch')
  }
}

/** Hex SHA-256 by which other statements and the signer's own chain refer to this one: `H("statement", payloadBytes)`. */
export function statementHash(payloadBytes: Uint8Array): string {
  return toHex(domainHash('statement', payloadBytes))
}
