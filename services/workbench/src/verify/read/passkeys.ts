/**
 * A signature by a passkey: a WebAuthn assertion over the hash of what is signed (contracts/docs/protocol.md §1). Read by hand; P-256 keys go
 * through JWK, their signatures are taken as r and s.
 * @module
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Json, NotCanonical, readCanonical } from './canonical.ts'
import { sha256, tagged } from './hashes.ts'
import { textOf } from './log-copy.ts'
import { isSignedBy } from './signatures.ts'

/** A key that may sign: Ed25519 in hex; a passkey also has the page it belongs to. */
export type SigningKey = {
  readonly publicKey: string
  readonly page?: { readonly rpId: string; readonly origin: string }
}

const present = 0x01
const verified = 0x04

function membersOf(bytes: Uint8Array): Record<string, Json> | undefined {
  try {
    const value = readCanonical(textOf(bytes) ?? '')
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && Object.keys(value).join() === 'authenticatorData,clientDataJSON,signature' ? value : undefined
  } catch (error) {
    if (error instanceof NotCanonical) return undefined
    throw error
  }
}

function bytesOf(value: Json | undefined): Buffer | undefined {
  if (typeof value !== 'string') return undefined
  const bytes = Buffer.from(value, 'base64')
  return bytes.toString('base64') === value ? bytes : undefined
}

/** What the browser was asked, by which page. */
function isAskedHere(clientData: Buffer, origin: string, challenge: string): boolean {
  let said: unknown
  try {
    said = JSON.parse(textOf(clientData) ?? '')
  } catch {
    return false
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return false
  const { type, challenge: asked, origin: from, crossOrigin, topOrigin } = said as Record<string, unknown>
  const isOwnPage = from === origin && (crossOrigin === undefined || crossOrigin === false) && topOrigin === undefined
  return type === 'webauthn.get' && asked === challenge && isOwnPage
}

/** @returns undefined for a point that is not on the curve */
function p256Key(publicKey: Buffer): KeyObject | undefined {
  if (publicKey.length !== 65 || publicKey[0] !== 4) return undefined
  const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)].map((half) => half.toString('base64url'))
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string }, format: 'jwk' })
  } catch {
    return undefined
  }
}

const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** DER of r and s (RFC 3279 §2.2.3) to 64 bytes; undefined for any other way to write them. */
function plainSignature(der: Buffer): Buffer | undefined {
  let at = 2
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const numbers: string[] = []
  for (let part = 0; part < 2; part += 1) {
    const length = der[at + 1] ?? 0
    const bytes = der.subarray(at + 2, at + 2 + length)
    if (der[at] !== 0x02 || length === 0 || bytes.length !== length) return undefined
    const [first = 0, second = 0] = bytes
    if (first >= 0x80 || (first === 0 && length > 1 && second < 0x80)) return undefined
    const value = BigInt(`0x${bytes.toString('hex')}`)
    if (value === 0n || value >= p256Order) return undefined
    numbers.push(value.toString(16).padStart(64, '0'))
    at += 2 + length
  }
  return at === der.length ? Buffer.from(numbers.join(''), 'hex') : undefined
}

function isP256Signature(publicKey: Buffer, message: Buffer, der: Buffer): boolean {
  const key = p256Key(publicKey)
  const signature = plainSignature(der)
  if (key === undefined || signature === undefined) return false
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

function isAsserted({ publicKey }: SigningKey, page: NonNullable<SigningKey['page']>, message: Buffer, bytes: Buffer) {
  const assertion = bytes.length <= 3000 ? membersOf(bytes) : undefined
  const authenticator = bytesOf(assertion?.authenticatorData)
  const clientData = bytesOf(assertion?.clientDataJSON)
  const signature = bytesOf(assertion?.signature)
  if (authenticator === undefined || clientData === undefined || signature === undefined) return false
  const challenge = Buffer.from(tagged('passkey', message), 'hex').toString('base64url')
  if (!isAskedHere(clientData, page.origin, challenge)) return false
  const flags = authenticator[32] ?? 0
  const isPerson = (flags & present) !== 0 && (flags & verified) !== 0
  const isOfPage = authenticator.subarray(0, 32).equals(sha256(page.rpId))
  if (authenticator.length < 37 || !isPerson || !isOfPage) return false
  const signed = Buffer.concat([authenticator, sha256(clientData)])
  return publicKey.length === 64
    ? isSignedBy(publicKey, signed, signature)
    : isP256Signature(Buffer.from(publicKey, 'hex'), signed, signature)
}

/** Whether this key, of whichever kind, signed these bytes. */
export const signedWith = (key: SigningKey, message: Buffer, signature: Buffer): boolean =>
  key.page === undefined ? isSignedBy(key.publicKey, message, signature) : isAsserted(key, key.page, message, signature)
