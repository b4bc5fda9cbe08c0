import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMerkleTree, leafHash, merkleRoot, nodeHash, verifyConsistency, verifyInclusion } from '../src/index.ts'
import { ascii, bytes, coded, hex, readVectors } from './vectors.ts'

type InclusionProbe = {
  name: string
  leafIndex: string
  treeSize: string
  root: string
  leafHash: string
  proof: string[]
  wantErr: boolean
}
type ConsistencyProbe = {
  name: string
  size1: string
  size2: string
  root1: string
  root2: string
  proof: string[]
  wantErr: boolean
}
type Vectors = {
  eightLeafTree: { leavesHex: string[]; rootsBySize: string[] }
  probes: { inclusion: InclusionProbe[]; consistency: ConsistencyProbe[] }
  generated: {
    rootsBySize: string[]
    inclusion: { index: number; size: number; path: string[] }[]
    consistency: { size1: number; size2: number; path: string[] }[]
  }
}
const { eightLeafTree, probes, generated } = readVectors<Vectors>('merkle-rfc9162.json')
const generatedLeaf = (index: number) => leafHash(ascii(`leaf ${index}`))
const leavesUpTo = (size: number) => Array.from({ length: size }, (_, index) => generatedLeaf(index))
const tree = createMerkleTree(leavesUpTo(40))

describe('roots', () => {
  it('are those of the reference tree of eight leaves', () => {
    const reference = createMerkleTree(eightLeafTree.leavesHex.map((leaf) => leafHash(bytes(leaf))))
    const roots = eightLeafTree.rootsBySize.map((_, size) => hex(reference.root(size)))
    expect(roots).toStrictEqual(eightLeafTree.rootsBySize)
  })

  it('are those of the generated tree, at every size, kept or counted afresh', () => {
    expect(generated.rootsBySize.map((_, size) => hex(tree.root(size)))).toStrictEqual(generated.rootsBySize)
    expect(generated.rootsBySize.map((_, size) => hex(merkleRoot(leavesUpTo(size))))).toStrictEqual(
      generated.rootsBySize,
    )
  })

  it('do not change afterwards, whatever is done with what was handed out', () => {
    const own = createMerkleTree()
    const leaf = leafHash(ascii('a'))
    own.append(leaf)
    const before = hex(own.root())
    leaf.fill(0)
    own.root().fill(0)
    own.leaf(0).fill(0)
    expect(hex(own.root())).toBe(before)
  })
})

describe('proofs made here', () => {
  it.each(generated.inclusion)('of leaf $index in $size are the published ones', ({ index, size, path }) => {
    const proof = tree.inclusionProof(index, size)
    expect(proof.map(hex)).toStrictEqual(path)
    expect(verifyInclusion({ index, size, leafHash: generatedLeaf(index), proof, root: tree.root(size) })).toBe(true)
  })

  it.each(generated.consistency)('from $size1 to $size2 are the published ones', ({ size1, size2, path }) => {
    const proof = tree.consistencyProof(size1, size2)
    expect(proof.map(hex)).toStrictEqual(path)
    const claim = { first: size1, second: size2, firstRoot: tree.root(size1), secondRoot: tree.root(size2), proof }
    expect(verifyConsistency(claim)).toBe(true)
  })
})

