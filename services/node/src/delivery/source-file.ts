/**
 * The steward's raw file: read in pieces, never changed, its name never kept.
 * @module
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { NodeError } from '../errors.ts'

const firstBytes = 1024 * 1024
const pieceBytes = 1024 * 1024

export type SourceFile = {
  readonly bytes: number
  /** Up to 1 MiB from the start. */
  readonly start: Uint8Array
  pieces(): AsyncIterable<Uint8Array>
}

/** @throws NodeError `file_not_found` for anything that is not a readable ordinary file */
export async function openSource(path: string): Promise<SourceFile> {
  try {
    await using handle = await open(path, 'r')
    const stat = await handle.stat()
    if (!stat.isFile()) throw new NodeError('file_not_found')
    const start = new Uint8Array(Math.min(firstBytes, stat.size))
    let filled = 0
    while (filled < start.length) {
      const { bytesRead } = await handle.read(start, filled, start.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return {
      bytes: stat.size,
      start: start.subarray(0, filled),
      pieces: () => createReadStream(path, { highWaterMark: pieceBytes }),
    }
  } catch (error) {
    if (error instanceof NodeError) throw error
    // The system's message would quote the path.
    throw new NodeError('file_not_found')
  }
}
