/**
 * Seals one column into its file. The file is whole and on the disk before its name exists.
 * @module
 */
import { open, rename } from 'node:fs/promises'
import { erase } from '@kruispunt/crypto'
import { createColumnSealer } from '@kruispunt/extracts'

const pieceBytes = 1024 * 1024

export type SealedFile = { readonly bytes: number; readonly ciphertextSha256: string }

/** @param plaintext - erased afterwards, also when sealing or writing fails */
export async function sealColumnToFile(
  path: string,
  plaintext: Uint8Array,
  key: Uint8Array,
  aad: Uint8Array,
): Promise<SealedFile> {
  const unfinished = `${path}.part`
  try {
    const sealer = createColumnSealer({ key, aad })
    await using handle = await open(unfinished, 'w', 0o600)
    for (let at = 0; at < plaintext.length; at += pieceBytes) {
      const pieces = sealer.push(plaintext.subarray(at, at + pieceBytes))
      if (pieces.length > 0) await handle.writev(pieces)
    }
    const { pieces, bytes, ciphertextSha256 } = sealer.finish()
    await handle.writev(pieces)
    await handle.sync()
    // On a disk that fills up `writev` writes less than it was given without an error.
    if ((await handle.stat()).size !== bytes) throw new Error('a column was not written whole: is the disk full?')
    await rename(unfinished, path)
    return { bytes, ciphertextSha256 }
  } finally {
    erase(plaintext)
  }
}
