/**
 * The key, the commitment and the context of one column (protocol §3.6).
 *
 * Ids that are hashes (agreement, request, job) enter a hash as their 32 bytes; ids that are names (extract, party,
 * column) as their UTF-8 text. This is what the known answers of test/vectors/protocol-kat.json ask for.
 * @module
 */
import { concatBytes, domainHash, fromHex, hkdfSha256, lengthPrefixed, u64be, utf8 } from '@kruispunt/crypto'
import { ExtractError } from './errors.ts'

const keyBytes = 32
const columnInfo = utf8('datalab/v1/extract/column\0')

/** Where a column belongs. A column sealed for one place opens in no other. */
export type ColumnPlace = {
  /** 64 hexadecimal digits */
  readonly agreementId: string
  readonly epoch: number
  readonly party: string
  readonly extractId: string
  readonly column: string
}

/**
 * The key of one column, derived from the root key of its extract.
 * @param extractRoot - X_root, 32 random bytes; destroying it destroys every column
 * @returns 32 bytes
 * @throws {@link ExtractError} `malformed_key`
 */
export function columnKey(extractRoot: Uint8Array, extractId: string, column: string): Uint8Array {
  requireKey(extractRoot)
  const info = concatBytes(columnInfo, lengthPrefixed(utf8(extractId), utf8(column)))
  return hkdfSha256({ ikm: extractRoot, salt: new Uint8Array(0), info, length: keyBytes })
}

/**
 * What the signed header says of a column's key, 32 bytes. XChaCha20-Poly1305 does not commit to its key: without
 * this a party could make one ciphertext that says one thing to one reader and another thing to the next.
 * @throws {@link ExtractError} `malformed_key`
 */
export function keyCommitment(extractId: string, column: string, key: Uint8Array): Uint8Array {
  requireKey(key)
  return domainHash('extract/keycommit', utf8(extractId), utf8(column), key)
}

/** The associated data of every chunk of a column, 32 bytes. @throws {@link ExtractError} `malformed_context` */
export function columnAad(place: ColumnPlace): Uint8Array {
  const { agreementId, epoch, party, extractId, column } = place
  const agreement = digestBytes(agreementId)
  return domainHash('extract/aad', agreement, u64be(epoch), utf8(party), utf8(extractId), utf8(column))
}

/** @throws {@link ExtractError} `malformed_context` unless the text is 32 bytes in lower-case hexadecimal */
export function digestBytes(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new ExtractError('malformed_context')
  return fromHex(hex)
}

/** @throws {@link ExtractError} `malformed_key` */
export function requireKey(key: Uint8Array): void {
  if (key.length !== keyBytes) throw new ExtractError('malformed_key')
}
