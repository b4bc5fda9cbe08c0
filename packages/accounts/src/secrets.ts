/**
 * Codes and tokens: drawn here, told once, kept as a digest. They are random enough for a plain hash.
 * @module
 */
import { randomHex, sha256, toHex, utf8 } from '@kruispunt/crypto'

/** @param bytes - of randomness */
export function newSecret(bytes: number): { readonly secret: string; readonly digest: string } {
  const secret = randomHex(bytes)
  return { secret, digest: digestOf(secret) }
}

export const digestOf = (secret: string): string => toHex(sha256(utf8(secret)))
