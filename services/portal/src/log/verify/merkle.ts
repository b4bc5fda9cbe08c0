/**
 * The Merkle tree of RFC 9162 by the browser's own cryptography, written apart from the broker's: whoever checks should not
 * have to trust the code that is checked.
 * @module
 */
import { areEqual, concat, sha256 } from './bytes.ts'

/** `SHA-256(0x00 ‖ data)` */
export const leafHash = (data: Uint8Array) => sha256(concat(Uint8Array.of(0), data))
const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(concat(Uint8Array.of(1), left, right))

/** The root over leaf hashes in log order. */
export async function rootOf(leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 0) return sha256()
  let level = [...leaves]
  while (level.length > 1) {
    const above: Promise<Uint8Array>[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      // A last one without a neighbour goes up as it is.
      if (left !== undefined) above.push(right === undefined ? Promise.resolve(left) : nodeHash(left, right))
    }
    level = await Promise.all(above)
  }
  const [root] = level
  if (root === undefined) throw new Error('a tree with leaves has no root')
  return root
}

type Inclusion = {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  /** From the leaf up. */
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Whether the leaf stands at this place in the tree with this root: RFC 9162 §2.1.3.2. */
export async function isIncluded({ index, size, leaf, proof, root }: Inclusion): Promise<boolean> {
  if (index < 0 || index >= size) return false
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const step of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(step, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    } else hash = await nodeHash(hash, step)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && areEqual(hash, root)
}
