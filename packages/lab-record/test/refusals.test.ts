import type { AgreementDocument, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { toBase64, toHex, utf8 } from '@kruispunt/crypto'
import { documentHash, payloadTypeOf, preAuthEncoding } from '@kruispunt/statements'
import { afterAll, describe, expect, it } from 'vitest'
import { agreementFaults, createLabRecord, type LabRecordErrorCode } from '../src/index.ts'
import { agreementDocument, dimension } from './support/agreement.ts'
import {
  broker,
  coordinator,
  ggd,
  keyOf,
  lab,
  logKey,
  minute,
  parties,
  politie,
  publicOf,
  rosterDocument,
  school,
  start,
  zorg,
} from './support/cast.ts'
import { createScribe, extractIdOf, hex, requestIdOf } from './support/scribe.ts'

type Scribe = ReturnType<typeof createScribe>
const reached = new Set<string>()

/** Prepares a story, then expects each envelope made in it to be refused with the code beside it. */
function refusals(
  title: string,
  prepare: (scribe: Scribe) => [LabRecordErrorCode, StatementEnvelope, number?][],
): void {
  it(title, () => {
    const scribe = createScribe()
    for (const [code, envelope, at] of prepare(scribe)) {
      scribe.refuses(code, envelope, at)
      reached.add(code)
    }
  })
}

const unknown = hex(32, 'f') as never
const approval = (agreement: string) =>
  ({ kind: 'agreement-approval', agreement: agreement as never, decision: 'approved', reason: null }) as const

describe('an envelope', () => {
  refusals('must be one, signed by keys that are known, over the very bytes', (scribe) => {
    scribe.until.accepted()
    const good = scribe.sign('ggd', [ggd.officers[0]], approval(unknown))
    const [signature] = good.signatures
    if (!signature) throw new Error('no signature')
    const signed = (text: string): StatementEnvelope => {
      const payloadType = payloadTypeOf('agreement-approval')
      const sig = toBase64(ggd.officers[0].sign(preAuthEncoding(payloadType, utf8(text))))
      return { payloadType, payload: toBase64(utf8(text)), signatures: [{ keyid: signature.keyid, sig }] }
    }
    const text = Buffer.from(good.payload, 'base64').toString('utf8')
    return [
      ['envelope_malformed', { ...good, payload: `${good.payload.slice(0, -1)}!` }],
      ['envelope_malformed', { ...good, payloadType: 'text/plain' }],
      ['envelope_malformed', { ...good, signatures: [signature, signature] }],
      ['envelope_malformed', signed('[]')],
      ['signature_invalid', { ...good, signatures: [{ ...signature, sig: toBase64(new Uint8Array(64)) }] }],
      ['signature_invalid', { ...good, signatures: [{ ...signature, sig: toBase64(new Uint8Array(63)) }] }],
      ['signature_invalid', { ...good, signatures: [{ ...signature, sig: '' }] }],
      ['signer_unknown', scribe.sign('ggd', [keyOf('stranger')], approval(unknown))],
      ['signer_unknown', scribe.sign('broker', [logKey], approval(unknown))],
      // Signed, valid JSON, and yet not the one spelling: blanks, order, a member twice, another spelling of a number.
      ['envelope_not_canonical', signed(text.replace(':', ': '))],
      ['envelope_not_canonical', signed(text.replace('{', '{"decision":"rejected",'))],
      ['envelope_not_canonical', signed(text.replace('"seq":2', '"seq":2.0'))],
      ['statement_malformed', scribe.sign('ggd', [ggd.officers[0]], approval(unknown), { extra: true })],
      [
        'statement_malformed',
        scribe.sign('ggd', [ggd.officers[0]], { ...approval(unknown), decision: 'maybe' } as never),
      ],
      ['statement_malformed', scribe.sign('ggd', [ggd.officers[0]], { kind: 'no-such-kind' } as never)],
    ]
  })

  refusals('must fit its lab, its chain, its roster, its time and what the signer saw', (scribe) => {
    scribe.until.accepted()
    const sign = (header: Record<string, unknown>) => scribe.sign('ggd', [ggd.officers[0]], approval(unknown), header)
    const { tree } = scribe.record
    const past = new Date(scribe.now() - 1).toISOString()
    const expires = Date.parse(rosterDocument().expires)
    return [
      ['wrong_lab', sign({ lab: 'elders' })],
      ['chain_gap', sign({ seq: 3 })],
      ['chain_fork', sign({ prev: hex(32, '0') })],
      ['chain_fork', sign({ seq: 1 })],
      ['chain_replay', scribe.envelopes[1] as StatementEnvelope],
      ['wrong_roster', sign({ roster: hex(32, '0') })],
      ['statement_expired', sign({ notAfter: past })],
      ['roster_expired', sign({}), expires],
      ['seen_conflict', sign({ seen: { size: tree.size, root: hex(32, '0') } })],
      ['seen_conflict', sign({ seen: { size: tree.size + 1, root: toHex(tree.root()) } })],
      ['agreement_unknown', sign({}), expires - 1],
    ]
  })
})

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

describe('an agreement', () => {
  refusals('is put forward by a coordinator, consistent, once', (scribe) => {
    scribe.until.accepted()
    const propose = (change: Partial<AgreementDocument>, key = coordinator, from = 'coordinator') =>
      scribe.sign(from, [key], { kind: 'agreement', document: agreementDocument(change) })
    scribe.propose()
    const stranger = { ...agreementDocument().parties[0], id: 'school' } as never
    return [
      ['agreement_exists', propose({})],
      ['not_in_role', propose({ reference: 'A-2' }, broker, 'broker')],
      ['agreement_invalid', propose({ lab: 'elders' as never })],
      ['agreement_invalid', propose({ parties: [...agreementDocument().parties, stranger] })],
      [
        'agreement_invalid',
        propose({ tables: [{ ...agreementDocument().tables[0], population: 'niemand' } as never] }),
      ],
      ['agreement_unknown', propose({ supersedes: unknown })],
    ]
  })

  refusals('is decided on by an officer of a party to it, each once, while it can be', (scribe) => {
    scribe.until.accepted()
    const agreement = scribe.propose()
    const withoutZorg = {
      reference: 'A-2',
      parties: agreementDocument().parties.slice(0, 2),
      datasets: agreementDocument().datasets.slice(0, 2),
    }
    const ofTwo = scribe.propose(withoutZorg)
    const withdrawn = scribe.propose({ reference: 'A-3' })
    scribe.byOfficer(ggd, { kind: 'revocation', scope: 'agreement', id: withdrawn, reason: 'r' })
    scribe.approve(agreement, ggd)
    const until = Date.parse(agreementDocument().validUntil)
    return [
      ['not_in_role', scribe.sign('ggd', [ggd.node], approval(agreement))],
      ['not_in_role', scribe.sign('coordinator', [coordinator], approval(agreement))],
      ['not_in_role', scribe.sign('zorg', [zorg.officers[0]], approval(ofTwo))],
      ['already_decided', scribe.sign('ggd', [ggd.officers[0]], approval(agreement))],
      ['revoked', scribe.sign('zorg', [zorg.officers[0]], approval(withdrawn))],
      ['agreement_expired', scribe.sign('zorg', [zorg.officers[0]], approval(agreement)), until],
    ]
  })

  it('that is not signed by all, rejected, expired or withdrawn lets nothing begin', () => {
    const states: [LabRecordErrorCode, (scribe: Scribe) => [string, number?]][] = [
      [
        'agreement_not_active',
        (scribe) => {
          scribe.until.accepted()
          const id = scribe.propose()
          scribe.approve(id, ggd)
          return [id]
        },
      ],
      [
        'agreement_not_active',
        (scribe) => {
          scribe.until.accepted()
          const id = scribe.propose()
          for (const party of parties) scribe.approve(id, party)
          scribe.byOfficer(zorg, { ...approval(id), decision: 'rejected' }, 1)
          return [id]
        },
      ],
      ['agreement_expired', (scribe) => [scribe.until.active(), Date.parse(agreementDocument().validUntil)]],
      [
        'revoked',
        (scribe) => {
          const id = scribe.until.active()
          scribe.byOfficer(zorg, { kind: 'revocation', scope: 'agreement', id, reason: 'r' })
          return [id]
        },
      ],
    ]
    for (const [code, prepare] of states) {
      const scribe = createScribe()
      const [agreement, at] = prepare(scribe)
      const id = agreement as never
      scribe.refuses(code, scribe.sign('ggd', [ggd.node], scribe.saltBodies.commit(id, ggd)), at)
      scribe.refuses(code, scribe.sign('ggd', [ggd.node], scribe.extractBody(id, ggd)), at)
      scribe.refuses(code, scribe.sign('coordinator', [coordinator], scribe.requestBody(id)), at)
      reached.add(code)
    }
  })

  it('names every part that does not fit', () => {
    const [dataset, ...rest] = agreementDocument().datasets
    const [table] = agreementDocument().tables
    const { disclosure } = agreementDocument()
    const [population] = agreementDocument().populations
    if (!dataset || !table || !population) throw new Error('no dataset')
    const cellKey = { kind: 'cell-key' as const, maxDeviation: 5, variance: 2, smallestShown: 2 }
    const amount = (id: string) => ({
      id,
      label: { nl: id, en: id },
      unit: { nl: 'uren', en: 'hours' },
      meaning: '',
      whyNeeded: '',
      dataKind: 'ordinary' as const,
      headers: ['uren'],
      decimals: 1,
      lowest: 0,
      highest: 100,
    })
    const withDimension = (change: object) => ({
      datasets: [{ ...dataset, dimensions: [dimension('ggd.kenmerk', change)] }, ...rest],
    })
    const category = (code: string, parent: string | null) => ({
      code,
      label: { nl: code, en: code },
      parent,
      sources: [],
    })
    const cases: [string, Partial<AgreementDocument>][] = [
      ['a party occurs twice', { parties: [...agreementDocument().parties, agreementDocument().parties[0] as never] }],
      ['not after validFrom', { validUntil: agreementDocument().validFrom }],
      ['an id occurs twice', { datasets: [dataset, dataset, ...rest] }],
      ['its party is not in the agreement', { datasets: [{ ...dataset, party: 'school' as never }, ...rest] }],
      [
        'may not use',
        {
          parties: agreementDocument().parties.map((party) => ({
            ...party,
            citizenNumber: { allowed: false, statute: null },
          })),
        },
      ],
      ['no heading named', { datasets: [{ ...dataset, identifiers: [] }, ...rest] }],
      ['a linkage key is not in the recipe', { datasets: [{ ...dataset, linkageKeys: ['N1' as never] }, ...rest] }],
      ['a linkage key occurs twice', { datasets: [{ ...dataset, linkageKeys: ['B1', 'B1'] as never }, ...rest] }],
      [
        'an identifier occurs twice',
        { datasets: [{ ...dataset, identifiers: [...dataset.identifiers, ...dataset.identifiers] }, ...rest] },
      ],
      ['looser than the agreement', { datasets: [{ ...dataset, stricter: { minimum: 5 } }, ...rest] }],
      ['looser than the agreement', { datasets: [{ ...dataset, stricter: { groupSharePercent: 95 } }, ...rest] }],
      ['a measure has a name in use', { datasets: [{ ...dataset, measures: [amount('ggd.kenmerk')] }, ...rest] }],
      ['without a rule for sums', { datasets: [{ ...dataset, measures: [amount('ggd.uren')] }, ...rest] }],
      ['does not have', { tables: [{ ...table, measures: ['ggd.uren'] }] }],
      [
        'sums amounts of households',
        { populations: [{ ...population, unit: 'households' }], tables: [{ ...table, measures: ['ggd.uren'] }] },
      ],
      [
        'exact sums beside counts',
        { populations: [{ ...population, answers: cellKey }], tables: [{ ...table, measures: ['ggd.uren'] }] },
      ],
      ['answered in different ways', { populations: [population, { ...population, id: 'ook', answers: cellKey }] }],
      [
        'records are not counted with noise',
        {
          populations: [
            {
              ...population,
              unit: 'records',
              answers: { kind: 'differential-privacy', epsilon: '2', delta: '0.000001', epsilonPerTable: '1' },
            },
          ],
        },
      ],
      ['cannot vary so much', { populations: [{ ...population, answers: { ...cellKey, variance: 11 } }] }],
      ['cannot be kept away', { populations: [{ ...population, answers: { ...cellKey, smallestShown: 5 } }] }],
      [
        'spends more than the whole budget',
        {
          populations: [
            {
              ...population,
              answers: { kind: 'differential-privacy', epsilon: '1', delta: '0.000001', epsilonPerTable: '2' },
            },
          ],
        },
      ],
      ['records have no name', { datasets: [{ ...dataset, grain: 'record' }, ...rest] }],
      ['a code occurs twice', withDimension({ codes: ['ja', 'ja', 'onbekend'].map((code) => category(code, null)) })],
      ['the code for unknown is not in the list', withDimension({ unknownCode: 'weet-niet' })],
      ['levels and code lists differ', withDimension({ parents: [[category('x', null)]] })],
      [
        'no parent one level up',
        withDimension({
          levels: [
            { id: 'a', label: { nl: 'a', en: 'a' } },
            { id: 'b', label: { nl: 'b', en: 'b' } },
          ],
          parents: [[category('x', null)]],
        }),
      ],
      ['a top category has a parent', withDimension({ codes: [category('ja', 'x'), category('onbekend', null)] })],
      [
        'a band has no category',
        withDimension({ derivation: { kind: 'number-band', bands: [{ code: 'veel', from: 1, below: null }] } }),
      ],
      [
        'unknown dataset',
        { populations: [{ id: 'allen', label: { nl: 'a', en: 'a' }, unit: 'persons', dataset: 'geen' }] },
      ],
      [
        'counts records of a dataset that has none',
        { populations: [{ id: 'allen', label: { nl: 'a', en: 'a' }, unit: 'records', dataset: 'ggd.data' }] },
      ],
      [
        'households need',
        { populations: [{ id: 'allen', label: { nl: 'a', en: 'a' }, unit: 'households', dataset: null }] },
      ],
      ['unknown population', { tables: [{ ...table, population: 'niemand' }] }],
      ['unknown dimension', { tables: [{ ...table, filters: ['geen'] }] }],
      [
        'no such category',
        { disclosure: { ...disclosure, neutral: [{ dimension: 'presence:ggd', codes: ['maybe'] }] } },
      ],
    ]
    expect(agreementFaults(agreementDocument())).toEqual([])
    const agreed = { disclosure: { ...disclosure, neutral: [{ dimension: 'presence:ggd', codes: ['no'] }] } }
    expect(agreementFaults(agreementDocument(agreed))).toEqual([])
    for (const [fault, change] of cases)
      expect(agreementFaults(agreementDocument(change)).join(), fault).toContain(fault)
  })
})

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

it('is judged at the time it comes in, and on replay at its own', () => {
  const scribe = createScribe()
  scribe.until.accepted()
  const notAfter = new Date(scribe.now() + minute).toISOString()
  const envelope = scribe.sign(
    'coordinator',
    [coordinator],
    { kind: 'agreement', document: agreementDocument() },
    { notAfter },
  )
  scribe.refuses('statement_expired', envelope, scribe.now() + 2 * minute)
  expect(scribe.record.check(envelope).recorded.statement.kind).toBe('agreement')
  expect(start).toBeLessThan(scribe.now())
})

it('starts from nothing but the broker key of the invitation', () => {
  const scribe = createScribe()
  scribe.until.roster()
  const [envelope] = scribe.envelopes
  if (!envelope) throw new Error('no envelope')
  const other = createLabRecord({ lab, brokerPublicKey: publicOf(keyOf('another broker')).publicKey })
  expect(() => other.check(envelope)).toThrow(expect.objectContaining({ code: 'signer_unknown' }))
})

afterAll(() => {
  const all: Record<LabRecordErrorCode, true> = {
    envelope_malformed: true,
    envelope_not_canonical: true,
    statement_malformed: true,
    signature_invalid: true,
    signer_unknown: true,
    wrong_lab: true,
    wrong_roster: true,
    seen_conflict: true,
    roster_exists: true,
    roster_invalid: true,
    roster_rollback: true,
    roster_skipped: true,
    roster_fast_forward: true,
    roster_prev_differs: true,
    roster_below_threshold: true,
    roster_key_unproven: true,
    roster_expired: true,
    roster_not_accepted: true,
    chain_gap: true,
    chain_replay: true,
    chain_fork: true,
    statement_expired: true,
    not_in_role: true,
    agreement_unknown: true,
    agreement_invalid: true,
    agreement_exists: true,
    agreement_not_active: true,
    agreement_expired: true,
    already_decided: true,
    revoked: true,
    ceremony_out_of_order: true,
    ceremony_not_complete: true,
    oprf_not_agreed: true,
    oprf_out_of_order: true,
    column_not_agreed: true,
    too_many_records: true,
    extract_mode_differs: true,
    extract_exists: true,
    extract_unknown: true,
    request_unknown: true,
    request_invalid: true,
    request_exists: true,
    request_budget_spent: true,
    recovery_differs: true,
    job_out_of_order: true,
  }
  expect([...reached].sort()).toEqual(Object.keys(all).sort())
})
