/**
 * Hashes as the protocol writes them down (contracts/docs/protocol.md §1), once more and apart from the services: a mistake in one of
 * the two shows as a disagreement.
 * @module
 */
import { createHash } from 'node:crypto'

type Part = Uint8Array | string

/** SHA-256 over the parts one after the other; texts in UTF-8. */
export function sha256(...parts: readonly Part[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** `H(tag, p1..pn)`, in hex. */
export function tagged(tag: string, ...parts: readonly Part[]): string {
  const all: Part[] = [`datalab/v1/${tag}`, Uint8Array.of(0)]
  for (const part of parts) {
    const bytes = Buffer.from(part as Uint8Array)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    all.push(length, bytes)
  }
  return sha256(...all).toString('hex')
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The first `characters` of a hash in base32 (RFC 4648 §6), as people read them aloud: `ABCD-EFGH-…`. */
export function spokenCode(hashHex: string, characters: number): string {
  let bits = ''
  for (const digit of hashHex) bits += Number.parseInt(digit, 16).toString(2).padStart(4, '0')
  let code = ''
  for (let at = 0; at < characters; at += 1) {
    if (at > 0 && at % 4 === 0) code += '-'
    code += base32.charAt(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2))
  }
  return code
}

/** Key id of a public key in hex: the first 32 digits of its hash. */
export const keyIdOf = (publicKeyHex: string): string => tagged('key-id', Buffer.from(publicKeyHex, 'hex')).slice(0, 32)
