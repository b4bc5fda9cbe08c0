/** A delivery, a request, a job. */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { describe } from 'vitest'
import { type LabRecordErrorCode } from '../../src/index.ts'
import { agreementDocument } from '../support/agreement.ts'
import { broker, coordinator, ggd, parties, politie, zorg } from '../support/cast.ts'
import { extractIdOf, hex, requestIdOf } from '../support/scribe.ts'
import { refusals, unknown } from './refusals.ts'

describe('a delivery', () => {
  refusals('is the owner’s, has exactly the agreed columns and no more rows than agreed', (scribe) => {
    const agreement = scribe.until.keyed()
    const body = scribe.extractBody(agreement, ggd)
    const sign = (change: Record<string, unknown>, key = ggd.node) =>
      scribe.sign('ggd', [key], scribe.extractBody(agreement, ggd, change))
    const [first, second] = body.columns
    if (!first || !second) throw new Error('no columns')
    scribe.byNode(zorg, scribe.extractBody(agreement, zorg))
    return [
      ['not_in_role', sign({}, ggd.officers[0])],
      ['not_in_role', sign({ party: 'politie' })],
      ['agreement_unknown', sign({ agreement: unknown })],
      ['column_not_agreed', sign({ dataset: 'politie.data' })],
      ['column_not_agreed', sign({ columns: [first] })],
      ['column_not_agreed', sign({ columns: [first, first] })],
      ['column_not_agreed', sign({ columns: [first, { ...second, name: 'ggd.inkomen' }] })],
      ['column_not_agreed', sign({ columns: [first, { ...second, table: 'records' }] })],
      ['column_not_agreed', sign({ columns: [first, second, { ...second, name: 'ggd.extra' }] })],
      ['too_many_records', sign({ subjects: 1001 })],
      ['too_many_records', sign({ records: 1001 })],
      ['extract_exists', sign({ extractId: extractIdOf(zorg) })],
      ['extract_exists', sign({ replaces: extractIdOf(zorg) })],
      [
        'extract_exists',
        scribe.sign('zorg', [zorg.node], scribe.extractBody(agreement, zorg, { extractId: extractIdOf(zorg, 2) })),
      ],
    ]
  })

  refusals('does not stand where the agreement opens its dataset for single requests only', (scribe) => {
    const { datasets } = agreementDocument()
    const agreement = scribe.until.keyed({
      datasets: datasets.map((one) => ({ ...one, extractMode: 'per-request' as const })),
    })
    return [['extract_mode_differs', scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd))]]
  })

  refusals('is withdrawn by its own party, once; its key is destroyed by its own node', (scribe) => {
    scribe.until.delivered()
    const revoke = (id: string) => ({ kind: 'revocation', scope: 'extract', id, reason: 'r' }) as const
    scribe.byOfficer(ggd, revoke(extractIdOf(ggd)))
    return [
      ['revoked', scribe.sign('ggd', [ggd.officers[1]], revoke(extractIdOf(ggd)))],
      ['not_in_role', scribe.sign('politie', [politie.officers[0]], revoke(extractIdOf(zorg)))],
      ['not_in_role', scribe.sign('zorg', [zorg.node], revoke(extractIdOf(zorg)))],
      ['extract_unknown', scribe.sign('zorg', [zorg.officers[0]], revoke(hex(16, 'e')))],
      ['extract_unknown', scribe.sign('zorg', [zorg.node], { kind: 'key-destroyed', extractIds: [extractIdOf(ggd)] })],
      [
        'not_in_role',
        scribe.sign('zorg', [zorg.officers[0]], { kind: 'key-destroyed', extractIds: [extractIdOf(zorg)] }),
      ],
      [
        'agreement_unknown',
        scribe.sign('zorg', [zorg.officers[0]], { kind: 'revocation', scope: 'agreement', id: unknown, reason: 'r' }),
      ],
      [
        'request_unknown',
        scribe.sign('zorg', [zorg.officers[0]], {
          kind: 'revocation',
          scope: 'request',
          id: hex(16, 'e'),
          reason: 'r',
        }),
      ],
    ]
  })
})

