import { describe, expect, it } from 'vitest'
import { explainQuality, type LinkageReport, type PairReport, reportForDisplay } from '../../src/broker.ts'
import { labReport, noQuality, pairReport } from './reports.ts'

const words = {
  wonen: {
    party: { nl: 'de corporatie', en: 'the housing corporation' },
    people: { nl: 'huurders', en: 'tenants' },
  },
  gemeente: { party: { nl: 'de gemeente', en: 'the municipality' }, people: { nl: 'inwoners', en: 'residents' } },
}
const report = (linked: number, change: Partial<PairReport> = {}): LinkageReport =>
  labReport({
    parties: [
      { party: 'wonen', subjects: 1200, linked, ambiguous: 0 },
      { party: 'gemeente', subjects: 52_000, linked, ambiguous: 0 },
    ],
    pairs: [pairReport({ parties: ['wonen', 'gemeente'], linked, ...change })],
  })
const explain = (of: LinkageReport) => explainQuality(reportForDisplay(of, 10), words)

describe('rates are put in words', () => {
  it('says in both directions who was recognised, and what tables lack', () => {
    expect(explain(report(1116)).slice(0, 2)).toStrictEqual([
      {
        nl: 'Van de 1.200 huurders is 93,0 % bij de gemeente herkend; tabellen van huurders met gegevens van de gemeente missen de andere 7,0 %, van wie onbekend is of ze daar voorkomen.',
        en: 'Of the 1,200 tenants, 93.0% were recognised at the municipality; tables of tenants with data of the municipality lack the other 7.0%, who may or may not be known there.',
      },
      {
        nl: 'Van de 52.000 inwoners is 2,1 % bij de corporatie herkend; tabellen van inwoners met gegevens van de corporatie missen de andere 97,9 %, van wie onbekend is of ze daar voorkomen.',
        en: 'Of the 52,000 residents, 2.1% were recognised at the housing corporation; tables of residents with data of the housing corporation lack the other 97.9%, who may or may not be known there.',
      },
    ])
  })

  it('says what the linkage misses and gets wrong where an estimate can be relied upon', () => {
    const quality = {
      precision: { valid: true, value: 0.999, margin: 0.004 },
      recall: { valid: true, value: 0.985, margin: 0.006 },
      range: null,
    } as const
    expect(
      explain(report(1116, { quality }))
        .slice(2)
        .map(({ nl }) => nl),
    ).toStrictEqual([
      'Van wie zowel bij de corporatie als bij de gemeente bekend is, mist de koppeling naar schatting 1,5 %; zoveel te laag zijn gezamenlijke aantallen.',
      'Naar schatting is 0,1 % van deze herkenningen een verwisseling met iemand anders.',
    ])
  })

  it('gives the range of others where a pair has no citizen numbers, and calls it that', () => {
    const range = { precision: [0.998, 1], recall: [0.92, 0.999] } as const
    expect(explain(report(1116, { quality: { ...noQuality, range } })).slice(2)).toStrictEqual([
      {
        nl: 'Van wie zowel bij de corporatie als bij de gemeente bekend is, is niet te meten hoeveel de koppeling mist; waar beide partijen burgerservicenummers hebben, missen namen alleen 0,1 tot 8,0 %.',
        en: 'Of those who are known both at the housing corporation and at the municipality, how many the linkage misses cannot be measured; where both parties have citizen numbers, names alone miss 0.1 to 8.0%.',
      },
    ])
  })

  it('claims nothing about what it cannot estimate', () => {
    expect(explain(report(1116)).slice(2)).toStrictEqual([
      {
        nl: 'Van wie zowel bij de corporatie als bij de gemeente bekend is, is niet te meten hoeveel de koppeling mist.',
        en: 'Of those who are known both at the housing corporation and at the municipality, how many the linkage misses cannot be measured.',
      },
    ])
  })

  it('shows no share where the report hides it', () => {
    expect(explain(report(9))).toStrictEqual([
      {
        nl: 'Voor de corporatie en de gemeente gaat het om te weinig mensen om een aandeel te tonen.',
        en: 'For the housing corporation and the municipality there are too few people to show a share.',
      },
    ])
  })

  it('refuses a party that it has no words for', () => {
    const shown = reportForDisplay(report(1116), 10)
    expect(() => explainQuality(shown, { wonen: words.wonen })).toThrow(
      expect.objectContaining({ code: 'unknown_party' }),
    )
  })
})
