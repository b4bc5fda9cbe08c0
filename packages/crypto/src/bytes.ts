/**
 * Bytes and their written forms. Decoders are strict: one value has one spelling, or equality of texts means nothing.
 * @module
 */
import { timingSafeEqual } from 'node:crypto'
import { CryptoError } from './errors.ts'

const encoder = new TextEncoder()

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex')
}

/** @throws {@link CryptoError} `malformed_hex` for odd lengths, upper case and anything that is not a digit */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) throw new CryptoError('malformed_hex')
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

/** Standard alphabet with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('base64')
}

/** @throws {@link CryptoError} `malformed_base64` unless encoding the result gives exactly the same text */
export function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw new CryptoError('malformed_base64')
  return Uint8Array.from(bytes)
}

/** @throws {@link CryptoError} `malformed_text` for a lone surrogate: two texts would become the same bytes */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new CryptoError('malformed_text')
  return encoder.encode(text)
}

/** Four bytes, big endian. @throws {@link CryptoError} `out_of_range` */
export function u32be(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new CryptoError('out_of_range')
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** Eight bytes, big endian. @throws {@link CryptoError} `out_of_range`, also for numbers above 2^53 - 1 that are no bigint */
export function u64be(value: number | bigint): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new CryptoError('out_of_range')
  const whole = BigInt(value)
  if (whole < 0n || whole > 0xffffffffffffffffn) throw new CryptoError('out_of_range')
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, whole)
  return bytes
}

/** The parts one after the other, in new memory. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Σ u32be(|p|) ‖ p of protocol §3.0: no two lists of parts give the same bytes. */
export function lengthPrefixed(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...parts.flatMap((part) => [u32be(part.length), part]))
}

/** Compares contents in constant time; only a difference in length shows in the time taken. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Overwrites the bytes with zeros. It cannot reach copies that the runtime made by itself. */
export function erase(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0)
}