describe('a request', () => {
  refusals('is the coordinator’s, for current deliveries and columns that are in them', (scribe) => {
    const agreement = scribe.until.delivered()
    const extracts = scribe.requestBody(agreement).extracts
    const [one, ...rest] = extracts
    if (!one) throw new Error('no extracts')
    const sign = (change: Record<string, unknown>) =>
      scribe.sign('coordinator', [coordinator], scribe.requestBody(agreement, change))
    scribe.byOfficer(zorg, { kind: 'revocation', scope: 'extract', id: extractIdOf(zorg), reason: 'r' })
    return [
      ['not_in_role', scribe.sign('broker', [broker], scribe.requestBody(agreement))],
      ['agreement_unknown', sign({ agreement: unknown })],
      ['ceremony_not_complete', sign({ epoch: 2 })],
      ['extract_unknown', sign({ extracts: [{ ...one, extractId: hex(16, 'e') }] })],
      ['extract_unknown', sign({})],
      ['request_invalid', sign({ extracts: [one, one] })],
      ['request_invalid', sign({ extracts: [{ ...one, party: 'politie' }] })],
      ['request_invalid', sign({ extracts: [{ ...one, version: 2 }, ...rest] })],
      ['column_not_agreed', sign({ extracts: [{ ...one, columns: ['ggd.inkomen'] }] })],
      ['column_not_agreed', sign({ extracts: [{ ...one, columns: ['token:B1', 'token:B1'] }] })],
    ]
  })

  refusals('comes once, and as often as agreed', (scribe) => {
    const agreement = scribe.until.delivered()
    for (const number of [1, 2, 3]) {
      scribe.refuses(
        'request_unknown',
        scribe.sign('zorg', [zorg.officers[0]], {
          kind: 'request-approval',
          requestHash: unknown,
          decision: 'approved',
          reason: null,
        }),
      )
      scribe.byCoordinator(scribe.requestBody(agreement, { requestId: requestIdOf(number) }))
    }
    const sign = (number: number) =>
      scribe.sign('coordinator', [coordinator], scribe.requestBody(agreement, { requestId: requestIdOf(number) }))
    return [
      ['request_exists', sign(1)],
      ['request_budget_spent', sign(4)],
      [
        'request_unknown',
        scribe.sign('zorg', [zorg.node], { kind: 'release-refusal', requestHash: unknown, code: 'no_way' }),
      ],
    ]
  })
})

describe('a job', () => {
  refusals('waits for every approval, and lasts no longer than agreed', (scribe) => {
    const { requestHash } = scribe.until.requested()
    const sign = (minutes: number) =>
      scribe.sign('broker', [broker], scribe.jobBody(requestHash), scribe.inMinutes(minutes))
    scribe.refuses('job_out_of_order', sign(30))
    scribe.approveRequest(requestHash, 0)
    scribe.refuses('job_out_of_order', sign(30))
    scribe.approveRequest(requestHash, 1)
    const refused: [LabRecordErrorCode, StatementEnvelope][] = [
      ['job_out_of_order', sign(31)],
      ['job_out_of_order', scribe.sign('broker', [broker], scribe.jobBody(requestHash))],
      ['not_in_role', scribe.sign('coordinator', [coordinator], scribe.jobBody(requestHash), scribe.inMinutes(30))],
    ]
    for (const [code, envelope] of refused) scribe.refuses(code, envelope)
    scribe.byBroker(scribe.jobBody(requestHash), scribe.inMinutes(30))
    return [['job_out_of_order', sign(30)]]
  })

  refusals('that was rejected or withdrawn never starts', (scribe) => {
    const { agreement, requestHash } = scribe.until.requested()
    scribe.byOfficer(zorg, { kind: 'request-approval', requestHash, decision: 'rejected', reason: 'nee' })
    const second = scribe.byCoordinator(scribe.requestBody(agreement, { requestId: requestIdOf(2) }))
    scribe.byOfficer(ggd, { kind: 'revocation', scope: 'request', id: requestIdOf(2), reason: 'r' })
    const job = (hash: string) => scribe.sign('broker', [broker], scribe.jobBody(hash), scribe.inMinutes(30))
    return [
      [
        'already_decided',
        scribe.sign('zorg', [zorg.officers[1]], {
          kind: 'request-approval',
          requestHash,
          decision: 'approved',
          reason: null,
        }),
      ],
      ['job_out_of_order', job(requestHash)],
      ['revoked', job(second.hash)],
      [
        'revoked',
        scribe.sign('zorg', [zorg.officers[0]], {
          kind: 'request-approval',
          requestHash: second.hash,
          decision: 'approved',
          reason: null,
        }),
      ],
      [
        'revoked',
        scribe.sign('zorg', [zorg.officers[0]], {
          kind: 'revocation',
          scope: 'request',
          id: requestIdOf(2),
          reason: 'r',
        }),
      ],
    ]
  })

  refusals('has no result before every key, and none after its end', (scribe) => {
    const { requestHash, jobHash } = scribe.until.jobbed()
    const result = {
      kind: 'result',
      requestHash,
      tableHash: hex(32, 'a'),
      resultSha256: hex(32, 'b'),
      released: 1,
      withheld: 0,
    } as const
    const sign = () => scribe.sign('broker', [broker], result)
    for (const party of parties) {
      scribe.refuses('job_out_of_order', sign())
      scribe.byNode(party, scribe.releaseBody(requestHash, jobHash, party))
    }
    const byCoordinator = scribe.sign('coordinator', [coordinator], result)
    scribe.byBroker(result)
    scribe.byBroker({ kind: 'job-closed', requestHash, reason: 'expired' })
    return [
      ['not_in_role', byCoordinator],
      ['job_out_of_order', sign()],
      ['job_out_of_order', scribe.sign('broker', [broker], { kind: 'job-closed', requestHash, reason: 'expired' })],
      ['already_decided', scribe.sign('zorg', [zorg.node], { kind: 'release-refusal', requestHash, code: 'too_late' })],
    ]
  })
})
