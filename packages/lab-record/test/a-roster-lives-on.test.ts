import type { AgreementId, RosterDocument, StatementEnvelope } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import { describe, expect, it } from 'vitest'
import {
  agreedRecoveries,
  agreementStatus,
  createLabRecord,
  currentExtracts,
  epochDue,
  usableCeremony,
} from '../src/index.ts'
import { agreementDocument } from './support/agreement.ts'
import {
  broker,
  coordinator,
  ggd,
  keyOf,
  lab,
  minute,
  type Party,
  parties,
  politie,
  publicOf,
  rosterDocument,
  school,
  zorg,
} from './support/cast.ts'
import { createScribe } from './support/scribe.ts'

type Scribe = ReturnType<typeof createScribe>
const inForce = ({ record }: Scribe) => record.state.roster?.document.version
const of = (scribe: Scribe, agreement: AgreementId) => {
  const found = scribe.record.state.agreements.get(agreement)
  if (found === undefined) throw new Error('no agreement')
  return found
}
const withNode = (party: Party, name: string): Party => ({ ...party, node: keyOf(name) })

/** Both officers of a newcomer show that they hold their key. */
function joins(scribe: Scribe, next: RosterDocument, party: Party): void {
  scribe.acceptNext(next, party, party.officers[1])
}

/** What another reader makes of the same entries. */
function replayed(envelopes: readonly StatementEnvelope[]) {
  const record = createLabRecord({ lab, brokerPublicKey: publicOf(broker).publicKey })
  for (const envelope of envelopes) record.check(envelope).commit()
  return record
}

describe('a partner joins', () => {
  it('once enough of those who are in have accepted and the newcomer has shown its keys', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const next = scribe.successor([...parties, school])
    scribe.putForward(next)
    joins(scribe, next, school)
    scribe.acceptNext(next, ggd)
    expect(inForce(scribe)).toBe(1)
    scribe.acceptNext(next, politie)
    expect(inForce(scribe)).toBe(2)
    // Who had not accepted yet may still do so; the lab did not wait.
    scribe.acceptNext(next, zorg)
    expect([...scribe.record.state.rosterAcceptedBy.keys()].sort()).toEqual(['ggd', 'politie', 'school', 'zorg'])
  })

  it('and the roster may be put forward by an officer, so that no broker can stand in the way', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const next = scribe.successor([...parties, school])
    scribe.byOfficer(zorg, { kind: 'roster', document: next })
    joins(scribe, next, school)
    for (const party of [ggd, zorg]) scribe.acceptNext(next, party)
    expect(inForce(scribe)).toBe(2)
  })

  it('and what was signed under the roster before stays on record for every later reader', () => {
    const scribe = createScribe()
    const agreement = scribe.until.delivered()
    const next = scribe.successor([...parties, school])
    scribe.putForward(next)
    joins(scribe, next, school)
    for (const party of [ggd, politie]) scribe.acceptNext(next, party)
    // The agreement of the three goes on: nobody of it left.
    expect(agreementStatus(of(scribe, agreement), scribe.now())).toBe('active')
    const again = replayed(scribe.envelopes)
    expect(toHex(again.tree.root())).toBe(toHex(scribe.record.tree.root()))
    expect(again.state.rosters.map(({ document }) => document.version)).toEqual([1, 2])
    expect(currentExtracts(again.state, agreement)).toHaveLength(3)
  })

  it('a later proposal takes the place of one that was not accepted, and what was accepted of that counts no more', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const first = scribe.successor([...parties, school])
    scribe.putForward(first)
    scribe.acceptNext(first, ggd)
    const second = scribe.successor(parties, { expires: new Date(scribe.now() + minute * 60_000).toISOString() })
    scribe.putForward(second)
    scribe.refuses(
      'wrong_roster',
      scribe.sign('politie', [politie.officers[0], politie.node, politie.witness], scribe.acceptanceOf(first)),
    )
    scribe.acceptNext(second, politie)
    expect(inForce(scribe)).toBe(1)
    scribe.acceptNext(second, ggd)
    expect(scribe.record.state.roster?.document.expires).toBe(second.expires)
  })
})

