/** Attacks on a log copy, each found at its place; the numbers are those of protocol.md §6. */
import { readFileSync } from 'node:fs'
import type { StatementEnvelope } from '@kruispunt/contracts'
import { documentHash, signStatement } from '@kruispunt/statements'
import { createMerkleTree, leafHash } from '@kruispunt/transparency-log'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coordinator, ggd, keyOf, logKey, parties, politie, zorg } from '../../packages/lab-record/test/support/cast.ts'
import {
  type Json,
  NotCanonical,
  readCanonical,
  writeCanonical,
} from '../../services/workbench/src/verify/read/canonical.ts'
import { textOf } from '../../services/workbench/src/verify/read/log-copy.ts'
import { createRoots } from '../../services/workbench/src/verify/read/merkle.ts'
import { isSignedBy } from '../../services/workbench/src/verify/read/signatures.ts'
import { verdictOf } from '../../services/workbench/src/verify/report/verdict.ts'
import { copyOf, forgedCopy, noteOver, verified, wholeStory } from './support/copies.ts'

const vectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T

const story = wholeStory()
const { scribe } = story
const pinned = { rosterHash: scribe.rosterHash }
const whole = copyOf(scribe)
const { envelopes } = scribe
const { tree } = scribe.record

/** Every fault, by its line; a file that cannot be read has one. */
const faultsIn = (bytes: Uint8Array): { line: number; code: string }[] => {
  const found = verified(bytes, pinned)
  return 'unreadable' in found
    ? [{ line: found.line, code: found.unreadable }]
    : found.faults.map(({ line, code }) => ({ line, code }))
}
const codesIn = (bytes: Uint8Array) => faultsIn(bytes).map(({ code }) => code)
const notes = { latest: noteOver(tree.root(), tree.size), quorum: noteOver(tree.root(), tree.size) }
const lineOf = (entry: number) => entry + 2
const payloadOf = ({ payload }: StatementEnvelope) =>
  JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Record<string, unknown>

describe('every byte counts', { timeout: 300_000 }, () => {
  it('has no byte that can be changed: the fault is found, and names the line', () => {
    const newline = 0x0a
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] as number) ^ flip
        const faults = faultsIn(changed)
        expect(faults.length).toBeGreaterThan(0)
        if (whole[at] === newline || changed[at] === newline) return
        const line = whole.subarray(0, at).filter((byte) => byte === newline).length + 1
        expect(faults.map((fault) => fault.line)).toContain(line)
      }),
      { numRuns: 80 },
    )
  })

  it('has no place where it can be cut off', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => faultsIn(whole.subarray(0, length)).length > 0),
      { numRuns: 40 },
    )
  })

  it('is not the better for a byte added', () => {
    for (const extra of ['\n', ' ', '{}\n', '\uFEFF']) {
      expect(faultsIn(Buffer.concat([whole, Buffer.from(extra)]))).not.toEqual([])
      expect(faultsIn(Buffer.concat([Buffer.from(extra), whole]))).not.toEqual([])
    }
  })
})

