import { generateSigningSeed, signingKeyFromSeed } from '@kruispunt/crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CosignDecision,
  createMerkleTree,
  decideCosign,
  formatCheckpoint,
  leafHash,
  type MerkleTree,
  type StoredCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
} from '../src/index.ts'
import { ascii } from './vectors.ts'

const logKey = signingKeyFromSeed(generateSigningSeed())
const log = {
  origin: 'broker.example/lab-noord',
  logKeyName: 'broker.example/lab-noord',
  logPublicKey: logKey.publicKey,
}

const treeOf = (...entries: string[]) => createMerkleTree(entries.map((entry) => leafHash(ascii(entry))))
const entries = (count: number, name = 'entry') => Array.from({ length: count }, (_, index) => `${name} ${index}`)
const honest = treeOf(...entries(20))

function checkpointOf(tree: MerkleTree, size = tree.size) {
  const text = formatCheckpoint({ origin: log.origin, size, root: tree.root(size) })
  return verifyCheckpoint(signCheckpoint(text, log.logKeyName, logKey), log)
}
/** What an honest log sends to a witness that is at `oldSize`. */
function requestOf(tree: MerkleTree, oldSize: number, size = tree.size) {
  return { oldSize, proof: tree.consistencyProof(oldSize, size), checkpoint: checkpointOf(tree, size) }
}
function storedAt(tree: MerkleTree, size: number): StoredCheckpoint {
  const { root, note } = checkpointOf(tree, size)
  return { size, root, note }
}
function frozenBy(decision: CosignDecision) {
  return decision.decision === 'frozen' ? decision.evidence : undefined
}

describe('a witness goes along with a log that only grows', () => {
  it('from nothing to the first checkpoint, an empty one too', () => {
    expect(decideCosign(undefined, requestOf(honest, 0, 0))).toMatchObject({ decision: 'cosign', next: { size: 0 } })
    expect(decideCosign(undefined, requestOf(honest, 0, 7))).toStrictEqual({
      decision: 'cosign',
      next: storedAt(honest, 7),
    })
  })

  it('from size to size, and again over the same', () => {
    expect(decideCosign(storedAt(honest, 7), requestOf(honest, 7, 20))).toMatchObject({ next: { size: 20 } })
    expect(decideCosign(storedAt(honest, 7), requestOf(honest, 7, 7))).toMatchObject({ next: { size: 7 } })
  })

  it('asks for another proof when the log is mistaken about where it is', () => {
    const conflict = { decision: 'conflict', size: 7 }
    expect(decideCosign(storedAt(honest, 7), requestOf(honest, 5, 20))).toStrictEqual(conflict)
    expect(decideCosign(storedAt(honest, 7), requestOf(honest, 9, 20))).toStrictEqual(conflict)
    expect(decideCosign(storedAt(honest, 7), requestOf(honest, 0, 5))).toStrictEqual(conflict)
    const needless = { ...requestOf(honest, 7, 7), proof: [honest.root(1)] }
    expect(decideCosign(storedAt(honest, 7), needless)).toStrictEqual(conflict)
  })
})

describe('a witness freezes when the log contradicts itself, and keeps both notes', () => {
  const stored = storedAt(honest, 8)

  it('attack 21: truncated and regrown with another entry', () => {
    const regrown = treeOf(...entries(6), 'another entry', ...entries(5, 'later'))
    const request = requestOf(regrown, 8)
    expect(frozenBy(decideCosign(stored, request))).toStrictEqual({
      reason: 'proof_failed',
      storedNote: stored.note,
      offeredNote: request.checkpoint.note,
    })
  })

  it('attack 21: truncated and presented as it is', () => {
    const request = { oldSize: 8, proof: [], checkpoint: checkpointOf(honest, 6) }
    expect(frozenBy(decideCosign(stored, request))).toMatchObject({ reason: 'smaller', storedNote: stored.note })
  })

  it.each([8, 3, 0])('the same size with another root, even if the log says the witness is at %i', (oldSize) => {
    const fork = checkpointOf(treeOf(...entries(7), 'another entry'))
    expect(frozenBy(decideCosign(stored, { oldSize, proof: [], checkpoint: fork }))).toStrictEqual({
      reason: 'other_root',
      storedNote: stored.note,
      offeredNote: fork.note,
    })
  })

  it('both notes are signed by the log, so anyone can see the fork', () => {
    const fork = checkpointOf(treeOf(...entries(7), 'another entry'))
    const evidence = frozenBy(decideCosign(stored, { oldSize: 8, proof: [], checkpoint: fork }))
    const [kept, offered] = [evidence?.storedNote ?? '', evidence?.offeredNote ?? ''].map((n) =>
      verifyCheckpoint(n, log),
    )
    expect(kept?.size).toBe(offered?.size)
    expect(kept?.root).not.toStrictEqual(offered?.root)
  })

  it('a first checkpoint that is empty and yet has a root', () => {
    const text = formatCheckpoint({ origin: log.origin, size: 0, root: honest.root(1) })
    const checkpoint = verifyCheckpoint(signCheckpoint(text, log.logKeyName, logKey), log)
    const decision = decideCosign(undefined, { oldSize: 0, proof: [], checkpoint })
    expect(frozenBy(decision)).toMatchObject({ reason: 'other_root', storedNote: undefined })
  })
})

describe('attack 25: however requests race', () => {
  it('of two from the same size one is cosigned, and the other cannot take the witness back', () => {
    const [smaller, larger] = [requestOf(honest, 8, 10), requestOf(honest, 8, 20)]
    const first = decideCosign(storedAt(honest, 8), larger)
    expect(first).toMatchObject({ next: { size: 20 } })
    const stored = first.decision === 'cosign' ? first.next : undefined
    expect(decideCosign(stored, smaller)).toStrictEqual({ decision: 'conflict', size: 20 })
  })

  it('the stored size never goes down, and no honest log is ever frozen', () => {
    const requests = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 12 })
    fc.assert(
      fc.property(requests, (pairs) => {
        let stored: StoredCheckpoint | undefined
        for (const [a, b] of pairs) {
          const decision = decideCosign(stored, requestOf(honest, Math.min(a, b), Math.max(a, b)))
          expect(decision.decision).not.toBe('frozen')
          if (decision.decision === 'cosign') {
            expect(decision.next.size).toBeGreaterThanOrEqual(stored?.size ?? 0)
            stored = decision.next
          }
        }
      }),
    )
  })
})
