/**
 * Broker side: opens one column, wholly or not at all.
 * @module
 */
import {
  CryptoError,
  createSha256,
  createStreamOpener,
  equalBytes,
  erase,
  type StreamOpener,
  toHex,
} from '@kruispunt/crypto'
import { chunkOverheadBytes, headerBytes, sealedChunkBytes } from './column-format.ts'
import { type ColumnPlace, columnAad, digestBytes, keyCommitment, requireKey } from './column-keys.ts'
import { ExtractError } from './errors.ts'

/** Ciphertext as it is at hand: whole, or in pieces cut anywhere. */
export type ColumnCiphertext = Uint8Array | AsyncIterable<Uint8Array>

/**
 * Opens a column with a key that is known to be the right one.
 * @param input - `expectedBytes` is the length of the whole ciphertext, from the signed header
 * @returns the plaintext; on any refusal what was opened before is erased
 * @throws {@link ExtractError} `column_truncated`, `column_has_more`, `column_not_authentic`, `malformed_key`
 */
export async function openColumn(input: {
  readonly key: Uint8Array
  readonly aad: Uint8Array
  readonly ciphertext: ColumnCiphertext
  readonly expectedBytes: number
}): Promise<Uint8Array> {
  return (await openAndHash(input)).plaintext
}

/**
 * Opens a column with a key that somebody sent: first the key must be the one the signed header committed to, then
 * every chunk must open in its place, then the whole must be the ciphertext the header names.
 * @throws {@link ExtractError} `wrong_commitment`, `wrong_ciphertext`, `malformed_context`, and those of openColumn
 */
export async function openCommittedColumn(input: {
  readonly place: ColumnPlace
  readonly key: Uint8Array
  readonly ciphertext: ColumnCiphertext
  /** as in the signed `extract` statement: a length, and two times 64 hexadecimal digits */
  readonly header: { readonly bytes: number; readonly ciphertextSha256: string; readonly keyCommitment: string }
}): Promise<Uint8Array> {
  const { place, key, ciphertext, header } = input
  const committed = keyCommitment(place.extractId, place.column, key)
  if (!equalBytes(committed, digestBytes(header.keyCommitment))) throw new ExtractError('wrong_commitment')
  const aad = columnAad(place)
  const { plaintext, ciphertextSha256 } = await openAndHash({ key, aad, ciphertext, expectedBytes: header.bytes })
  if (ciphertextSha256 !== header.ciphertextSha256) {
    erase(plaintext)
    throw new ExtractError('wrong_ciphertext')
  }
  return plaintext
}

async function openAndHash(input: {
  readonly key: Uint8Array
  readonly aad: Uint8Array
  readonly ciphertext: ColumnCiphertext
  readonly expectedBytes: number
}): Promise<{ plaintext: Uint8Array; ciphertextSha256: string }> {
  requireKey(input.key)
  const { expectedBytes } = input
  const plaintext = new Uint8Array(plaintextBytes(expectedBytes))
  const hash = createSha256()
  let stream: StreamOpener | undefined
  let final = false
  let at = 0
  try {
    for await (const piece of cut(input.ciphertext, expectedBytes)) {
      hash.update(piece)
      if (!stream) {
        stream = createStreamOpener(input.key, piece)
        continue
      }
      if (final) throw new ExtractError('column_has_more')
      const opened = stream.pull(piece, input.aad)
      plaintext.set(opened.plaintext, at)
      erase(opened.plaintext)
      at += opened.plaintext.length
      final = opened.final
    }
    if (!final) throw new ExtractError('column_truncated')
    return { plaintext, ciphertextSha256: toHex(hash.digest()) }
  } catch (cause) {
    erase(plaintext)
    if (cause instanceof CryptoError && cause.code === 'open_failed') throw new ExtractError('column_not_authentic')
    throw cause
  }
}

/** @throws {@link ExtractError} `column_truncated` for a length at which no column can end */
function plaintextBytes(expectedBytes: number): number {
  const sealedBytes = expectedBytes - headerBytes
  const lastChunk = sealedBytes % sealedChunkBytes
  const canEndHere = sealedBytes >= chunkOverheadBytes && (lastChunk === 0 || lastChunk >= chunkOverheadBytes)
  if (!Number.isSafeInteger(expectedBytes) || !canEndHere) throw new ExtractError('column_truncated')
  return sealedBytes - chunkOverheadBytes * Math.ceil(sealedBytes / sealedChunkBytes)
}

/** The header, then sealed chunks, from pieces cut anywhere. The piece given is overwritten by the next one. */
async function* cut(ciphertext: ColumnCiphertext, expectedBytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(sealedChunkBytes)
  let size = headerBytes
  let filled = 0
  let left = expectedBytes
  for await (const piece of ciphertext instanceof Uint8Array ? [ciphertext] : ciphertext) {
    if (piece.length > left) throw new ExtractError('column_has_more')
    left -= piece.length
    for (let taken = 0; taken < piece.length; ) {
      const part = piece.subarray(taken, taken + size - filled)
      buffer.set(part, filled)
      filled += part.length
      taken += part.length
      if (filled === size) {
        yield buffer.subarray(0, size)
        filled = 0
        size = sealedChunkBytes
      }
    }
  }
  if (left > 0) throw new ExtractError('column_truncated')
  if (filled > 0) yield buffer.subarray(0, filled)
}