describe('26: an entry is where it was signed for, in the tree it was signed for', () => {
  const changes: Record<string, [Buffer, string]> = {
    'the last entries left out': [forgedCopy(envelopes.slice(0, -2), notes), 'checkpoint_beyond'],
    'an entry put after the end': [
      forgedCopy([...envelopes, envelopes[3] as StatementEnvelope], notes),
      'chain_replay',
    ],
    'two neighbours swapped': [
      forgedCopy([...envelopes.slice(0, 2), ...envelopes.slice(2, 4).reverse(), ...envelopes.slice(4)], notes),
      'checkpoint_other_root',
    ],
    'the root of a smaller tree': [
      forgedCopy(envelopes, { ...notes, latest: noteOver(tree.root(tree.size - 1), tree.size) }),
      'checkpoint_other_root',
    ],
    'the size of a smaller tree': [
      forgedCopy(envelopes, { ...notes, latest: noteOver(tree.root(), tree.size - 1) }),
      'checkpoint_other_root',
    ],
    'no entries at all': [forgedCopy([], notes), 'roster_other'],
    'a checkpoint of nobody': [forgedCopy(envelopes, { latest: null, quorum: null }), 'checkpoint_missing'],
    'a checkpoint by another key': [
      forgedCopy(envelopes, { ...notes, latest: noteOver(tree.root(), tree.size, parties, keyOf('another log')) }),
      'log_signature_invalid',
    ],
    'a witness that is none': [
      forgedCopy(envelopes, {
        ...notes,
        quorum: noteOver(tree.root(), tree.size, [{ id: 'ggd', witness: keyOf('nobody') }]),
      }),
      'cosignature_invalid',
    ],
    'one witness under the name of another': [
      forgedCopy(envelopes, {
        ...notes,
        quorum: noteOver(tree.root(), tree.size, [{ id: 'ggd', witness: politie.witness }]),
      }),
      'cosignature_invalid',
    ],
  }
  it.each(Object.entries(changes))('%s', (_name, [bytes, code]) => {
    expect(codesIn(bytes)).toContain(code)
  })

  it('works out the roots that RFC 9162 gives, for every size', () => {
    const roots = createRoots()
    const other = createMerkleTree()
    for (let size = 0; size <= 130; size += 1) {
      expect(roots.at(size)).toBe(Buffer.from(other.root()).toString('hex'))
      const leaf = Buffer.from(`leaf ${size}`)
      roots.append(leaf)
      other.append(leafHash(leaf))
    }
    const { eightLeafTree } = vectors<{ eightLeafTree: { leavesHex: string[]; rootsBySize: string[] } }>(
      'merkle-rfc9162',
    )
    const published = createRoots()
    for (const leaf of eightLeafTree.leavesHex) published.append(Buffer.from(leaf, 'hex'))
    expect(eightLeafTree.rootsBySize.map((_, size) => published.at(size))).toEqual(eightLeafTree.rootsBySize)
  })

  it('says so when too few witnesses have seen it, and how many entries none of them has', () => {
    const seen = tree.size - 4
    const few = forgedCopy(envelopes, {
      latest: noteOver(tree.root(), tree.size, []),
      quorum: noteOver(tree.root(seen), seen, [ggd, zorg]),
    })
    const replayed = verified(few, pinned)
    if ('unreadable' in replayed) throw new Error(replayed.unreadable)
    const { quorum, remarks } = verdictOf(replayed, scribe.now())
    expect([quorum.reached, quorum.size, quorum.since]).toEqual([false, 0, null])
    expect(remarks).toContainEqual({ code: 'entries_unwitnessed', entry: 0, about: String(tree.size) })
  })
})

