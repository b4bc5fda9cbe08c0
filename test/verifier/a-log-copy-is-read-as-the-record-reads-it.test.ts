/**
 * Two readers that share no code, over the same logs: what one accepts the other accepts, what one refuses the other refuses at the
 * same place, and both know the same in the end.
 */
import type { StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import {
  agreementStatus,
  isCurrent as countsInRecord,
  LabRecordError,
  newestCeremony,
  usableCeremony,
} from '@kruispunt/lab-record'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { broker, coordinator, keyOf, parties, school } from '../../packages/lab-record/test/support/cast.ts'
import { createScribe } from '../../packages/lab-record/test/support/scribe.ts'
import { singleRequestStory } from '../../packages/lab-record/test/support/single-request-story.ts'
import type { Replay } from '../../services/workbench/src/verify/replay.ts'
import { verdictOf } from '../../services/workbench/src/verify/report/verdict.ts'
import { isCurrent, usableEpoch } from '../../services/workbench/src/verify/rules/questions.ts'
import { copyOf, forgedCopy, freshRecord, rosterStory, verified, wholeStory } from './support/copies.ts'

const stories = {
  'from roster to result': wholeStory().scribe,
  'of rosters that follow each other': rosterStory().scribe,
  'of extracts made for one request': singleRequestStory(),
}
const told = Object.entries(stories)

const read = (bytes: Uint8Array): Replay => {
  // All stories begin with one roster.
  const replayed = verified(bytes, { rosterHash: stories['from roster to result'].rosterHash })
  if ('unreadable' in replayed) throw new Error(replayed.unreadable)
  return replayed
}
/** The first entry that is refused, and why; only entries are looked at. */
const firstFault = (envelopes: readonly StatementEnvelope[]) => {
  const fault = read(forgedCopy(envelopes, { latest: null, quorum: null })).faults.find(({ entry }) => entry !== null)
  return fault && { entry: fault.entry, code: fault.code }
}
/** Where the verifier says it more exactly. */
const inRecordWords = (code: string) => (code === 'release_too_late' ? 'statement_expired' : code)

function refusalOfRecord(envelopes: readonly StatementEnvelope[]) {
  const record = freshRecord()
  for (const [entry, envelope] of envelopes.entries()) {
    try {
      record.check(envelope).commit()
    } catch (error) {
      if (!(error instanceof LabRecordError)) throw error
      return { entry, code: error.code }
    }
  }
  return undefined
}

describe.each(told)('a log that holds, %s', (_name, scribe) => {
  const replayed = read(copyOf(scribe))
  const { state } = scribe.record
  const at = scribe.now()
  const verdict = verdictOf(replayed, at)

  it('has no fault, and the root that the record works out', () => {
    expect(replayed.faults).toEqual([])
    expect(replayed.roots.at(replayed.roots.size)).toBe(Buffer.from(scribe.record.tree.root()).toString('hex'))
    expect(replayed.quorum?.cosigned.map(({ party }) => party)).toEqual(parties.map(({ id }) => id))
  })

  it('holds the same rosters, each since the same entry, and the same words about which log it is', () => {
    expect(verdict.rosters).toEqual(
      state.rosters.map(({ document, hash, since }) => ({ version: document.version, hash, since })),
    )
    const named = [...state.recoveries.values()].flatMap(({ by }) => [...by.values()].map(({ index }) => index))
    expect(verdict.recoveries.map(({ entry }) => entry)).toEqual(named)
  })

  it('holds the same agreements: who signed, what they are worth, which epoch counts', () => {
    expect(verdict.agreements).toHaveLength(state.agreements.size)
    for (const found of verdict.agreements) {
      const known = state.agreements.get(found.id as never)
      if (known === undefined) throw new Error('an agreement that the record does not know')
      const status = agreementStatus(known, at)
      expect(found.state).toBe(status === 'rejected' ? 'refused' : status)
      expect(new Set(found.signedBy.map(({ party }) => party))).toEqual(new Set(known.approvals.keys()))
      expect(found.supersededBy ?? undefined).toBe(known.supersededBy)
      expect(found.withdrawn?.entry).toBe(known.withdrawn?.index)
      expect(found.closedByRoster !== null).toBe(known.closedBy !== undefined)
      expect(found.ceremonies.at(-1)?.epoch).toBe(newestCeremony(known)?.epoch)
      expect(found.ceremonies.length).toBe(known.ceremonies.size)
      expect(usableEpoch(replayed.journal, found.id)).toBe(usableCeremony(known)?.epoch)
    }
  })

  it('holds the same deliveries: which count, which were replaced, whose keys are gone', () => {
    expect(verdict.deliveries).toHaveLength(state.extracts.size)
    for (const found of verdict.deliveries) {
      const known = state.extracts.get(found.extractId as never)
      if (known === undefined) throw new Error('a delivery that the record does not know')
      expect(isCurrent(replayed.journal, found.extractId)).toBe(countsInRecord(known))
      expect(found.keyDestroyed?.entry).toBe(known.keyDestroyed)
    }
  })

  it('holds the same requests: approvals, releases, refusals, results and how they ended', () => {
    expect(verdict.requests).toHaveLength(state.requests.size)
    for (const found of verdict.requests) {
      const known = state.requests.get(found.requestHash)
      if (known === undefined) throw new Error('a request that the record does not know')
      expect(found.releases.map(({ extractId }) => extractId)).toEqual([...known.releases.keys()])
      expect(found.approvals.flatMap(({ given }) => given.map(({ keyId }) => keyId))).toEqual([
        ...known.approvals.keys(),
      ])
      expect(found.refusals.map(({ party }) => party)).toEqual([...known.refusals.keys()])
      expect(found.results.map(({ entry }) => entry)).toEqual(known.results.map(({ index }) => index))
      expect(found.job?.entry).toBe(known.job?.index)
      expect(found.closed?.entry).toBe(known.closed?.index)
      expect(found.withdrawnBy?.entry).toBe(known.withdrawn?.index)
    }
  })
})

it('the stories hold what there is to read: agreements that ended in every way, epochs closed, keys lost', () => {
  const [first, second] = told.map(([, scribe]) => verdictOf(read(copyOf(scribe)), scribe.now()))
  expect(first?.agreements.map(({ state }) => state)).toEqual(['withdrawn', 'active', 'active', 'active', 'withdrawn'])
  expect(second?.agreements.map(({ closedByRoster }) => closedByRoster)).toEqual([4, 4])
  expect(second?.rosters.map(({ version }) => version)).toEqual([1, 2, 3, 4])
})

const bodiesOf = (envelopes: readonly StatementEnvelope[]) =>
  envelopes.map(({ payload }) => {
    const { v, lab, from, keyId, seq, prev, issuedAt, notAfter, roster, seen, ...body } = JSON.parse(
      Buffer.from(payload, 'base64').toString('utf8'),
    ) as Record<string, unknown>
    return { body: body as unknown as StatementBody, from: from as string, notAfter }
  })
const signers = [
  { from: 'broker', keys: [broker] },
  { from: 'coordinator', keys: [coordinator] },
  { from: 'ggd', keys: [keyOf('a stranger')] },
  { from: 'zorg', keys: [keyOf('zorg/new node')] },
  ...[...parties, school].flatMap(({ id, node, witness, officers }) => [
    { from: id as string, keys: [node] },
    { from: id as string, keys: [witness] },
    { from: id as string, keys: [officers[0]] },
    { from: id as string, keys: [officers[1]] },
    { from: id as string, keys: [officers[0], node, witness] },
    { from: id as string, keys: [officers[0], node, witness, officers[1]] },
  ]),
]

describe.each(told)('a log that does not hold, %s', { timeout: 300_000 }, (_name, { envelopes }) => {
  it('with an entry left out, twice, or moved, is refused at the same entry for the same reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('drop', 'twice', 'move'),
        // The roster stays: without the one that was compared the verifier reads no further.
        fc.integer({ min: 1, max: envelopes.length - 1 }),
        fc.integer({ min: 1, max: envelopes.length - 1 }),
        (how, from, to) => {
          const changed = [...envelopes]
          const [taken] = changed.splice(from, 1)
          if (taken === undefined) throw new Error('no entry')
          if (how === 'twice') changed.splice(from, 0, taken, taken)
          if (how === 'move') changed.splice(to, 0, taken)
          const known = refusalOfRecord(changed)
          const found = firstFault(changed)
          expect(found && { ...found, code: inRecordWords(found.code) }).toEqual(known)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('any statement of anybody, well signed and next in its chain, is taken or refused alike, at any point', () => {
    const bodies = bodiesOf(envelopes)
    const taken = [0, 0]
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: envelopes.length }),
        fc.nat(bodies.length - 1),
        fc.nat(signers.length - 1),
        fc.boolean(),
        fc.constantFrom(0, 0, 3_600_000, 400 * 86_400_000),
        (size, which, who, asItsOwn, later) => {
          const again = createScribe()
          for (const envelope of envelopes.slice(0, size)) {
            again.record.check(envelope).commit()
            again.wait(1000)
          }
          again.wait(later)
          const { body, from, notAfter } = bodies[which] as (typeof bodies)[number]
          const any = signers[who] as (typeof signers)[number]
          const own = signers.filter((signer) => signer.from === from)
          const signer = asItsOwn ? (own[who % own.length] ?? any) : any
          const header = notAfter === null ? {} : again.inMinutes(20)
          const whole = [...envelopes.slice(0, size), again.sign(signer.from, signer.keys, body, header)]
          const known = refusalOfRecord(whole)
          // What breaks two rules may be refused for either.
          expect(firstFault(whole)?.entry).toBe(known?.entry)
          taken[known === undefined ? 0 : 1] = (taken[known === undefined ? 0 : 1] ?? 0) + 1
        },
      ),
      // The first one is what came next in the story, by whom it came: taken.
      { numRuns: 25, examples: [[4, 4, 1, true, 0]] },
    )
    expect(taken.every((count) => count > 0)).toBe(true)
  })
})
