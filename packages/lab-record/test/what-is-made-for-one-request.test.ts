import { describe, expect, it } from 'vitest'
import { asksOwnExtracts, currentExtracts, extractsMissing, isRequestOver } from '../src/index.ts'
import { broker, coordinator, ggd, minute, parties, politie, zorg } from './support/cast.ts'
import { extractIdOf, hex, requestIdOf } from './support/scribe.ts'
import { keptId, madeIdOf, singleRequestScribe, singleRequestStory } from './support/single-request-story.ts'

describe('a dataset that is opened for single requests only', () => {
  it('has no standing delivery in any log', () => {
    const scribe = singleRequestScribe()
    const agreement = scribe.single.ready()
    scribe.refuses('extract_mode_differs', scribe.sign('zorg', [zorg.node], scribe.extractBody(agreement, zorg)))
    expect(currentExtracts(scribe.record.state, agreement).map(({ recorded }) => recorded.statement.party)).toEqual([
      'ggd',
      'politie',
    ])
  })

  it('makes every extract of a request that asks it one of that request, and of no other', () => {
    const { record, agreement } = singleRequestStory()
    const document = record.state.agreements.get(agreement)?.document
    if (document === undefined) throw new Error('no agreement')
    expect(asksOwnExtracts(document, [{ dataset: 'zorg.data' }, { dataset: 'ggd.data' }])).toBe(true)
    expect(asksOwnExtracts(document, [{ dataset: 'ggd.data' }])).toBe(false)
    // What stands still counts, and nothing of a request does.
    expect(currentExtracts(record.state, agreement).map(({ recorded }) => recorded.statement.extractId)).toEqual([
      extractIdOf(ggd),
      extractIdOf(politie),
    ])
  })
})

describe('a request for it', () => {
  it('names new ids, every dataset once, version 1 and agreed columns', () => {
    const scribe = singleRequestScribe()
    const agreement = scribe.single.ready()
    scribe.single.asked(1, agreement)
    const [first, second, third] = scribe.ownRequest(agreement, 2).extracts
    if (!first || !second || !third) throw new Error('no extracts')
    const ask = (extracts: readonly object[]) =>
      scribe.sign('coordinator', [coordinator], scribe.ownRequest(agreement, 2, { extracts }), scribe.inMinutes(60))
    scribe.refuses('extract_exists', ask([{ ...first, extractId: madeIdOf(1, ggd) }, third]))
    scribe.refuses('extract_exists', ask([{ ...first, extractId: extractIdOf(politie) }, third]))
    scribe.refuses('request_invalid', ask([first, { ...first, extractId: hex(16, '9') }, third]))
    scribe.refuses('request_invalid', ask([{ ...first, version: 2 }, third]))
    scribe.refuses('request_invalid', ask([{ ...first, party: 'politie' }, third]))
    scribe.refuses('request_invalid', ask([{ ...first, dataset: 'ggd.anders' }, third]))
    scribe.refuses('column_not_agreed', ask([{ ...first, columns: ['token:B1', 'ggd.inkomen'] }, third]))
    scribe.refuses('column_not_agreed', ask([{ ...first, columns: ['token:B1', 'token:B1'] }, third]))
    scribe.record.check(ask([third])).commit()
  })

  it('cannot open what was made for another request', () => {
    const scribe = singleRequestScribe()
    const { agreement } = scribe.single.made()
    const others = scribe.ownRequest(agreement, 2).extracts.filter(({ party }) => party !== zorg.id)
    const [first] = others
    const ask = (extracts: readonly object[]) =>
      scribe.sign('coordinator', [coordinator], scribe.ownRequest(agreement, 2, { extracts }), scribe.inMinutes(60))
    scribe.refuses('request_invalid', ask([{ ...first, extractId: madeIdOf(1, ggd) }]))
    const zorgOnly = { ...scribe.ownRequest(agreement, 2).extracts[2], extractId: madeIdOf(1, zorg) }
    scribe.refuses('extract_exists', ask([zorgOnly]))
  })

  it('waits for its approvals, then for its extracts, and only then has a job', () => {
    const scribe = singleRequestScribe()
    const { agreement, requestHash } = scribe.single.asked()
    const request = scribe.record.state.requests.get(requestHash)
    if (request === undefined) throw new Error('no request')
    const make = (party = ggd) => scribe.sign(party.id, [party.node], scribe.made(agreement, 1, requestHash, party))
    const job = () => scribe.sign('broker', [broker], scribe.jobBody(requestHash), scribe.inMinutes(30))
    scribe.refuses('job_out_of_order', make())
    scribe.approveRequest(requestHash, 0)
    scribe.refuses('job_out_of_order', make())
    scribe.approveRequest(requestHash, 1)
    scribe.refuses('job_out_of_order', job())
    for (const party of parties) {
      expect(extractsMissing(scribe.record.state, request)).toContain(party.id)
      scribe.byNode(party, scribe.made(agreement, 1, requestHash, party))
    }
    expect(extractsMissing(scribe.record.state, request)).toEqual([])
    scribe.record.check(job()).commit()
  })
})