describe('signatures of others count for nothing', () => {
  const resigned = (entry: number, change: Record<string, unknown>, ...keys: Parameters<typeof signStatement>[1][]) => {
    const changed = [...envelopes]
    changed[entry] = signStatement({ ...payloadOf(envelopes[entry] as StatementEnvelope), ...change }, ...keys) as never
    return forgedCopy(changed, notes)
  }
  const approval = envelopes.findIndex(({ payloadType }) => payloadType.includes('.request-approval.'))
  const request = envelopes.findIndex(({ payloadType }) => payloadType.includes('.request.'))
  const result = envelopes.findIndex(({ payloadType }) => payloadType.includes('.result.'))

  it('14: an approval made with the coordinator’s key is none', () => {
    const { keyId } = coordinator
    const faults = faultsIn(resigned(approval, { keyId }, coordinator))
    expect(faults.map(({ line }) => line)).toContain(lineOf(approval))
  })
  it('a request made by somebody who is not in the roster is none', () => {
    const stranger = keyOf('stranger')
    expect(
      faultsIn(resigned(request, { keyId: stranger.keyId, seq: 1, prev: '0'.repeat(64) }, stranger)),
    ).toContainEqual({
      line: lineOf(request),
      code: 'signer_unknown',
    })
  })
  it('a result that the log key signed is none', () => {
    expect(faultsIn(resigned(result, { keyId: logKey.keyId, seq: 1, prev: '0'.repeat(64) }, logKey))).toContainEqual({
      line: lineOf(result),
      code: 'signer_unknown',
    })
  })
  it('19: a signature moved to another kind is none', () => {
    const changed = envelopes.map((envelope, entry) =>
      entry === approval
        ? { ...envelope, payloadType: 'application/vnd.datalab.agreement-approval.v1+json' }
        : envelope,
    )
    expect(faultsIn(forgedCopy(changed, notes))).toContainEqual({ line: lineOf(approval), code: 'signature_invalid' })
  })
  it('20: every Wycheproof signature is judged as the standard says', () => {
    type Group = { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string; result: string }[] }
    const { groups } = vectors<{ groups: Group[] }>('wycheproof-ed25519')
    const wrong = groups.flatMap(({ publicKey, tests }) =>
      tests.filter(({ msg, sig, result }) => {
        const said = isSignedBy(publicKey.pk, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex'))
        return said !== (result === 'valid')
      }),
    )
    expect(wrong).toEqual([])
  })
  it('20: a key of small order, or in another spelling, signs nothing', () => {
    const weak = ['00'.repeat(32), `01${'00'.repeat(31)}`, `ec${'ff'.repeat(30)}7f`, `ee${'ff'.repeat(30)}7f`]
    for (const key of weak) expect(isSignedBy(key, Buffer.from('m'), Buffer.alloc(64, 1))).toBe(false)
  })
})

describe('what people compared decides', () => {
  it('nothing counts under another roster than the one that was compared', () => {
    const other = { rosterHash: documentHash('roster', { other: 'roster' }) }
    const replayed = verified(whole, other)
    if ('unreadable' in replayed) throw new Error(replayed.unreadable)
    expect(replayed.faults[0]).toEqual({ code: 'roster_other', entry: 0, line: 2 })
    expect(verdictOf(replayed, scribe.now()).agreements).toEqual([])
  })

  it('says at which line a signer had seen another log', () => {
    const entry = envelopes.findIndex(({ payloadType }) => payloadType.includes('.job-closed.'))
    // The entry before it is left out, and no checkpoint is there to tell.
    const faults = faultsIn(forgedCopy(envelopes.toSpliced(entry - 1, 1), { latest: null, quorum: null }))
    expect(faults[0]?.line).toBe(lineOf(entry - 1))
    expect(['chain_gap', 'seen_conflict']).toContain(faults[0]?.code)
  })
})

describe('18: there is one way to write a statement', () => {
  type Vectors = {
    files: { name: string; inputBase64: string; expectedUtf8Base64: string }[]
    mustReject: { why: string; inputBase64: string }[]
    validJsonButNotCanonical: { why: string; b64: string }[]
  }
  const { files, mustReject, validJsonButNotCanonical } = vectors<Vectors>('jcs-rfc8785')
  const text = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

  it.each([
    ...mustReject.map(({ why, inputBase64 }) => [why, inputBase64] as const),
    ...validJsonButNotCanonical.map(({ why, b64 }) => [why, b64] as const),
  ])('refuses %s', (_why, base64) => {
    const bytes = Buffer.from(base64, 'base64')
    expect(() => readCanonical(textOf(bytes) ?? '')).toThrow(NotCanonical)
  })
  it('writes and reads the published examples, those with fractions apart', () => {
    const whole = files.filter(({ expectedUtf8Base64 }) => !/[0-9][.eE]/.test(text(expectedUtf8Base64)))
    expect(whole.length).toBeGreaterThan(3)
    for (const { inputBase64, expectedUtf8Base64 } of whole) {
      const expected = text(expectedUtf8Base64)
      expect(writeCanonical(JSON.parse(text(inputBase64)) as Json)).toBe(expected)
      expect(writeCanonical(readCanonical(expected))).toBe(expected)
    }
  })
})
