/**
 * Ed25519 signatures (RFC 8032) through node:crypto, with the checks OpenSSL leaves to its caller.
 * @module
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { concatBytes, fromHex } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { keyIdOf } from './hashing.ts'
import { randomBytes } from './random.ts'

const keyBytes = 32
const signatureBytes = 64
// Fixed DER heads of a bare Ed25519 key, RFC 8410 §4 and §7.
const spkiHead = fromHex('302a300506032b6570032100')
const pkcs8Head = fromHex('302e020100300506032b657004220420')

/**
 * y coordinates of the points whose order divides 8, sign bit cleared. With such a key one signature fits many
 * messages. List: libsodium `ge25519_has_small_order`, here without its non-canonical entries.
 */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(fromHex)

export type SigningKey = {
  readonly keyId: string
  /** 32 bytes */
  readonly publicKey: Uint8Array
  /** @returns 64 bytes */
  sign(message: Uint8Array): Uint8Array
}

/** 32 bytes from which a signing key is made; this is the secret to keep. */
export function generateSigningSeed(): Uint8Array {
  return randomBytes(keyBytes)
}

/**
 * The signing key of a seed. Make it once and keep it: parsing the key costs more than signing.
 * @throws {@link CryptoError} `malformed_key` unless the seed is 32 bytes
 */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  if (seed.length !== keyBytes) throw new CryptoError('malformed_key')
  const der = Buffer.from(concatBytes(pkcs8Head, seed))
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicKey = Uint8Array.from(spki.subarray(-keyBytes))
  return { keyId: keyIdOf(publicKey), publicKey, sign: (message) => Uint8Array.from(sign(null, message, privateKey)) }
}

/**
 * Whether the signature was made over this message with the private half of this key.
 * Wrong lengths, small-order and non-canonical keys and S ≥ L all give false; no input makes it throw.
 */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== keyBytes || signature.length !== signatureBytes || isWeakKey(publicKey)) return false
  try {
    const key = createPublicKey({ key: Buffer.from(concatBytes(spkiHead, publicKey)), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}

/** A P-256 point in the form of SEC 1 §2.3.3, not compressed: 0x04, x, y. */
const p256Bytes = 65

/**
 * Whether the ECDSA signature (P-256, SHA-256, DER) was made over this message with the private half of this key.
 * A point that is not on the curve and a signature that is not DER give false; no input makes it throw.
 * @param publicKey - 65 bytes: 0x04, x, y
 */
export function verifyP256Signature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== p256Bytes || publicKey[0] !== 4) return false
  const coordinate = (from: number) => Buffer.from(publicKey.subarray(from, from + 32)).toString('base64url')
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }
    return verify(
      'sha256',
      message,
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'der' },
      signature,
    )
  } catch {
    return false
  }
}

function isWeakKey(publicKey: Uint8Array): boolean {
  // Not `slice`: that of a Buffer is a view, and what is masked below would be the caller's key.
  const y = Uint8Array.from(publicKey)
  y[31] = (y[31] as number) & 0x7f
  // p = 2^255 - 19: little endian ed ff … ff 7f. Nothing from p on is the one spelling of a coordinate.
  const isCanonical = (y[0] as number) < 0xed || y[31] !== 0x7f || y.subarray(1, 31).some((byte) => byte !== 0xff)
  return !isCanonical || smallOrder.some((point) => point.every((byte, i) => byte === y[i]))
}
