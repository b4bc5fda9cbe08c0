/**
 * Seals one column into its file. The file is whole and on the disk before its name exists.
 * @module
 */
import { open, rename } from 'node:fs/promises'
import { erase } from '@kruispunt/crypto'
import { createColumnSealer } from '@kruispunt/extracts'

const pieceBytes = 1024 * 1024

export type SealedFile = { readonly bytes: number; readonly ciphertextSha256: string }

/** @param plaintext - erased afterwards */
export async function sealColumnToFile(
  path: string,
  plaintext: Uint8Array,
  key: Uint8Array,
  aad: Uint8Array,
): Promise<SealedFile> {
  const sealer = createColumnSealer({ key, aad })
  const unfinished = `${path}.part`
  await using handle = await open(unfinished, 'w', 0o600)
  for (let at = 0; at < plaintext.length; at += pieceBytes) {
    const pieces = sealer.push(plaintext.subarray(at, at + pieceBytes))
    if (pieces.length > 0) await handle.writev(pieces)
  }
  const { pieces, bytes, ciphertextSha256 } = sealer.finish()
  await handle.writev(pieces)
  erase(plaintext)
  await handle.sync()
  await rename(unfinished, path)
  return { bytes, ciphertextSha256 }
}
