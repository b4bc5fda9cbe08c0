/** A ceremony, the next epoch, and the joint numbers made with it. */
import type { StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import { agreementFaults, type LabRecordErrorCode } from '../../src/index.ts'
import { agreementDocument } from '../support/agreement.ts'
import { ggd, parties, politie, zorg } from '../support/cast.ts'
import { hex } from '../support/scribe.ts'
import { refusals, unknown } from './refusals.ts'

describe('a ceremony goes in its order', () => {
  refusals('commits by all, then reveals by all, then confirms, each once', (scribe) => {
    const agreement = scribe.until.active()
    const { commit, reveal, confirm } = scribe.saltBodies
    const sign = (body: StatementBody, party = ggd) => scribe.sign(party.id, [party.node], body)
    const refused: [LabRecordErrorCode, StatementEnvelope][] = []
    const now = (code: LabRecordErrorCode, envelope: StatementEnvelope) => {
      scribe.refuses(code, envelope)
      refused.push([code, envelope])
    }
    now('ceremony_out_of_order', sign(commit(agreement, ggd, 2)))
    now('not_in_role', sign(commit(agreement, politie)))
    now('not_in_role', scribe.sign('ggd', [ggd.officers[0]], commit(agreement, ggd)))
    now('ceremony_out_of_order', sign(reveal(agreement, zorg)))
    for (const party of parties) {
      now('ceremony_out_of_order', sign(reveal(agreement, zorg)))
      scribe.byNode(party, commit(agreement, party))
    }
    now('ceremony_out_of_order', sign(commit(agreement, ggd)))
    now('ceremony_out_of_order', sign(commit(agreement, ggd, 2)))
    now('ceremony_out_of_order', sign(reveal(agreement, ggd)))
    for (const from of parties)
      for (const to of parties)
        if (from !== to) {
          now('ceremony_out_of_order', sign(confirm(agreement, ggd)))
          scribe.byNode(from, reveal(agreement, to))
          now('ceremony_out_of_order', scribe.sign(from.id, [from.node], reveal(agreement, to)))
        }
    scribe.byNode(ggd, confirm(agreement, ggd))
    now('ceremony_out_of_order', sign(confirm(agreement, ggd)))
    now('not_in_role', sign(confirm(agreement, politie)))
    now('ceremony_not_complete', sign(scribe.extractBody(agreement, ggd)))
    return [['ceremony_not_complete', sign(scribe.extractBody(agreement, ggd))]]
  })

  refusals('can be given up until somebody delivered under it, and goes on under the next number', (scribe) => {
    const agreement = scribe.until.keyed()
    const { abort, commit, confirm } = scribe.saltBodies
    scribe.byNode(ggd, abort(agreement, ggd))
    scribe.refuses('ceremony_out_of_order', scribe.sign('zorg', [zorg.node], confirm(agreement, zorg)))
    scribe.refuses('ceremony_not_complete', scribe.sign('zorg', [zorg.node], scribe.extractBody(agreement, zorg)))
    scribe.ceremony(agreement, 2)
    scribe.byNode(ggd, scribe.extractBody(agreement, ggd, { epoch: 2 }))
    return [
      ['ceremony_out_of_order', scribe.sign('zorg', [zorg.node], abort(agreement, zorg, 2))],
      ['ceremony_out_of_order', scribe.sign('zorg', [zorg.node], commit(agreement, zorg, 3))],
      ['ceremony_not_complete', scribe.sign('zorg', [zorg.node], scribe.extractBody(agreement, zorg))],
    ]
  })
})

describe('the next epoch', () => {
  const rotation = (agreement: string, epoch: number, reason: 'scheduled' | 'compromise' = 'scheduled') =>
    ({ kind: 'epoch-rotation', agreement: agreement as never, epoch, reason }) as const
  refusals('is asked for by an officer of a party, once the one before is complete, one at a time', (scribe) => {
    const running = scribe.until.active()
    const by = (party: typeof ggd, body: StatementBody) => scribe.sign(party.id, [party.officers[0]], body)
    scribe.refuses('ceremony_not_complete', by(ggd, rotation(running, 1)))
    scribe.ceremony(running)
    const good = by(ggd, rotation(running, 2))
    scribe.refuses('ceremony_out_of_order', scribe.sign('ggd', [ggd.node], scribe.saltBodies.commit(running, ggd, 2)))
    scribe.byOfficer(zorg, rotation(running, 2))
    return [
      ['ceremony_out_of_order', good],
      ['ceremony_out_of_order', by(ggd, rotation(running, 3))],
      ['not_in_role', scribe.sign('ggd', [ggd.node], rotation(running, 2))],
      ['agreement_unknown', by(ggd, rotation(unknown, 2))],
      ['ceremony_out_of_order', scribe.sign('ggd', [ggd.node], scribe.saltBodies.commit(running, ggd, 3))],
    ]
  })
})

describe('joint numbers', () => {
  const joint = { pseudonymMode: 'joint-oprf' } as const

  refusals('a reveal shows what commits to a share where shares are agreed, and nothing elsewhere', (scribe) => {
    scribe.until.accepted()
    const signed = [scribe.propose(joint), scribe.propose({ reference: 'A-2' })]
    for (const [at, agreement] of signed.entries()) {
      for (const party of parties) scribe.approve(agreement, party)
      for (const party of parties) scribe.byNode(party, scribe.saltBodies.commit(agreement, party))
      const wrong = { shareCommitment: at === 0 ? '' : hex(32, '9') }
      const reveal = { ...scribe.saltBodies.reveal(agreement, politie), ...wrong }
      scribe.refuses('ceremony_out_of_order', scribe.sign('ggd', [ggd.node], reveal))
    }
    return []
  })

  refusals('are asked of another party, by one that may use the citizen number and has it', (scribe) => {
    const document = agreementDocument(joint)
    const agreement = scribe.until.keyed({
      ...joint,
      parties: document.parties.map((party) =>
        party.id === 'zorg' ? { ...party, citizenNumber: { allowed: false, statute: null } } : party,
      ),
      datasets: document.datasets.map((one) =>
        one.party === 'zorg' ? { ...one, identifiers: [], linkageKeys: [] } : one,
      ),
    })
    const { batch } = scribe.oprfBodies
    return [
      ['oprf_not_agreed', scribe.sign('zorg', [zorg.node], batch(agreement, ggd))],
      ['oprf_not_agreed', scribe.sign('ggd', [ggd.node], batch(agreement, ggd))],
      ['oprf_not_agreed', scribe.sign('ggd', [ggd.node], batch(agreement, ggd, { to: 'elders' }))],
      ['not_in_role', scribe.sign('ggd', [ggd.officers[0]], batch(agreement, zorg))],
      ['ceremony_not_complete', scribe.sign('ggd', [ggd.node], batch(agreement, zorg, { epoch: 2 }))],
      ['statement_malformed', scribe.sign('ggd', [ggd.node], batch(agreement, zorg, { count: 65_537 }))],
      ['statement_malformed', scribe.sign('ggd', [ggd.node], batch(agreement, zorg, { count: 0 }))],
    ]
  })

  refusals('are not asked where the numbers are salted', (scribe) => {
    const agreement = scribe.until.keyed()
    return [['oprf_not_agreed', scribe.sign('ggd', [ggd.node], scribe.oprfBodies.batch(agreement, zorg))]]
  })

  refusals('are not asked before the ceremony is complete, nor once the agreement is withdrawn', (scribe) => {
    const agreement = scribe.until.active(joint)
    const asks = () => scribe.sign('ggd', [ggd.node], scribe.oprfBodies.batch(agreement, zorg))
    scribe.refuses('ceremony_not_complete', asks())
    scribe.ceremony(agreement)
    scribe.byOfficer(zorg, { kind: 'revocation', scope: 'agreement', id: agreement, reason: 'r' })
    return [['revoked', asks()]]
  })

  refusals('a batch is answered once, by the party it went to, for as many elements as it has', (scribe) => {
    const agreement = scribe.until.keyed(joint)
    const { alarm, batch, evaluation, refusal } = scribe.oprfBodies
    const { hash } = scribe.byNode(ggd, batch(agreement, politie))
    const by = (party: typeof ggd, body: StatementBody) => scribe.sign(party.id, [party.node], body)
    scribe.refuses('oprf_out_of_order', by(ggd, batch(agreement, politie)))
    scribe.refuses('oprf_out_of_order', by(politie, evaluation(agreement, ggd, hex(32, 'f'))))
    scribe.refuses('not_in_role', by(zorg, evaluation(agreement, ggd, hash)))
    scribe.refuses('oprf_out_of_order', by(politie, evaluation(agreement, zorg, hash)))
    scribe.refuses('oprf_out_of_order', by(politie, evaluation(agreement, ggd, hash, { count: 99 })))
    scribe.refuses('oprf_out_of_order', by(ggd, alarm(agreement, politie, hash)))
    scribe.byNode(politie, evaluation(agreement, ggd, hash))
    scribe.refuses('oprf_out_of_order', by(politie, evaluation(agreement, ggd, hash)))
    scribe.refuses('oprf_out_of_order', by(politie, refusal(agreement, ggd, hash)))
    scribe.refuses('not_in_role', by(zorg, alarm(agreement, politie, hash)))
    scribe.refuses('oprf_out_of_order', by(ggd, alarm(agreement, zorg, hash)))
    scribe.byNode(ggd, alarm(agreement, politie, hash))
    return [['oprf_out_of_order', by(ggd, alarm(agreement, politie, hash))]]
  })

  it('are agreed only where there is a citizen number to make them of', () => {
    const linkage = { ...agreementDocument().linkage, keys: [{ id: 'N1', parts: ['surname', 'birthDate'] }] } as never
    expect(agreementFaults(agreementDocument({ ...joint, linkage })).join()).toContain('pseudonymMode: joint numbers')
    expect(agreementFaults(agreementDocument(joint))).toEqual([])
  })
})