describe('a partner leaves', () => {
  it('without its signature, and every agreement that names it closes at once', () => {
    const scribe = createScribe()
    const agreement = scribe.until.delivered()
    const next = scribe.successor([ggd, politie])
    scribe.putForward(next)
    for (const party of [ggd, politie]) scribe.acceptNext(next, party)
    expect(agreementStatus(of(scribe, agreement), scribe.now())).toBe('withdrawn')
    scribe.refuses('signer_unknown', scribe.sign('zorg', [zorg.node], scribe.extractBody(agreement, zorg)))
    scribe.refuses('revoked', scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd)))
    scribe.refuses(
      'revoked',
      scribe.sign('coordinator', [coordinator], scribe.requestBody(agreement), scribe.inMinutes(60)),
    )
  })

  it('and may itself say that it accepts; a newcomer is not counted among those who decide', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const next = scribe.successor([ggd, politie, school])
    scribe.putForward(next)
    scribe.write('zorg', [zorg.officers[0]], scribe.acceptanceOf(next))
    joins(scribe, next, school)
    expect(inForce(scribe)).toBe(1)
    scribe.acceptNext(next, ggd)
    expect(inForce(scribe)).toBe(2)
  })

  it('and the rest sign an agreement in the place of the old one', () => {
    const scribe = createScribe()
    const old = scribe.until.delivered()
    const next = scribe.successor([ggd, politie])
    scribe.putForward(next)
    for (const party of [ggd, politie]) scribe.acceptNext(next, party)
    const { parties: all, datasets } = agreementDocument()
    const successor = scribe.propose({
      reference: 'A-2',
      supersedes: old,
      parties: all.slice(0, 2),
      datasets: datasets.slice(0, 2),
    })
    for (const party of [ggd, politie]) scribe.approve(successor, party)
    expect(agreementStatus(of(scribe, successor), scribe.now())).toBe('active')
  })

  it('an agreement that shares nobody with the old one cannot take its place', () => {
    const scribe = createScribe()
    const old = scribe.until.active()
    const next = scribe.successor([...parties, school])
    scribe.putForward(next)
    joins(scribe, next, school)
    for (const party of [ggd, politie]) scribe.acceptNext(next, party)
    const { parties: all, datasets } = agreementDocument()
    const two = all.slice(0, 2).map((party, at) => ({ ...party, id: ['school', 'elders'][at] }))
    const document = agreementDocument({
      reference: 'A-2',
      supersedes: old,
      parties: two as never,
      datasets: datasets.slice(0, 2),
    })
    scribe.refuses('agreement_invalid', scribe.sign('coordinator', [coordinator], { kind: 'agreement', document }))
  })
})

