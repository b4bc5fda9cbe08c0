/** What is agreed, and by whom. */
import type { AgreementDocument } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import { agreementFaults, type LabRecordErrorCode } from '../../src/index.ts'
import { agreementDocument, dimension } from '../support/agreement.ts'
import { broker, coordinator, ggd, parties, zorg } from '../support/cast.ts'
import { createScribe } from '../support/scribe.ts'
import { approval, reached, refusals, type Scribe, unknown } from './refusals.ts'

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
