/**
 * The root of a log copy at any size, by the definition of RFC 9162 §2.1.1 and nothing cleverer.
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

function rootOf(leaves: readonly Uint8Array[]): Buffer {
  const [leaf] = leaves
  if (leaf === undefined) return sha256()
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaf)
  let split = 1
  while (2 * split < leaves.length) split *= 2
  return sha256(Uint8Array.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

/** @param file - a log copy: a line of head, one for each entry, a line of checkpoints; @returns hex */
export function plainRoot(file: string, size: number): string {
  const entries = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1, -1)
  if (entries.length < size) throw new Error('the copy is shorter')
  return rootOf(entries.slice(0, size).map((line) => Buffer.from(line))).toString('hex')
}
