import type { StatementKind } from '@kruispunt/contracts'
import { fromBase64, toHex } from '@kruispunt/crypto'
import { documentHash } from '@kruispunt/statements'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agreedColumns,
  agreementStatus,
  approvalsMissing,
  ceremonyStatus,
  createLabRecord,
  currentExtracts,
  isCurrent,
  newestCeremony,
  oprfBudget,
  oprfElementsAsked,
  shareCommitments,
  usableCeremony,
} from '../src/index.ts'
import { agreementDocument } from './support/agreement.ts'
import { broker, ggd, lab, parties, politie, publicOf, zorg } from './support/cast.ts'
import { createScribe, extractIdOf, hex } from './support/scribe.ts'

/** Every kind there is, once at least. */
function wholeStory() {
  const scribe = createScribe()
  const { agreement, requestHash } = scribe.until.released()
  const { byBroker, byNode, byOfficer, byCoordinator } = scribe
  byBroker({
    kind: 'result',
    requestHash,
    tableHash: hex(32, 'a'),
    resultSha256: hex(32, 'b'),
    released: 3,
    withheld: 1,
  })
  byBroker({ kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' })
  const second = byCoordinator(scribe.requestBody(agreement, { requestId: hex(16, 'b2') }), scribe.inMinutes(600))
  byNode(ggd, { kind: 'release-refusal', requestHash: second.hash, code: 'log_stale' })
  byOfficer(politie, { kind: 'revocation', scope: 'extract', id: extractIdOf(politie), reason: 'bezwaar' })
  byNode(politie, { kind: 'key-destroyed', extractIds: [extractIdOf(politie)] })
  const other = scribe.propose({ reference: 'A-2' })
  for (const party of parties) scribe.approve(other, party)
  byNode(ggd, scribe.saltBodies.commit(other, ggd))
  byNode(ggd, scribe.saltBodies.abort(other, ggd))
  for (const party of parties) byNode(party, scribe.saltBodies.commit(other, party, 2))
  byNode(zorg, scribe.saltBodies.complaint(other, zorg, ggd, 2))
  scribe.byOfficer(ggd, { kind: 'epoch-rotation', agreement, epoch: 2, reason: 'scheduled' })
  const { tree } = scribe.record
  scribe.byOfficer(ggd, { kind: 'recovery', size: tree.size, root: toHex(tree.root()), reason: 'r' })
  const joint = scribe.propose({ reference: 'A-3', pseudonymMode: 'joint-oprf' })
  for (const party of parties) scribe.approve(joint, party)
  scribe.ceremony(joint)
  const asked = [politie, zorg].map((to) => byNode(ggd, scribe.oprfBodies.batch(joint, to)).hash)
  byNode(politie, scribe.oprfBodies.evaluation(joint, ggd, asked[0] ?? ''))
  byNode(ggd, scribe.oprfBodies.alarm(joint, politie, asked[0] ?? ''))
  byNode(zorg, scribe.oprfBodies.refusal(joint, ggd, asked[1] ?? ''))
  return { scribe, agreement, other, joint, requestHash, secondHash: second.hash }
}

/** A state as data, so that two can be compared. */
const asData = (state: unknown): string =>
  JSON.stringify(state, (_name, value) => {
    if (value instanceof Map) return [...value].map(([key, member]) => [key, member])
    if (value instanceof Set) return [...value]
    return value instanceof Uint8Array ? toHex(value) : value
  })

const { scribe, agreement, other, joint, requestHash, secondHash } = wholeStory()
const { state } = scribe.record

describe('a lab from roster to result, read from its log', () => {
  it('has room for every kind of statement', () => {
    const kinds = scribe.envelopes.map(({ payloadType }) => payloadType.replace(/^.*datalab\.(.*)\.v1\+json$/, '$1'))
    const all: Record<StatementKind, true> = {
      roster: true,
      'roster-acceptance': true,
      agreement: true,
      'agreement-approval': true,
      'epoch-rotation': true,
      recovery: true,
      'salt-commit': true,
      'salt-reveal': true,
      'salt-complaint': true,
      'salt-confirm': true,
      'salt-abort': true,
      'oprf-batch': true,
      'oprf-evaluation': true,
      'oprf-refusal': true,
      'oprf-alarm': true,
      extract: true,
      request: true,
      'request-approval': true,
      job: true,
      'key-release': true,
      'release-refusal': true,
      result: true,
      'job-closed': true,
      revocation: true,
      'key-destroyed': true,
    }
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(all).sort())
  })

  it('knows who agreed to what', () => {
    const found = state.agreements.get(agreement)
    if (!found) throw new Error('no agreement')
    expect(agreementStatus(found, scribe.now())).toBe('active')
    expect([...found.approvals.keys()]).toEqual(['ggd', 'politie', 'zorg'])
    expect(agreementStatus(found, Date.parse(found.document.validUntil))).toBe('expired')
    expect(agreementStatus(found, Date.parse(found.document.validFrom) - 1)).toBe('in-review')
  })

  it('knows which ceremony counts', () => {
    const [done, aborted] = [state.agreements.get(agreement), state.agreements.get(other)]
    if (!done || !aborted) throw new Error('no agreement')
    expect(usableCeremony(done)?.epoch).toBe(1)
    expect(ceremonyStatus(done)).toBe('complete')
    expect(newestCeremony(aborted)?.epoch).toBe(2)
    expect(usableCeremony(aborted)).toBeUndefined()
    expect(ceremonyStatus(aborted)).toBe('aborted')
  })

  it('knows of every batch of joint numbers who answered what, and what was found in the answer', () => {
    const state = scribe.record.state.agreements.get(joint)
    const batches = [...((state && usableCeremony(state)?.batches.values()) ?? [])]
    expect(batches.map(({ answer, alarm }) => [answer?.statement.kind, alarm?.statement.accused])).toEqual([
      ['oprf-evaluation', 'politie'],
      ['oprf-refusal', undefined],
    ])
    const ceremony = state && usableCeremony(state)
    if (!ceremony) throw new Error('no ceremony')
    expect([politie, zorg].map(({ id }) => oprfElementsAsked(ceremony, ggd.id, id))).toEqual([100, 0])
    expect([...shareCommitments(ceremony, ggd.id).keys()].sort()).toEqual(['politie', 'zorg'])
  })

  it('allows a party a tenth more elements than records, and a small one at least a full batch', () => {
    expect([1, 100, 640, 1000, 50_000].map(oprfBudget)).toEqual([65, 164, 704, 1100, 55_000])
  })

  it('knows which deliveries count: not the one that was withdrawn', () => {
    expect(currentExtracts(state, agreement).map(({ recorded }) => recorded.statement.party)).toEqual(['ggd', 'zorg'])
    const withdrawn = state.extracts.get(extractIdOf(politie))
    expect(withdrawn && isCurrent(withdrawn)).toBe(false)
    expect(withdrawn?.keyDestroyed).toBeDefined()
  })

  it('knows how each job ended, and whose approval a request still lacks', () => {
    const job = state.requests.get(requestHash)
    expect(job?.results).toHaveLength(1)
    expect(job?.closed?.statement.reason).toBe('closed-by-coordinator')
    const waiting = state.requests.get(secondHash)
    if (!waiting) throw new Error('no request')
    expect(approvalsMissing(state, waiting)).toEqual(['zorg'])
    expect([...waiting.refusals.keys()]).toEqual(['ggd'])
  })

  it('names the columns of a delivery in one order', () => {
    const names = agreementDocument().datasets.map((dataset) =>
      agreedColumns(dataset, agreementDocument().linkage).map(({ name, table }) => `${table}/${name}`),
    )
    expect(names).toEqual([
      ['subjects/token:B1', 'subjects/present:B1', 'subjects/ggd.kenmerk'],
      ['subjects/token:B1', 'subjects/present:B1', 'records/subject', 'records/politie.kenmerk'],
      ['subjects/token:B1', 'subjects/present:B1', 'subjects/zorg.kenmerk'],
    ])
  })

  it('replaces a delivery by a newer one', () => {
    const again = createScribe()
    const id = again.until.delivered()
    const replacing = { extractId: extractIdOf(ggd, 2), version: 2, replaces: extractIdOf(ggd) }
    again.byNode(ggd, again.extractBody(id, ggd, replacing))
    expect(currentExtracts(again.record.state, id).map(({ recorded }) => recorded.statement.extractId)).toContain(
      extractIdOf(ggd, 2),
    )
    expect(again.record.state.extracts.get(extractIdOf(ggd))?.replacedBy).toBe(extractIdOf(ggd, 2))
  })

  it('lets a newer agreement take over only once everybody signed it', () => {
    const again = createScribe()
    const old = again.until.active()
    const next = again.propose({ version: 2, supersedes: old })
    for (const party of parties) {
      expect(again.record.state.agreements.get(old)?.supersededBy).toBeUndefined()
      again.approve(next, party)
    }
    expect(again.record.state.agreements.get(old)?.supersededBy).toBe(next)
  })
})

describe('two readers of one log have the same state', () => {
  const replay = (count: number) => {
    const record = createLabRecord({ lab, brokerPublicKey: publicOf(broker).publicKey })
    for (const envelope of scribe.envelopes.slice(0, count)) record.check(envelope).commit()
    return record
  }
  it('whatever part of it they read, and whether they read it live or later', () => {
    expect(asData(replay(scribe.envelopes.length).state)).toBe(asData(state))
    fc.assert(
      fc.property(fc.nat(scribe.envelopes.length), (count) => {
        const [one, two] = [replay(count), replay(count)]
        expect(asData(one.state)).toBe(asData(two.state))
        expect(toHex(one.tree.root())).toBe(toHex(scribe.record.tree.root(count)))
      }),
      { numRuns: 15 },
    )
  })

  it('and a check that is not committed leaves no trace', () => {
    const record = replay(10)
    const before = asData(record.state)
    const next = scribe.envelopes[10]
    if (!next) throw new Error('no envelope')
    record.check(next)
    record.check(next)
    expect(asData(record.state)).toBe(before)
    expect(record.indexOf(documentHash('x', {}))).toBeUndefined()
    const { recorded, commit } = record.check(next)
    commit()
    expect(record.indexOf(recorded.hash)).toBe(10)
    expect(() => commit()).toThrow('in between')
  })

  it('and any change of any byte of a payload is refused', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(10_000), fc.integer({ min: 1, max: 255 }), (index, at, flip) => {
        const envelope = scribe.envelopes[index]
        if (!envelope) throw new Error('no envelope')
        const bytes = fromBase64(envelope.payload)
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
        const changed = { ...envelope, payload: Buffer.from(bytes).toString('base64') }
        expect(() => replay(index).check(changed)).toThrow(expect.objectContaining({ code: 'signature_invalid' }))
      }),
      { numRuns: 25 },
    )
  })
})
