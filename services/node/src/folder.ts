/**
 * The node's folder: where everything lies, and with which rights.
 * @module
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { refuseUnless } from './errors.ts'

export function nodeFolder(root: string) {
  return {
    root,
    database: join(root, 'node.db'),
    keys: join(root, 'keys'),
    apiToken: join(root, 'api-token'),
    columns: join(root, 'columns'),
    staging: join(root, 'staging'),
    jointNumbers: join(root, 'joint-numbers'),
  }
}

export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes a secret so that it is on disk whole, or not at all, and for nobody else to read. */
export function writeSecretFile(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.draft`
  const handle = openSync(draft, 'w', 0o600)
  try {
    writeFileSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/** @throws NodeError `folder_insecure` if anybody else may read it, `not_initialised` if it is not there */
export function readSecretFile(path: string): string {
  refuseUnless(existsSync(path), 'not_initialised')
  refuseUnless((statSync(path).mode & 0o077) === 0, 'folder_insecure')
  return readFileSync(path, 'utf8')
}