describe('a key is replaced', () => {
  it('with the old key signing along, and the epoch goes on', () => {
    const scribe = createScribe()
    const agreement = scribe.until.delivered()
    const renewed = withNode(ggd, 'ggd/new node')
    const next = scribe.successor([renewed, politie, zorg])
    scribe.putForward(next)
    scribe.acceptNext(next, renewed, ggd.node)
    scribe.acceptNext(next, zorg)
    expect(inForce(scribe)).toBe(2)
    expect(usableCeremony(of(scribe, agreement))?.epoch).toBe(1)
    scribe.refuses('signer_unknown', scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd)))
    const replaces = scribe.extractBody(agreement, ggd).extractId
    scribe.byNode(renewed, scribe.extractBody(agreement, ggd, { extractId: '9'.repeat(32), version: 2, replaces }))
  })

  it('without it, and the epoch is closed: who held the old key may have read the ceremony', () => {
    const scribe = createScribe()
    const { agreement, requestHash, jobHash } = scribe.until.jobbed()
    const renewed = withNode(ggd, 'ggd/new node')
    const next = scribe.successor([renewed, politie, zorg])
    scribe.putForward(next)
    // Threshold alone: the others decide, the party itself only shows its new key.
    for (const party of [politie, zorg]) scribe.acceptNext(next, party)
    expect(inForce(scribe)).toBe(1)
    scribe.acceptNext(next, renewed)
    expect(inForce(scribe)).toBe(2)
    const found = of(scribe, agreement)
    expect(usableCeremony(found)).toBeUndefined()
    expect(epochDue(found)).toBe(2)
    scribe.refuses('revoked', scribe.sign('zorg', [zorg.node], scribe.releaseBody(requestHash, jobHash, zorg)))
    for (const party of [renewed, politie, zorg]) scribe.byNode(party, scribe.saltBodies.commit(agreement, party, 2))
  })

  it('of an officer: the new one shows the key, the old one signs nothing any more', () => {
    const scribe = createScribe()
    const agreement = scribe.until.active()
    const successor = keyOf('ggd/third officer')
    const renewed: Party = { ...ggd, officers: [successor, ggd.officers[1]] }
    const next = scribe.successor([renewed, politie, zorg])
    scribe.putForward(next)
    scribe.write('ggd', [ggd.officers[0], ggd.node, ggd.witness], scribe.acceptanceOf(next))
    scribe.acceptNext(next, zorg)
    expect(inForce(scribe)).toBe(1)
    scribe.write('ggd', [successor, ggd.node, ggd.witness], scribe.acceptanceOf(next))
    expect(inForce(scribe)).toBe(2)
    const withdraws = { kind: 'revocation', scope: 'agreement', id: agreement, reason: 'r' } as const
    scribe.refuses('signer_unknown', scribe.sign('ggd', [ggd.officers[0]], withdraws))
    scribe.write('ggd', [successor], withdraws)
  })

  it('of the broker and its log, each shown by a signature', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const [brokerKey, logKey] = [keyOf('new broker'), keyOf('new log')]
    const next = scribe.successor(parties, {
      broker: { name: 'broker.test', brokerKey: publicOf(brokerKey), logKey: publicOf(logKey) },
    })
    scribe.putForward(next)
    for (const party of [ggd, zorg]) scribe.acceptNext(next, party)
    expect(inForce(scribe)).toBe(1)
    scribe.write('broker', [broker, brokerKey, logKey], scribe.acceptanceOf(next))
    expect(inForce(scribe)).toBe(2)
    const third = scribe.successor(parties)
    scribe.refuses('signer_unknown', scribe.sign('broker', [broker], { kind: 'roster', document: third }))
    scribe.write('broker', [brokerKey], { kind: 'roster', document: third })
    expect(replayed(scribe.envelopes).state.roster?.document.version).toBe(2)
  })

  it('of a coordinator, who shows it as well', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const other = keyOf('second coordinator')
    const next = scribe.successor(parties, { coordinators: [{ ...publicOf(other), kind: 'ed25519' }] })
    scribe.putForward(next)
    for (const party of [ggd, zorg]) scribe.acceptNext(next, party)
    expect(inForce(scribe)).toBe(1)
    scribe.write('coordinator', [other], scribe.acceptanceOf(next))
    expect(inForce(scribe)).toBe(2)
    const proposes = { kind: 'agreement', document: agreementDocument() } as const
    scribe.refuses('signer_unknown', scribe.sign('coordinator', [coordinator], proposes))
    scribe.write('coordinator', [other], proposes)
  })
})

