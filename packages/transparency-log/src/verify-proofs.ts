/**
 * Checking inclusion and consistency proofs. Both answer, and never throw on what a broker sends.
 * @module
 */
import { equalBytes } from '@kruispunt/crypto'
import { emptyRoot, nodeHash } from './hashes.ts'

type Hash = Uint8Array

export type InclusionClaim = {
  /** Leaf number, from 0. */
  readonly index: number
  /** Leaves in the tree that `root` stands for. */
  readonly size: number
  readonly leafHash: Hash
  /** From the leaf up, 32 bytes each. */
  readonly proof: readonly Hash[]
  readonly root: Hash
}

export type ConsistencyClaim = {
  /** Leaves in the older tree. */
  readonly first: number
  /** Leaves in the newer tree; as many or more. */
  readonly second: number
  readonly firstRoot: Hash
  readonly secondRoot: Hash
  readonly proof: readonly Hash[]
}

const isSize = (value: number) => Number.isSafeInteger(value) && value >= 0
const areHashes = (hashes: readonly Hash[]) => hashes.every((hash) => hash.length === 32)
const half = (value: number) => Math.floor(value / 2)
const isOdd = (value: number) => value % 2 === 1

/**
 * Whether the leaf is at this place in the tree with this root. Size and root must come from one checkpoint: the root
 * alone decides, and some proofs fit a few neighbouring sizes.
 * @see RFC 9162 §2.1.3.2; fn and sn as there, by division, as sizes may exceed 32 bits
 */
export function verifyInclusion({ index, size, leafHash, proof, root }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leafHash, root, ...proof])) return false
  let fn = index
  let sn = size - 1
  let hash = leafHash
  for (const step of proof) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(step, hash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      hash = nodeHash(hash, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equalBytes(hash, root)
}

/** An empty tree begins every tree, and a tree is itself; neither takes a proof. */
function verifyWithoutProof({ first, second, firstRoot, secondRoot, proof }: ConsistencyClaim): boolean {
  if (proof.length > 0) return false
  if (first === 0 && !equalBytes(firstRoot, emptyRoot())) return false
  return first === second ? equalBytes(firstRoot, secondRoot) : areHashes([secondRoot])
}

/**
 * Whether the newer tree holds all leaves of the older one, unchanged and in the same places.
 * @see RFC 9162 §2.1.4.2
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { first, second, firstRoot, secondRoot, proof } = claim
  if (!isSize(first) || !isSize(second) || first > second) return false
  if (first === 0 || first === second) return verifyWithoutProof(claim)
  if (!areHashes([firstRoot, secondRoot, ...proof])) return false

  let fn = first - 1
  let sn = second - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  // A first tree that is one full subtree is not in the proof: the verifier has its root already.
  const [start, ...steps] = fn === 0 ? [firstRoot, ...proof] : proof
  if (start === undefined || steps.length === 0) return false
  let oldHash = start
  let newHash = start
  for (const step of steps) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      oldHash = nodeHash(step, oldHash)
      newHash = nodeHash(step, newHash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      newHash = nodeHash(newHash, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equalBytes(oldHash, firstRoot) && equalBytes(newHash, secondRoot)
}
