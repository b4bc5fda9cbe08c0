/**
 * Leaf and node hashes, and the root of a list of leaves (RFC 9162 §2.1.1).
 * @module
 */
import { sha256 } from '@kruispunt/crypto'
import { TransparencyLogError } from './errors.ts'

// Different first bytes keep a leaf from passing for a node, and the other way round.
const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** @throws {@link TransparencyLogError} `hash_malformed` */
export function assertHash(hash: Uint8Array): void {
  if (hash.length !== 32) throw new TransparencyLogError('hash_malformed')
}

/** @throws {@link TransparencyLogError} `size_malformed` */
export function assertSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new TransparencyLogError('size_malformed')
}

/** `SHA-256(0x00 ‖ data)` */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(leafPrefix, data)
}

/** `SHA-256(0x01 ‖ left ‖ right)`, both 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  assertHash(left)
  assertHash(right)
  return sha256(nodePrefix, left, right)
}

/** The root of no leaves at all: `SHA-256("")`. */
export function emptyRoot(): Uint8Array {
  return sha256()
}

/**
 * The root over leaf hashes, in log order; one pass, nothing kept.
 * @param leafHashes - 32 bytes each
 */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  let level: Uint8Array[] = [...leafHashes]
  if (level.length === 0) return emptyRoot()
  level.forEach(assertHash)
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]]
      // A last one without a neighbour goes up as it is: RFC 9162 splits at the largest power of two.
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right))
    }
    level = above
  }
  const [root] = level
  if (root === undefined) throw new Error('a tree with leaves has no root')
  return root
}
