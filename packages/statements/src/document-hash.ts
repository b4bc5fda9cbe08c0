/**
 * Ids of documents that people agree to, and the short code by which they compare them aloud.
 * @module
 */
import { domainHash, toHex } from '@kruispunt/crypto'
import { canonicalBytes } from './canonical.ts'
import { StatementError } from './errors.ts'
import type { JsonValue } from './json-value.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const codeLength = 12
const rosterCodeLength = 24

/**
 * `H(tag, jcs(document))` in hex. One blank, another Unicode form, another order: another id.
 * @param tag - `agreement`, `roster` or another fixed name
 * @throws {@link StatementError} a code of `canonicalBytes`
 */
export function documentHash(tag: string, document: object): string {
  return toHex(domainHash(tag, canonicalBytes(document as JsonValue)))
}

/** @param length - characters of 5 bits each, from the front of the hash */
function codeOf(hashHex: string, length: number): string {
  if (!/^[0-9a-f]{64}$/.test(hashHex)) throw new StatementError('hash_malformed')
  const bits = BigInt(`0x${hashHex}`)
  let code = ''
  for (let index = 0; index < length; index += 1) {
    code += alphabet.charAt(Number((bits >> BigInt(256 - 5 * (index + 1))) & 31n))
  }
  return code
}

const inGroups = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-')
const asTyped = (text: string) => text.replace(/[\s\-\u2010-\u2015]/g, '').toUpperCase()

/**
 * The first twelve characters of the hash in base32 (RFC 4648 §6), in groups of four: `ABCD-EFGH-IJKL`.
 * 60 bits: tells texts apart. What is signed afterwards is the whole hash, so a second text with this code gains nothing.
 * @throws {@link StatementError} `hash_malformed`
 */
export function shortCode(hashHex: string): string {
  return inGroups(codeOf(hashHex, codeLength))
}

/** Whether what a person typed is the short code of this hash. Case, blanks and dashes do not matter; all else does. */
export function matchesShortCode(hashHex: string, typed: string): boolean {
  return asTyped(typed) === codeOf(hashHex, codeLength)
}

/**
 * The code by which officers compare a roster: twenty-four characters, 120 bits. Here the code itself is what is trusted, and
 * the broker writes the roster: with 60 bits it could make two that differ and share a code in about 2^30 tries.
 * @throws {@link StatementError} `hash_malformed`
 */
export function rosterCode(hashHex: string): string {
  return inGroups(codeOf(hashHex, rosterCodeLength))
}

/** As {@link matchesShortCode}, for {@link rosterCode}. */
export function matchesRosterCode(hashHex: string, typed: string): boolean {
  return asTyped(typed) === codeOf(hashHex, rosterCodeLength)
}