describe('attack 26: proofs of others', () => {
  it.each(probes.inclusion)('$name, refused: $wantErr', (probe) => {
    const claim = {
      index: Number(probe.leafIndex),
      size: Number(probe.treeSize),
      leafHash: bytes(probe.leafHash),
      proof: probe.proof.map(bytes),
      root: bytes(probe.root),
    }
    expect(verifyInclusion(claim)).toBe(!probe.wantErr)
  })

  it.each(probes.consistency)('$name, refused: $wantErr', (probe) => {
    const claim = {
      first: Number(probe.size1),
      second: Number(probe.size2),
      firstRoot: bytes(probe.root1),
      secondRoot: bytes(probe.root2),
      proof: probe.proof.map(bytes),
    }
    expect(verifyConsistency(claim)).toBe(!probe.wantErr)
  })

  it('has probes of both outcomes to try', () => {
    for (const list of [probes.inclusion, probes.consistency]) {
      expect(new Set(list.map(({ wantErr }) => wantErr)).size).toBe(2)
    }
  })

  const good = {
    index: 5,
    size: 13,
    leafHash: generatedLeaf(5),
    proof: tree.inclusionProof(5, 13),
    root: tree.root(13),
  }
  it.each([
    ['another index', { index: 4 }],
    ['a smaller size', { size: 8 }],
    ['a larger size', { size: 17 }],
    ['no proof', { proof: [] }],
    ['a hash too many', { proof: [...good.proof, tree.root(1)] }],
    ['a hash too few', { proof: good.proof.slice(0, -1) }],
    ['swapped hashes', { proof: good.proof.toReversed() }],
    ['left for right', { index: 13 - 5 }],
    ['a short hash', { proof: good.proof.map((hash) => hash.slice(1)) }],
    ['a fractional index', { index: 5.5 }],
    ['a negative index', { index: -1 }],
    ['a size beyond whole numbers', { size: Number.POSITIVE_INFINITY }],
  ])('%s is refused', (_, change) => {
    expect(verifyInclusion(good)).toBe(true)
    expect(verifyInclusion({ ...good, ...change })).toBe(false)
  })

  it('an empty tree begins every tree and needs no proof; another root of size nought begins none', () => {
    const claim = { first: 0, second: 7, firstRoot: tree.root(0), secondRoot: tree.root(7), proof: [] }
    expect(verifyConsistency(claim)).toBe(true)
    expect(verifyConsistency({ ...claim, firstRoot: tree.root(1) })).toBe(false)
    expect(verifyConsistency({ ...claim, proof: [tree.root(1)] })).toBe(false)
  })

  it('a leaf cannot pass for a node', () => {
    const [left, right] = [generatedLeaf(0), generatedLeaf(1)]
    expect(hex(nodeHash(left, right))).not.toBe(hex(leafHash(new Uint8Array([...left, ...right]))))
    expect(() => nodeHash(left, right.slice(1))).toThrow(coded('hash_malformed'))
  })
})

describe('whatever the tree', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat())
  const big = createMerkleTree(leavesUpTo(300))

  it('every leaf has its proof and nobody else has', () => {
    fc.assert(
      fc.property(sizes, ([size, a, b]) => {
        const [index, other] = [a % size, b % size]
        const claim = { index, size, proof: big.inclusionProof(index, size), root: big.root(size) }
        expect(verifyInclusion({ ...claim, leafHash: big.leaf(index) })).toBe(true)
        expect(verifyInclusion({ ...claim, leafHash: big.leaf(other) })).toBe(index === other)
        expect(verifyInclusion({ ...claim, leafHash: big.leaf(index), index: other })).toBe(index === other)
      }),
    )
  })

  it('every older tree begins the newer one, and one changed leaf ends that', () => {
    fc.assert(
      fc.property(sizes, ([second, a, b]) => {
        const first = 1 + (a % second)
        const changed = b % first
        const leaves = leavesUpTo(second).map((leaf, index) => (index === changed ? leafHash(ascii('other')) : leaf))
        const rewritten = createMerkleTree(leaves)
        const claim = { first, second, firstRoot: big.root(first), secondRoot: big.root(second) }
        expect(verifyConsistency({ ...claim, proof: big.consistencyProof(first, second) })).toBe(true)
        const proof = rewritten.consistencyProof(first, second)
        expect(verifyConsistency({ ...claim, secondRoot: rewritten.root(second), proof })).toBe(false)
      }),
    )
  })

  it.each([
    ['a leaf that is not there', () => tree.inclusionProof(40, 40), 'index_outside'],
    ['a leaf outside the size asked', () => tree.inclusionProof(7, 7), 'index_outside'],
    ['a size that is not there', () => tree.root(41), 'size_outside'],
    ['a proof to a size that is not there', () => tree.consistencyProof(1, 41), 'size_outside'],
    ['a proof backwards', () => tree.consistencyProof(5, 4), 'size_outside'],
    ['a fractional size', () => tree.root(1.5), 'size_malformed'],
    ['a leaf hash of 31 bytes', () => tree.append(new Uint8Array(31)), 'hash_malformed'],
    ['a leaf number that is not there', () => tree.leaf(40), 'index_outside'],
  ])('refuses %s', (_, ask, code) => {
    expect(ask).toThrow(coded(code))
  })
})
