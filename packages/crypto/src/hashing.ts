/**
 * SHA-256 and what is built on it: the domain-separated hash of protocol §3.0, HMAC, HKDF and key ids.
 * @module
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { toHex, u32be, utf8 } from './bytes.ts'
import { CryptoError } from './errors.ts'

const domainPrefix = 'datalab/v1/'
const hkdfMost = 255 * 32

const plain = (buffer: Uint8Array): Uint8Array => Uint8Array.from(buffer)

export type Sha256 = {
  update(bytes: Uint8Array): void
  /** 32 bytes; the hash cannot be used afterwards. */
  digest(): Uint8Array
}

/** SHA-256 over bytes that arrive bit by bit. */
export function createSha256(): Sha256 {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), digest: () => plain(hash.digest()) }
}

/** SHA-256 of the parts one after the other. For anything with a meaning use {@link domainHash}. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return plain(hash.digest())
}

/**
 * H of protocol §3.0: SHA-256("datalab/v1/" ‖ tag ‖ 0x00 ‖ Σ u32be(|p|) ‖ p).
 * @param tag - what is being hashed, for example `agreement`; the same parts under another tag give another hash
 * @returns 32 bytes
 */
export function domainHash(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256').update(utf8(`${domainPrefix}${tag}\0`))
  // One by one: joined in new memory, a key among them would stay behind there.
  for (const part of parts) hash.update(u32be(part.length)).update(part)
  return plain(hash.digest())
}

/** HMAC-SHA-256 over the parts one after the other; 32 bytes. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return plain(mac.digest())
}

/**
 * HKDF-SHA-256 (RFC 5869), extract and expand.
 * @param input - `salt` may be empty; `info` at most 1024 bytes; `length` 1 to 8160 bytes
 * @throws {@link CryptoError} `out_of_range`
 */
export function hkdfSha256(input: {
  readonly ikm: Uint8Array
  readonly salt: Uint8Array
  readonly info: Uint8Array
  readonly length: number
}): Uint8Array {
  const { ikm, salt, info, length } = input
  const lengthIsFine = Number.isInteger(length) && length > 0 && length <= hkdfMost
  if (!lengthIsFine || info.length > 1024) throw new CryptoError('out_of_range')
  return new Uint8Array(hkdfSync('sha256', ikm, salt, info, length))
}

/** The short name of a public key: the first 32 hexadecimal digits of H("key-id", publicKey). */
export function keyIdOf(publicKey: Uint8Array): string {
  return toHex(domainHash('key-id', publicKey)).slice(0, 32)
}
