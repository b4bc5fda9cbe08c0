import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinkageReport, reportForDisplay } from '../../src/broker.ts'
import { labReport, pairReport } from './reports.ts'

const report = (first: number, second: number, linked: number, refused = 0): LinkageReport =>
  labReport({
    persons: first + second - linked,
    parties: [
      { party: 'a', subjects: first, linked, ambiguous: refused },
      { party: 'b', subjects: second, linked, ambiguous: refused },
    ],
    pairs: [
      pairReport({
        linked,
        rates: [linked / first, linked / second],
        ties: refused,
        conflicts: { sameParty: refused, differentIdentity: refused },
      }),
    ],
    fewestTogether: Math.min(linked, first - linked, second - linked),
    keys: [{ keyId: 'B1', voidTokens: refused, links: linked, m: null, u: null }],
    conflicts: { sameParty: refused, differentIdentity: refused },
    ties: refused,
  })
const minimum = 10

describe('the shown report hides small counts', () => {
  it('shows what is large enough, rates to a tenth of a percent', () => {
    const shown = reportForDisplay(report(1000, 700, 333, 10), minimum)
    expect(shown.pairs[0]).toMatchObject({ parties: ['a', 'b'], linked: 333, percentages: [33.3, 47.6] })
    expect(shown.ties).toBe(10)
    expect(shown.persons).toBe(1367)
    expect(shown.keys).toMatchObject([{ keyId: 'B1', voidTokens: 10 }])
  })

  it('hides refusals below the minimum', () => {
    const shown = reportForDisplay(report(1000, 700, 333, 9), minimum)
    expect(shown.ties).toBeNull()
    expect(shown.conflicts).toStrictEqual({ sameParty: null, differentIdentity: null })
    expect(shown.keys).toMatchObject([{ keyId: 'B1', voidTokens: null }])
  })

  it('hides rates over fewer than a hundred subjects', () => {
    expect(reportForDisplay(report(1000, 99, 50), minimum).pairs[0]?.percentages).toStrictEqual([5, null])
    expect(reportForDisplay(report(1000, 100, 50), minimum).pairs[0]?.percentages).toStrictEqual([5, 50])
  })

  it('hides how many linked when too few did not, since one is the rest of the other', () => {
    const shown = reportForDisplay(report(1000, 700, 691), minimum)
    expect(shown.pairs[0]).toMatchObject({ linked: null, percentages: [null, null] })
    // The number of persons, and how many of a party linked at all, would give it back.
    expect(shown.persons).toBeNull()
    expect(shown.parties.map(({ linked }) => linked)).toStrictEqual([null, null])
    expect(reportForDisplay(report(1000, 700, 690), minimum).pairs[0]).toMatchObject({ linked: 690 })
  })

  it('hides the ambiguous when too few are neither linked nor ambiguous', () => {
    const shown = (ambiguous: number) => reportForDisplay(report(1000, 700, 333, ambiguous), minimum).parties[1]
    expect(shown(358)?.ambiguous).toBeNull()
    expect(shown(357)?.ambiguous).toBe(357)
  })

  it('hides the totals of a small lab when one combination of its parties holds too few', () => {
    const ofThree = (fewestTogether: number) =>
      reportForDisplay(
        labReport({
          persons: 5000,
          parties: ['a', 'b', 'c'].map((party) => ({ party, subjects: 3000, linked: 1500, ambiguous: 0 })),
          fewestTogether,
        }),
        minimum,
      )
    expect(ofThree(9)).toMatchObject({ persons: null, parties: [{ linked: null }, { linked: null }, { linked: null }] })
    expect(ofThree(10)).toMatchObject({
      persons: 5000,
      parties: [{ linked: 1500 }, { linked: 1500 }, { linked: 1500 }],
    })
  })

  it('hides a sum that would give a hidden pair away', () => {
    const ties = (...counts: number[]) =>
      reportForDisplay(labReport({ pairs: counts.map((count) => pairReport({ ties: count })) }), minimum).ties
    expect(ties(20, 30)).toBe(50)
    expect(ties(20, 9)).toBeNull()
    expect(ties(20, 4, 5)).toBeNull()
    expect(ties(20, 4, 6)).toBe(30)
  })

  it('says of an estimate that cannot be relied upon why not', () => {
    const quality = {
      precision: { valid: true, value: 0.9987, margin: 0.0012 },
      recall: { valid: false, value: 0.97, flaw: 'taken_from_others' },
      range: { precision: [0.99, 1], recall: [0.9512, 0.98] },
    } as const
    const shown = (linked: number) =>
      reportForDisplay(labReport({ pairs: [pairReport({ linked, quality })], quality }), minimum).pairs[0]?.quality
    expect(shown(100)).toStrictEqual({
      precision: { percentage: 99.9, margin: 0.1, flaw: null },
      recall: { percentage: 97, margin: null, flaw: 'taken_from_others' },
      range: { precision: [99, 100], recall: [95.1, 98] },
    })
    expect(shown(99)).toStrictEqual({
      precision: { percentage: null, margin: null, flaw: 'too_few' },
      recall: { percentage: null, margin: null, flaw: 'too_few' },
      range: null,
    })
  })

  it.each([2, 3.5, Number.NaN])('refuses %s as the minimum', (bad) => {
    expect(() => reportForDisplay(report(1000, 700, 333), bad)).toThrow(
      expect.objectContaining({ code: 'minimum_malformed' }),
    )
  })

  it('shows no number below the minimum, whatever the report', () => {
    const numbers = fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400), fc.nat(30), fc.integer({ min: 3, max: 40 }))
    fc.assert(
      fc.property(numbers, ([first, second, linked, refused, least]) => {
        const shown = reportForDisplay(report(first, second, Math.min(first, second, linked), refused), least)
        const counts = JSON.stringify(shown, (key, value) => (key === 'percentages' ? [] : value))
        return (counts.match(/(?<=:)\d+/g) ?? []).every((count) => Number(count) >= least)
      }),
    )
  })
})