describe('a roster that has expired', () => {
  it('lets nothing begin; it can be renewed, and withdrawing is always possible', () => {
    const scribe = createScribe()
    const agreement = scribe.until.delivered()
    const expires = Date.parse(rosterDocument().expires)
    scribe.wait(expires - scribe.now())
    scribe.refuses('roster_expired', scribe.sign('ggd', [ggd.node], scribe.saltBodies.commit(agreement, ggd, 2)))
    scribe.refuses('roster_expired', scribe.sign('coordinator', [coordinator], scribe.requestBody(agreement)))
    scribe.byOfficer(politie, {
      kind: 'revocation',
      scope: 'extract',
      id: scribe.extractBody(agreement, politie).extractId,
      reason: 'r',
    })
    const next = scribe.successor(parties, { expires: new Date(expires + 60 * 24 * 60 * minute).toISOString() })
    scribe.putForward(next)
    for (const party of [ggd, politie]) scribe.acceptNext(next, party)
    expect(inForce(scribe)).toBe(2)
    const validUntil = new Date(expires + 30 * 24 * 60 * minute).toISOString()
    scribe.approve(scribe.propose({ reference: 'A-2', validUntil }), ggd)
  })
})

describe('a next epoch', () => {
  it('that was planned leaves the deliveries in use until the new secret is there', () => {
    const scribe = createScribe()
    const { agreement, requestHash, jobHash } = scribe.until.jobbed()
    scribe.byOfficer(zorg, { kind: 'epoch-rotation', agreement, epoch: 2, reason: 'scheduled' })
    expect(usableCeremony(of(scribe, agreement))?.epoch).toBe(1)
    scribe.byNode(ggd, scribe.releaseBody(requestHash, jobHash, ggd))
    scribe.ceremony(agreement, 2)
    expect(usableCeremony(of(scribe, agreement))?.epoch).toBe(2)
    expect(currentExtracts(scribe.record.state, agreement)).toEqual([])
    scribe.refuses('revoked', scribe.sign('zorg', [zorg.node], scribe.releaseBody(requestHash, jobHash, zorg)))
    scribe.refuses('ceremony_not_complete', scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd)))
    // Delivered again: it replaces nothing of this epoch.
    scribe.byNode(ggd, scribe.extractBody(agreement, ggd, { epoch: 2, extractId: '9'.repeat(32) }))
  })

  it('that was given up leaves the one before in use', () => {
    const scribe = createScribe()
    const agreement = scribe.until.delivered()
    scribe.byOfficer(zorg, { kind: 'epoch-rotation', agreement, epoch: 2, reason: 'scheduled' })
    scribe.byNode(ggd, scribe.saltBodies.commit(agreement, ggd, 2))
    scribe.byNode(politie, scribe.saltBodies.abort(agreement, politie, 2))
    expect(usableCeremony(of(scribe, agreement))?.epoch).toBe(1)
    expect(currentExtracts(scribe.record.state, agreement)).toHaveLength(3)
    scribe.ceremony(agreement, 3)
    expect(usableCeremony(of(scribe, agreement))?.epoch).toBe(3)
  })

  it('after a secret came out closes the deliveries at once', () => {
    const scribe = createScribe()
    const agreement = scribe.until.delivered()
    scribe.byOfficer(zorg, { kind: 'epoch-rotation', agreement, epoch: 2, reason: 'compromise' })
    expect(usableCeremony(of(scribe, agreement))).toBeUndefined()
    scribe.refuses(
      'ceremony_not_complete',
      scribe.sign('coordinator', [coordinator], scribe.requestBody(agreement), scribe.inMinutes(60)),
    )
  })
})

describe('a recovery', () => {
  it('holds once officers of as many parties as the threshold named the same checkpoint', () => {
    const scribe = createScribe()
    scribe.until.accepted()
    const { tree } = scribe.record
    const here = { kind: 'recovery', size: tree.size, root: toHex(tree.root()), reason: 'r' } as const
    scribe.byOfficer(ggd, here)
    scribe.byOfficer(politie, { ...here, size: here.size - 1, root: toHex(tree.root(here.size - 1)) })
    expect(agreedRecoveries(scribe.record.state)).toEqual([])
    scribe.byOfficer(zorg, here)
    expect(agreedRecoveries(scribe.record.state).map(({ size, root }) => ({ size, root }))).toEqual([
      { size: here.size, root: here.root },
    ])
  })
})