describe('an extract for one request', () => {
  it('is what the request names: id, owner, dataset, columns; made once, of what counts', () => {
    const scribe = singleRequestScribe()
    const { agreement, requestHash } = scribe.single.approved()
    const make = (party: typeof ggd, change: Record<string, unknown>) =>
      scribe.sign(party.id, [party.node], scribe.made(agreement, 1, requestHash, party, change))
    const { columns } = scribe.made(agreement, 1, requestHash, zorg)
    scribe.refuses('request_invalid', make(zorg, { extractId: hex(16, '9') }))
    scribe.refuses('request_invalid', make(ggd, { extractId: madeIdOf(1, zorg) }))
    scribe.refuses('request_invalid', make(zorg, { version: 2 }))
    scribe.refuses('request_invalid', make(ggd, { replaces: extractIdOf(ggd) }))
    scribe.refuses('column_not_agreed', make(zorg, { columns: columns.slice(1) }))
    scribe.refuses('column_not_agreed', make(zorg, { columns: [...columns, { ...columns[0], name: 'zorg.meer' }] }))
    scribe.refuses('too_many_records', make(zorg, { subjects: 1001 }))
    const source = (id: string) => ({ forRequest: { requestHash, source: id } })
    scribe.refuses('extract_unknown', make(ggd, source(keptId)))
    scribe.refuses('extract_unknown', make(ggd, source(extractIdOf(politie))))
    scribe.refuses('extract_unknown', make(zorg, source(extractIdOf(ggd))))
    scribe.refuses('request_unknown', make(zorg, { forRequest: { requestHash: hex(32, '3'), source: keptId } }))
    scribe.byNode(zorg, scribe.made(agreement, 1, requestHash, zorg))
    scribe.refuses('extract_exists', make(zorg, {}))
  })

  it('is not for a request that asks standing deliveries, and its id is nobody else’s', () => {
    const scribe = singleRequestScribe()
    const { agreement } = scribe.single.approved()
    const body = scribe.requestBody(agreement, { requestId: requestIdOf(2) })
    const standing = body.extracts.filter(({ party }) => party !== zorg.id)
    const { hash } = scribe.byCoordinator({ ...body, extracts: standing }, scribe.inMinutes(60))
    const forStanding = { forRequest: { requestHash: hash, source: extractIdOf(ggd) } }
    const make = (change: Record<string, unknown>) =>
      scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd, change))
    scribe.refuses('extract_mode_differs', make({ extractId: hex(16, '9'), ...forStanding }))
    // A standing delivery under an id that a request waits for would take its place.
    scribe.refuses('extract_exists', make({ extractId: madeIdOf(1, zorg), replaces: extractIdOf(ggd), version: 2 }))
  })

  it('comes too late once the request is refused, withdrawn, over, or has its job', () => {
    const make = (scribe: ReturnType<typeof singleRequestScribe>, of: { agreement: never; requestHash: string }) =>
      scribe.sign('zorg', [zorg.node], scribe.made(of.agreement, 1, of.requestHash, zorg))
    const stories: [string, (scribe: ReturnType<typeof singleRequestScribe>, requestHash: string) => void][] = [
      [
        'revoked',
        (scribe) => {
          scribe.byOfficer(ggd, { kind: 'revocation', scope: 'request', id: requestIdOf(1), reason: 'r' })
        },
      ],
      ['job_out_of_order', (scribe) => scribe.wait(601 * minute)],
      [
        'job_out_of_order',
        (scribe, requestHash) => {
          scribe.byBroker({ kind: 'job-closed', requestHash, reason: 'refused' })
        },
      ],
    ]
    for (const [code, happens] of stories) {
      const scribe = singleRequestScribe()
      const approved = scribe.single.approved()
      happens(scribe, approved.requestHash)
      scribe.refuses(code, make(scribe, approved as never))
    }
  })
})

describe('a key of it', () => {
  it('is released to the job of its own request, once, and not after the delivery it was made of has ended', () => {
    const scribe = singleRequestScribe()
    const { agreement, requestHash, jobHash } = scribe.single.jobbed()
    const release = (party = ggd) => scribe.sign(party.id, [party.node], scribe.release(requestHash, jobHash, party))
    scribe.byNode(zorg, scribe.release(requestHash, jobHash, zorg))
    scribe.refuses('job_out_of_order', release(zorg))
    // Somebody objected: what was made of the version before is not opened any more.
    scribe.byNode(
      ggd,
      scribe.extractBody(agreement, ggd, { extractId: extractIdOf(ggd, 2), version: 2, replaces: extractIdOf(ggd) }),
    )
    scribe.refuses('revoked', release())
    scribe.byNode(politie, scribe.release(requestHash, jobHash, politie))
  })

  it('has had its time when the request is over, also when nobody says that it is', () => {
    const scribe = singleRequestScribe()
    const { requestHash } = scribe.single.jobbed()
    const request = scribe.record.state.requests.get(requestHash)
    if (request === undefined) throw new Error('no request')
    const ends = Date.parse(request.job?.statement.notAfter ?? '')
    expect([ends - 1, ends].map((at) => isRequestOver(request, at))).toEqual([false, true])
  })
})
