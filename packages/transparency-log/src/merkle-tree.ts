/**
 * A growing Merkle tree that keeps the hash of every full subtree, so that a root or a proof costs a few dozen hashes.
 * About 64 bytes of hashes a leaf. Pure: where leaves are stored is the caller's affair.
 * @module
 */
import { TransparencyLogError } from './errors.ts'
import { assertHash, assertSize, emptyRoot, nodeHash } from './hashes.ts'

export type MerkleTree = {
  readonly size: number
  /** Adds a leaf by its hash (32 bytes, see `leafHash`) and returns its number, from 0. */
  append(leafHash: Uint8Array): number
  /** Hash of the leaf with this number. @throws `index_outside` */
  leaf(index: number): Uint8Array
  /** Root of the first `size` leaves, all by default. @throws `size_outside` */
  root(size?: number): Uint8Array
  /** From the leaf up (RFC 9162 §2.1.3.1). @throws `index_outside`, `size_outside` */
  inclusionProof(index: number, size: number): Uint8Array[]
  /** From a tree of `first` leaves to one of `second`; empty for 0 or equal sizes (RFC 9162 §2.1.4.1). @throws `size_outside` */
  consistencyProof(first: number, second: number): Uint8Array[]
}

/** Largest power of two below `size`, which is 2 or more. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** @param leafHashes - leaves that are there already, in log order */
export function createMerkleTree(leafHashes: Iterable<Uint8Array> = []): MerkleTree {
  // levels[h][i] is the hash over leaves i·2^h up to (i+1)·2^h; only full subtrees are kept, and those never change.
  const leaves: Uint8Array[] = []
  const levels: Uint8Array[][] = [leaves]

  function append(leafHash: Uint8Array): number {
    assertHash(leafHash)
    const index = leaves.length
    let hash: Uint8Array = Uint8Array.from(leafHash)
    leaves.push(hash)
    for (let height = 0, at = index; at % 2 === 1; height += 1, at = (at - 1) / 2) {
      hash = nodeHash(stored(height, at - 1), hash)
      const above = levels[height + 1] ?? []
      levels[height + 1] = above
      above.push(hash)
    }
    return index
  }

  function stored(height: number, index: number): Uint8Array {
    const hash = levels[height]?.[index]
    if (hash === undefined) throw new Error('a full subtree has no stored hash')
    return hash
  }

  /** Hash over leaves `start` up to `end`, one or more, where `start` is a multiple of the power of two that covers them. */
  function subtree(start: number, end: number): Uint8Array {
    const size = end - start
    const height = Math.log2(size)
    if (Number.isInteger(height)) return stored(height, start / size)
    const middle = start + splitOf(size)
    return nodeHash(subtree(start, middle), subtree(middle, end))
  }

  function assertWithin(size: number): void {
    assertSize(size)
    if (size > leaves.length) throw new TransparencyLogError('size_outside')
  }

  function root(size = leaves.length): Uint8Array {
    assertWithin(size)
    // A copy: the stored hashes stay ours.
    return Uint8Array.from(size === 0 ? emptyRoot() : subtree(0, size))
  }

  function leaf(index: number): Uint8Array {
    assertSize(index)
    const hash = leaves[index]
    if (hash === undefined) throw new TransparencyLogError('index_outside')
    return Uint8Array.from(hash)
  }

  function path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return []
    const middle = start + splitOf(end - start)
    return index < middle
      ? [...path(index, start, middle), subtree(middle, end)]
      : [...path(index, middle, end), subtree(start, middle)]
  }

  function inclusionProof(index: number, size: number): Uint8Array[] {
    assertWithin(size)
    assertSize(index)
    if (index >= size) throw new TransparencyLogError('index_outside')
    return path(index, 0, size).map((hash) => Uint8Array.from(hash))
  }

  /** SUBPROOF of the RFC over leaves `start` up to `end`; `known` while the old tree is a whole subtree the verifier has. */
  function subproof(first: number, start: number, end: number, known: boolean): Uint8Array[] {
    if (first === end) return known ? [] : [subtree(start, end)]
    const middle = start + splitOf(end - start)
    return first <= middle
      ? [...subproof(first, start, middle, known), subtree(middle, end)]
      : [...subproof(first, middle, end, false), subtree(start, middle)]
  }

  function consistencyProof(first: number, second: number): Uint8Array[] {
    assertWithin(second)
    assertSize(first)
    if (first > second) throw new TransparencyLogError('size_outside')
    if (first === 0 || first === second) return []
    return subproof(first, 0, second, true).map((hash) => Uint8Array.from(hash))
  }

  for (const hash of leafHashes) append(hash)
  return {
    get size() {
      return leaves.length
    },
    append,
    leaf,
    root,
    inclusionProof,
    consistencyProof,
  }
}
