/**
 * How long a large tree takes: appending, proving, checking. Prints milliseconds or microseconds an operation.
 * @module
 */
import { utf8 } from '@kruispunt/crypto'
import { createMerkleTree, leafHash, verifyConsistency, verifyInclusion } from '../src/index.ts'

const size = 100_000
const rounds = 2_000

function timed<T>(label: string, times: number, run: () => T): T {
  const start = performance.now()
  const result = run()
  const each = ((performance.now() - start) * 1000) / times
  process.stdout.write(`${label.padEnd(32)} ${each.toFixed(1)} µs each, ${times} times\n`)
  return result
}

const leaves = timed('leaf hash', size, () =>
  Array.from({ length: size }, (_, index) => leafHash(utf8(`leaf ${index}`))),
)
const tree = timed('append', size, () => createMerkleTree(leaves))
const places = Array.from({ length: rounds }, (_, index) => (index * 7919) % size)

const root = tree.root()
const proofs = timed('inclusion proof', rounds, () => places.map((index) => tree.inclusionProof(index, size)))
timed('verify inclusion', rounds, () =>
  places.every((index, at) =>
    verifyInclusion({ index, size, leafHash: tree.leaf(index), proof: proofs[at] ?? [], root }),
  ),
)
timed('root at an older size', rounds, () => places.map((older) => tree.root(older)))
timed('consistency proof and check', rounds, () =>
  places.every((first) =>
    verifyConsistency({
      first,
      second: size,
      firstRoot: tree.root(first),
      secondRoot: root,
      proof: tree.consistencyProof(first, size),
    }),
  ),
)
