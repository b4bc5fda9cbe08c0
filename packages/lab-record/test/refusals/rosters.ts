/** A roster, the one that follows it, and going on after a contradiction. */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import { documentHash } from '@kruispunt/statements'
import { describe } from 'vitest'
import type { LabRecordErrorCode } from '../../src/index.ts'
import { agreementDocument } from '../support/agreement.ts'
import { broker, coordinator, ggd, keyOf, politie, publicOf, rosterDocument, school, zorg } from '../support/cast.ts'
import { createScribe, hex } from '../support/scribe.ts'
import { approval, reached, refusals, type Scribe, unknown } from './refusals.ts'

describe('a roster', () => {
  const document = rosterDocument()
  const fresh = (change: Partial<typeof document>, key = broker) => {
    const changed = { ...document, ...change }
    const body = { kind: 'roster', document: changed } as const
    return createScribe().sign('broker', [key], body, { roster: documentHash('roster', changed) })
  }
  refusals('is consistent in itself, and comes from the pinned broker', () => {
    const [one, two, three] = document.parties
    if (!one || !two || !three) throw new Error('no parties')
    return [
      ['roster_invalid', fresh({ quorum: 2 })],
      ['roster_invalid', fresh({ threshold: 4 })],
      ['roster_invalid', fresh({ threshold: 1 })],
      ['roster_invalid', fresh({ version: 2 })],
      ['roster_invalid', fresh({ lab: 'elders' as never })],
      ['roster_invalid', fresh({ parties: [one, one, three] })],
      ['roster_invalid', fresh({ parties: [one, { ...two, nodeKey: one.nodeKey }, three] })],
      [
        'roster_invalid',
        fresh({ parties: [one, two, { ...three, witnessKey: { ...three.witnessKey, keyId: hex(16, '9') as never } }] }),
      ],
      ['wrong_roster', createScribe().sign('broker', [broker], { kind: 'roster', document }, { roster: hex(32, '1') })],
      ['signer_unknown', fresh({}, coordinator)],
    ]
  })

  refusals('comes once, is accepted once by each with all three keys, and nothing else counts before', (scribe) => {
    scribe.until.roster()
    const [officer, second] = ggd.officers
    const before: [LabRecordErrorCode, StatementEnvelope][] = [
      ['roster_exists', scribe.sign('broker', [broker], { kind: 'roster', document })],
      ['roster_key_unproven', scribe.sign('ggd', [officer], scribe.acceptance)],
      ['roster_key_unproven', scribe.sign('ggd', [officer, ggd.node], scribe.acceptance)],
      ['roster_key_unproven', scribe.sign('ggd', [officer, ggd.node, politie.witness], scribe.acceptance)],
      ['not_in_role', scribe.sign('ggd', [ggd.node, ggd.witness, officer], scribe.acceptance)],
      ['not_in_role', scribe.sign('politie', [officer, ggd.node, ggd.witness], scribe.acceptance)],
      [
        'wrong_roster',
        scribe.sign('ggd', [officer, ggd.node, ggd.witness], { ...scribe.acceptance, rosterHash: hex(32, '1') }),
      ],
      [
        'roster_not_accepted',
        scribe.sign('coordinator', [coordinator], { kind: 'agreement', document: agreementDocument() }),
      ],
    ]
    for (const [code, envelope] of before) scribe.refuses(code, envelope)
    scribe.accept(ggd)
    return [
      ...before.slice(0, 1),
      ...before.slice(-1),
      ['already_decided', scribe.sign('ggd', [second, ggd.node, ggd.witness], scribe.acceptance)],
    ]
  })
})

