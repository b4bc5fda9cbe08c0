/** Attacks of protocol.md §6 as far as the record alone stops them; the numbers are those of that list. */
import { describe, expect, it } from 'vitest'
import { approvalsMissing } from '../src/index.ts'
import { agreementDocument } from './support/agreement.ts'
import { broker, coordinator, ggd, keyOf, politie, zorg } from './support/cast.ts'
import { createScribe, extractIdOf, requestIdOf } from './support/scribe.ts'

const approved = (requestHash: string) =>
  ({ kind: 'request-approval', requestHash, decision: 'approved', reason: null }) as const

describe('nobody approves in the name of another', () => {
  it('14: an approval made with the broker’s, a coordinator’s or a stranger’s key is none', () => {
    const scribe = createScribe()
    const { requestHash } = scribe.until.requested()
    for (const from of ['zorg', 'broker', 'coordinator'])
      for (const key of [broker, coordinator, zorg.node, zorg.witness])
        scribe.refuses('not_in_role', scribe.sign(from, [key], approved(requestHash)))
    scribe.refuses('signer_unknown', scribe.sign('zorg', [keyOf('session')], approved(requestHash)))
    // A right signature beside it does not help: the one whose chain it is decides.
    scribe.refuses('not_in_role', scribe.sign('broker', [broker, zorg.officers[0]], approved(requestHash)))
    scribe.refuses('not_in_role', scribe.sign('ggd', [zorg.officers[0]], approved(requestHash)))
  })

  it('15: an approval of one request opens no other', () => {
    const scribe = createScribe()
    const { agreement, requestHash } = scribe.until.requested()
    const other = scribe.byCoordinator(scribe.requestBody(agreement, { requestId: requestIdOf(2), question: 'anders' }))
    scribe.approveRequest(requestHash, 0)
    scribe.approveRequest(requestHash, 1)
    const state = scribe.record.state.requests.get(other.hash)
    expect(state && approvalsMissing(scribe.record.state, state)).toEqual(['zorg'])
    scribe.refuses(
      'job_out_of_order',
      scribe.sign('broker', [broker], scribe.jobBody(other.hash), scribe.inMinutes(10)),
    )
  })

  it('16: one officer counts once, and a coordinator does not approve the own request', () => {
    const scribe = createScribe()
    const { requestHash } = scribe.until.requested()
    scribe.approveRequest(requestHash, 0)
    scribe.refuses('already_decided', scribe.sign('zorg', [zorg.officers[0]], approved(requestHash)))
    scribe.refuses('not_in_role', scribe.sign('coordinator', [coordinator], approved(requestHash)))
    scribe.refuses(
      'job_out_of_order',
      scribe.sign('broker', [broker], scribe.jobBody(requestHash), scribe.inMinutes(10)),
    )
    scribe.approveRequest(requestHash, 1)
    scribe.byBroker(scribe.jobBody(requestHash), scribe.inMinutes(10))
  })
})

it('19: a signature holds for its own kind and its own lab only', () => {
  const scribe = createScribe()
  const { requestHash } = scribe.until.requested()
  const good = scribe.sign('zorg', [zorg.officers[0]], approved(requestHash))
  for (const kind of ['agreement-approval', 'revocation', 'request'])
    scribe.refuses('signature_invalid', { ...good, payloadType: `application/vnd.datalab.${kind}.v1+json` })
  scribe.refuses('wrong_lab', scribe.sign('zorg', [zorg.officers[0]], approved(requestHash), { lab: 'elders' }))
  // Another lab with the same keys has another roster hash, so even the lab's name put right would not do.
  scribe.refuses(
    'wrong_roster',
    scribe.sign('zorg', [zorg.officers[0]], approved(requestHash), { roster: 'ab'.repeat(32) }),
  )
})

