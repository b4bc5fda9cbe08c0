/**
 * From a file to JSON.
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { InputRefused } from './errors.ts'

const mostBytes = 64 * 1024 * 1024

export type JsonFile = { readonly value: unknown; readonly sha256: Uint8Array }

/** @throws {@link InputRefused} `file_unreadable`, `file_too_large` or `not_json` */
export function readJson(path: string): JsonFile {
  const bytes = readBytes(path)
  try {
    return {
      value: JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')),
      sha256: createHash('sha256').update(bytes).digest(),
    }
  } catch {
    throw InputRefused.because('not_json')
  }
}

/** @throws {@link InputRefused} `file_unreadable` or `file_too_large` */
export function readBytes(path: string): Buffer {
  let size: number
  try {
    size = statSync(path).size
    if (size <= mostBytes) return readFileSync(path)
  } catch {
    throw InputRefused.because('file_unreadable')
  }
  throw InputRefused.because('file_too_large')
}