describe('43: a roster that follows', () => {
  const parts = [ggd, politie, zorg] as const
  const propose = (scribe: Scribe, change: Partial<ReturnType<typeof rosterDocument>>) =>
    scribe.sign('broker', [broker], { kind: 'roster', document: scribe.successor(parts, change) })

  refusals('is the very next one, in date, consistent, and leaves every key with whom it is', (scribe) => {
    scribe.until.accepted()
    const current = scribe.record.state.roster
    const [one, two, three] = rosterDocument().parties
    if (current === undefined || !one || !two || !three) throw new Error('no roster')
    const past = new Date(scribe.now()).toISOString()
    return [
      ['roster_rollback', propose(scribe, { version: 1 })],
      ['roster_rollback', scribe.sign('broker', [broker], { kind: 'roster', document: current.document })],
      ['roster_skipped', propose(scribe, { version: 3, prev: hex(32, '5') })],
      ['roster_fast_forward', propose(scribe, { version: 3 })],
      ['roster_fast_forward', propose(scribe, { version: Number.MAX_SAFE_INTEGER })],
      ['roster_prev_differs', propose(scribe, { prev: hex(32, '5') })],
      ['roster_prev_differs', propose(scribe, { prev: null })],
      ['roster_expired', propose(scribe, { expires: past })],
      ['roster_invalid', propose(scribe, { threshold: 1 })],
      ['roster_invalid', propose(scribe, { quorum: 2 })],
      ['roster_invalid', propose(scribe, { broker: { ...current.document.broker, name: 'elders.test' } })],
      [
        'roster_invalid',
        propose(scribe, { parties: [{ ...one, officers: two.officers }, { ...two, officers: one.officers }, three] }),
      ],
      [
        'roster_invalid',
        propose(scribe, { parties: [{ ...one, nodeKey: one.witnessKey, witnessKey: one.nodeKey }, two, three] }),
      ],
      ['not_in_role', scribe.sign('coordinator', [coordinator], { kind: 'roster', document: scribe.successor(parts) })],
      ['not_in_role', scribe.sign('ggd', [ggd.node], { kind: 'roster', document: scribe.successor(parts) })],
      [
        'wrong_roster',
        scribe.sign(
          'broker',
          [broker],
          { kind: 'roster', document: scribe.successor(parts) },
          { roster: hex(32, '5') },
        ),
      ],
    ]
  })

  refusals('counts for nothing until enough parties and every new key have signed', (scribe) => {
    scribe.until.accepted()
    const next = scribe.successor([...parts, school])
    const hash = documentHash('roster', next)
    const acceptance = scribe.acceptanceOf(next)
    scribe.putForward(next)
    const early = () =>
      scribe.sign('coordinator', [coordinator], { kind: 'agreement', document: agreementDocument() }, { roster: hash })
    const [officer] = ggd.officers
    const before: [LabRecordErrorCode, StatementEnvelope][] = [
      ['roster_exists', scribe.sign('broker', [broker], { kind: 'roster', document: next })],
      ['roster_below_threshold', early()],
      ['roster_key_unproven', scribe.sign('ggd', [officer], acceptance)],
      ['roster_key_unproven', scribe.sign('school', [school.officers[0], school.node], acceptance)],
      ['roster_key_unproven', scribe.sign('broker', [broker], acceptance)],
      ['not_in_role', scribe.sign('ggd', [ggd.node, ggd.witness, officer], acceptance)],
      ['not_in_role', scribe.sign('zorg', [officer, ggd.node, ggd.witness], acceptance)],
      [
        'wrong_roster',
        scribe.sign('ggd', [officer, ggd.node, ggd.witness], { ...acceptance, rosterHash: hex(32, '5') }),
      ],
      // Keys of those who are not in yet sign the acceptance and nothing else.
      ['signer_unknown', scribe.sign('school', [school.officers[0]], approval(unknown))],
      ['signer_unknown', scribe.sign('ggd', [officer, school.officers[0]], approval(unknown))],
    ]
    for (const [code, envelope] of before) {
      scribe.refuses(code, envelope)
      reached.add(code)
    }
    scribe.acceptNext(next, ggd)
    scribe.refuses('already_decided', scribe.sign('ggd', [officer, ggd.node, ggd.witness], acceptance))
    // A newcomer proves its keys; it does not vote itself in.
    scribe.acceptNext(next, school)
    scribe.refuses('roster_below_threshold', early())
    scribe.acceptNext(next, zorg)
    // Both officers of the newcomer are new, and one of them has not signed.
    scribe.refuses('signer_unknown', scribe.sign('ggd', [officer, keyOf('stranger')], acceptance))
    const [, second] = school.officers
    return [
      ['roster_key_unproven', early()],
      [
        'roster_expired',
        scribe.sign('school', [second, school.node, school.witness], acceptance),
        Date.parse(next.expires),
      ],
    ]
  })

  refusals('of a broker that has new keys needs a signature of each', (scribe) => {
    scribe.until.accepted()
    const [brokerKey, newLog] = [keyOf('new broker'), keyOf('new log')]
    const names = { name: 'broker.test', brokerKey: publicOf(brokerKey), logKey: publicOf(newLog) }
    const next = scribe.successor(parts, { broker: names })
    scribe.putForward(next)
    for (const party of parts.slice(0, 2)) scribe.acceptNext(next, party)
    const acceptance = scribe.acceptanceOf(next)
    return [
      ['roster_key_unproven', scribe.sign('broker', [broker, brokerKey], acceptance)],
      ['roster_key_unproven', scribe.sign('broker', [brokerKey], acceptance)],
      ['signer_unknown', scribe.sign('broker', [brokerKey], { kind: 'roster', document: next })],
    ]
  })
})

describe('a recovery', () => {
  refusals('is said by officers, once a party, of what this log holds', (scribe) => {
    scribe.until.accepted()
    const { tree } = scribe.record
    const here = { kind: 'recovery', size: tree.size, root: toHex(tree.root()), reason: 'r' } as const
    scribe.byOfficer(ggd, here)
    return [
      ['already_decided', scribe.sign('ggd', [ggd.officers[1]], here)],
      ['not_in_role', scribe.sign('ggd', [ggd.node], here)],
      ['not_in_role', scribe.sign('broker', [broker], here)],
      ['recovery_differs', scribe.sign('zorg', [zorg.officers[0]], { ...here, root: hex(32, '5') })],
      ['recovery_differs', scribe.sign('zorg', [zorg.officers[0]], { ...here, size: tree.size + 5 })],
    ]
  })
})