describe('a request and its keys are used once, for what was asked', () => {
  it('27: the same request id twice is refused, and of two releases that race one counts', () => {
    const scribe = createScribe()
    const { agreement, requestHash, jobHash } = scribe.until.jobbed()
    scribe.refuses(
      'request_exists',
      scribe.sign('coordinator', [coordinator], scribe.requestBody(agreement, { question: 'nog eens' })),
    )
    const race = [
      scribe.releaseBody(requestHash, jobHash, ggd),
      scribe.releaseBody(requestHash, jobHash, ggd, { ct: 'cd' }),
    ]
    const [first, second] = race.map((body) => scribe.sign('ggd', [ggd.node], body))
    if (!first || !second) throw new Error('no envelopes')
    scribe.record.check(first, scribe.now()).commit()
    scribe.refuses('chain_fork', second)
    scribe.refuses(
      'job_out_of_order',
      scribe.sign('ggd', [ggd.node], scribe.releaseBody(requestHash, jobHash, ggd, { ct: 'cd' })),
    )
    expect(scribe.record.state.requests.get(requestHash)?.releases.size).toBe(1)
  })

  it('28: no release for the job of another request, for one that ended, or for one the broker did not sign', () => {
    const scribe = createScribe()
    const { agreement, requestHash, jobHash } = scribe.until.jobbed()
    const other = scribe.byCoordinator(scribe.requestBody(agreement, { requestId: requestIdOf(2) }))
    const release = (request: string, job: string, header = {}) =>
      scribe.sign('ggd', [ggd.node], scribe.releaseBody(request, job, ggd), header)
    scribe.refuses('job_out_of_order', release(other.hash, jobHash))
    scribe.refuses('job_out_of_order', release(requestHash, other.hash))
    scribe.refuses('not_in_role', scribe.sign('broker', [ggd.node], scribe.jobBody(other.hash), scribe.inMinutes(10)))
    scribe.refuses(
      'signer_unknown',
      scribe.sign('broker', [keyOf('other broker')], scribe.jobBody(other.hash), scribe.inMinutes(10)),
    )
    const late = release(requestHash, jobHash, scribe.inMinutes(10))
    scribe.wait(11 * 60_000)
    scribe.refuses('statement_expired', late)
    scribe.byBroker({ kind: 'job-closed', requestHash, reason: 'expired' })
    scribe.refuses('job_out_of_order', release(requestHash, jobHash))
  })

  it('29: a release covers the columns of the request: no more, no fewer, none twice, none of another delivery', () => {
    const scribe = createScribe()
    const { requestHash, jobHash } = scribe.until.jobbed()
    const release = (change: Record<string, unknown>, party = ggd) =>
      scribe.sign(party.id, [party.node], scribe.releaseBody(requestHash, jobHash, party, change))
    scribe.refuses('column_not_agreed', release({ columns: ['token:B1', 'present:B1', 'ggd.kenmerk', 'ggd.inkomen'] }))
    scribe.refuses('column_not_agreed', release({ columns: ['token:B1'] }))
    scribe.refuses('column_not_agreed', release({ columns: ['token:B1', 'token:B1'] }))
    scribe.refuses('not_in_role', release({ extractId: extractIdOf(zorg) }))
    scribe.refuses('not_in_role', scribe.sign('politie', [politie.node], scribe.releaseBody(requestHash, jobHash, ggd)))
    scribe.byNode(
      ggd,
      scribe.releaseBody(requestHash, jobHash, ggd, { columns: ['ggd.kenmerk', 'token:B1', 'present:B1'] }),
    )
  })
})

it('50: a statement of the past, a second one in its place, or one on another past is refused and told apart', () => {
  const scribe = createScribe()
  scribe.until.accepted()
  const propose = (reference: string, header = {}) =>
    scribe.sign('coordinator', [coordinator], { kind: 'agreement', document: agreementDocument({ reference }) }, header)
  const first = propose('A-1')
  const instead = propose('A-2')
  scribe.record.check(first, scribe.now()).commit()
  scribe.refuses('chain_replay', first)
  scribe.refuses('chain_fork', instead)
  scribe.refuses('chain_fork', propose('A-3', { prev: 'ab'.repeat(32) }))
  scribe.refuses('chain_gap', propose('A-3', { seq: 3 }))
  scribe.record.check(propose('A-3'), scribe.now()).commit()
  // By now both are old: the record no longer holds what stood there, the log does.
  scribe.refuses('chain_replay', first)
  scribe.refuses('chain_replay', instead)
})
