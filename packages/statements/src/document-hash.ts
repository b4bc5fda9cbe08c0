/**
 * Ids of documents that people agree to, and the short code by which they compare them aloud.
 * @module
 */
import { domainHash, fromHex, toHex } from '@kruispunt/crypto'
import { canonicalBytes } from './canonical.ts'
import { StatementError } from './errors.ts'
import type { JsonValue } from './json-value.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const codeLength = 12

/**
 * `H(tag, jcs(document))` in hex. One blank, another Unicode form, another order: another id.
 * @param tag - `agreement`, `roster` or another fixed name
 * @throws {@link StatementError} a code of `canonicalBytes`
 */
export function documentHash(tag: string, document: object): string {
  return toHex(domainHash(tag, canonicalBytes(document as JsonValue)))
}

function codeOf(hashHex: string): string {
  if (!/^[0-9a-f]{64}$/.test(hashHex)) throw new StatementError('hash_malformed')
  let bits = 0n
  // 12 characters of 5 bits: the first 60 bits of the hash.
  for (const byte of fromHex(hashHex).subarray(0, 8)) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let index = 0; index < codeLength; index += 1) {
    code += alphabet.charAt(Number((bits >> BigInt(64 - 5 * (index + 1))) & 31n))
  }
  return code
}

/**
 * The first twelve characters of the hash in base32 (RFC 4648 §6), in groups of four: `ABCD-EFGH-IJKL`.
 * 60 bits: enough against an accident and against a broker that has hours, as both sides fix the document before they compare.
 * @throws {@link StatementError} `hash_malformed`
 */
export function shortCode(hashHex: string): string {
  return codeOf(hashHex).replace(/(.{4})(?=.)/g, '$1-')
}

/** Whether what a person typed is the short code of this hash. Case, blanks and dashes do not matter; all else does. */
export function matchesShortCode(hashHex: string, typed: string): boolean {
  return typed.replace(/[\s\-\u2010-\u2015]/g, '').toUpperCase() === codeOf(hashHex)
}
