/**
 * Files handed over through the local API wait here, in plain text, until they are prepared. They are the partner's own rows
 * on the partner's own disk, readable by this node only, and erased as soon as they are used and at every start.
 * @module
 */
import { createWriteStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { randomHex } from '@kruispunt/crypto'
import { NodeError } from '../errors.ts'

const stagedId = /^[0-9a-f]{32}$/

/** @returns an id under which the file can be found again; the name it had elsewhere is never used */
export async function stageFile(folder: string, body: Readable, maxBytes: number): Promise<string> {
  const id = randomHex(16)
  let bytes = 0
  const bounded = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      done(bytes > maxBytes ? new NodeError('payload_too_large') : null, chunk)
    },
  })
  try {
    await pipeline(body, bounded, createWriteStream(join(folder, id), { mode: 0o600, flags: 'wx' }))
  } catch (error) {
    await rm(join(folder, id), { force: true })
    throw error
  }
  return id
}

/** @throws NodeError `file_not_found` for anything but an id that was given out */
export function stagedPath(folder: string, id: string): string {
  if (!stagedId.test(id)) throw new NodeError('file_not_found')
  return join(folder, id)
}

export const unstage = (folder: string, id: string): Promise<void> => rm(stagedPath(folder, id), { force: true })

/** Erases what an earlier run left behind. */
export async function clearStaging(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true })
}
