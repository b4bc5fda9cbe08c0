/**
 * Files that a command writes for somebody else: never over one that is there, whole or not at all.
 * @module
 */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { NodeError } from '../errors.ts'

/** @throws NodeError `invalid_request` if there is a file of that name */
export function writeNewFile(path: string, text: string | Uint8Array): void {
  if (existsSync(path))
    throw new NodeError('invalid_request', {
      violations: [{ path: 'file', message: 'there is a file of that name already' }],
    })
  const part = `${path}.part`
  rmSync(part, { force: true })
  writeFileSync(part, text, { mode: 0o600, flag: 'wx' })
  renameSync(part, path)
}
