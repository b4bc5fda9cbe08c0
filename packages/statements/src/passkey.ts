/**
 * A signature made by a passkey: a WebAuthn assertion whose challenge is the hash of what is signed. Whoever holds the
 * roster verifies it alone; the page that asked for it is believed in nothing.
 * @module
 */
import {
  concatBytes,
  domainHash,
  equalBytes,
  fromBase64,
  sha256,
  toBase64,
  utf8,
  verifyP256Signature,
  verifySignature,
} from '@kruispunt/crypto'
import { canonicalBytes, parseCanonical } from './canonical.ts'

/** As the roster has it: the key, and where it may be used. */
export type Passkey = {
  /** P-256: 65 bytes, 0x04, x, y. Ed25519: 32 bytes. */
  readonly publicKey: Uint8Array
  /** The domain the key belongs to: `portaal.voorbeeld.nl`. */
  readonly rpId: string
  /** The one page that may ask: `https://portaal.voorbeeld.nl`. */
  readonly origin: string
}

/** What an authenticator gives back, in bytes. */
export type Assertion = {
  readonly authenticatorData: Uint8Array
  readonly clientDataJSON: Uint8Array
  readonly signature: Uint8Array
}

/** In base64 in an envelope; larger than any authenticator needs. */
const mostBytes = 3000
const ed25519KeyBytes = 32
/** Flags of authenticator data, WebAuthn §6.1. */
const userPresent = 0x01
const userVerified = 0x04
const leastAuthenticatorBytes = 37

/**
 * What the authenticator is asked to sign, in place of the bytes themselves: `H("passkey", PAE(type, body))`, 32 bytes.
 * @param message - pre-authentication encoding of the statement
 */
export const passkeyChallenge = (message: Uint8Array): Uint8Array => domainHash('passkey', message)

/** The bytes that stand as `sig` in an envelope: RFC 8785 of the three parts in base64. */
export function passkeySignature({ authenticatorData, clientDataJSON, signature }: Assertion): Uint8Array {
  return canonicalBytes({
    authenticatorData: toBase64(authenticatorData),
    clientDataJSON: toBase64(clientDataJSON),
    signature: toBase64(signature),
  })
}

/** @returns undefined for what is not exactly the bytes that {@link passkeySignature} writes */
function readAssertion(bytes: Uint8Array): Assertion | undefined {
  const value = parseCanonical(bytes, { maxBytes: mostBytes, maxDepth: 1 })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { authenticatorData, clientDataJSON, signature, ...more } = value as Record<string, unknown>
  if (Object.keys(more).length > 0) return undefined
  if (typeof authenticatorData !== 'string' || typeof clientDataJSON !== 'string' || typeof signature !== 'string')
    return undefined
  return {
    authenticatorData: fromBase64(authenticatorData),
    clientDataJSON: fromBase64(clientDataJSON),
    signature: fromBase64(signature),
  }
}

/** What the browser says it was asked, by which page (WebAuthn §5.8.1). Members to come are allowed; these must be right. */
function isAskedBy(clientDataJSON: Uint8Array, origin: string, challenge: Uint8Array): boolean {
  const said: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clientDataJSON))
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return false
  const { type, challenge: asked, origin: from, crossOrigin = false, topOrigin } = said as Record<string, unknown>
  return (
    type === 'webauthn.get' &&
    asked === Buffer.from(challenge).toString('base64url') &&
    from === origin &&
    crossOrigin === false &&
    topOrigin === undefined
  )
}

/** Somebody was there, and the authenticator made sure who: by a code, a finger, a face. */
function isVerifiedPerson(authenticatorData: Uint8Array, rpId: string): boolean {
  const flags = authenticatorData[32] ?? 0
  return (
    authenticatorData.length >= leastAuthenticatorBytes &&
    equalBytes(authenticatorData.subarray(0, 32), sha256(utf8(rpId))) &&
    (flags & userPresent) !== 0 &&
    (flags & userVerified) !== 0
  )
}

/**
 * Whether this passkey signed exactly these bytes (WebAuthn §7.2). No input makes it throw. Counters are not looked at:
 * keys that are kept in step over devices have none, and a statement counts once by its own number.
 * @param message - pre-authentication encoding of the statement
 * @param signature - as {@link passkeySignature} writes it
 */
export function verifyPasskey(passkey: Passkey, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const assertion = readAssertion(signature)
    if (assertion === undefined) return false
    const { authenticatorData, clientDataJSON } = assertion
    if (!isAskedBy(clientDataJSON, passkey.origin, passkeyChallenge(message))) return false
    if (!isVerifiedPerson(authenticatorData, passkey.rpId)) return false
    const signed = concatBytes(authenticatorData, sha256(clientDataJSON))
    const verify = passkey.publicKey.length === ed25519KeyBytes ? verifySignature : verifyP256Signature
    return verify(passkey.publicKey, signed, assertion.signature)
  } catch {
    return false
  }
}
