/**
 * Node side: seals one column while it is being written, a chunk in memory at a time.
 * @module
 */
import { createSha256, createStreamSealer, erase, toHex } from '@kruispunt/crypto'
import { chunkBytes } from './column-format.ts'
import { requireKey } from './column-keys.ts'
import { ExtractError } from './errors.ts'

export type ColumnSealer = {
  /** Takes plaintext of any length. @returns the ciphertext that is ready, in order; the header comes first */
  push(bytes: Uint8Array): Uint8Array[]
  /** Ends the column. @returns the last ciphertext, and what the signed header says of the whole */
  finish(): SealedColumn
}
export type SealedColumn = {
  readonly pieces: Uint8Array[]
  /** length of the whole ciphertext */
  readonly bytes: number
  /** SHA-256 of the whole ciphertext, 64 hexadecimal digits */
  readonly ciphertextSha256: string
}

/**
 * Starts a column.
 * @param input - `key` from columnKey, `aad` from columnAad
 * @throws {@link ExtractError} `malformed_key`; later `already_finished` when used after `finish`
 */
export function createColumnSealer(input: { readonly key: Uint8Array; readonly aad: Uint8Array }): ColumnSealer {
  requireKey(input.key)
  const { aad } = input
  const stream = createStreamSealer(input.key)
  const hash = createSha256()
  const waiting = new Uint8Array(chunkBytes)
  let filled = 0
  let bytes = 0
  let started = false
  let finished = false

  const written = (piece: Uint8Array): Uint8Array => {
    hash.update(piece)
    bytes += piece.length
    return piece
  }
  const open = (): Uint8Array[] => {
    if (finished) throw new ExtractError('already_finished')
    if (started) return []
    started = true
    return [written(stream.header)]
  }
  return {
    push: (plaintext) => {
      const pieces = open()
      let taken = 0
      while (taken < plaintext.length) {
        // A full chunk waits until more comes: only then is it certain that it is not the last.
        if (filled === chunkBytes) {
          pieces.push(written(stream.push(waiting, aad, false)))
          filled = 0
        }
        const part = plaintext.subarray(taken, taken + chunkBytes - filled)
        waiting.set(part, filled)
        filled += part.length
        taken += part.length
      }
      return pieces
    },
    finish: () => {
      const pieces = open()
      finished = true
      pieces.push(written(stream.push(waiting.subarray(0, filled), aad, true)))
      erase(waiting)
      return { pieces, bytes, ciphertextSha256: toHex(hash.digest()) }
    },
  }
}
