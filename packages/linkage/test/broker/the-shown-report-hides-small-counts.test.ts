import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinkageReport, reportForDisplay } from '../../src/broker.ts'

const report = (first: number, second: number, linked: number, refused = 0): LinkageReport => ({
  persons: first + second - linked,
  parties: [
    { party: 'a', subjects: first, linked, ambiguous: refused },
    { party: 'b', subjects: second, linked, ambiguous: refused },
  ],
  pairs: [{ parties: ['a', 'b'], linked, rates: [linked / first, linked / second] }],
  keys: [{ keyId: 'B1', voidTokens: refused }],
  conflicts: { sameParty: refused, differentIdentity: refused },
  ties: refused,
})

describe('the shown report hides small counts', () => {
  it('shows what is large enough, rates to a tenth of a percent', () => {
    const shown = reportForDisplay(report(1000, 700, 333, 10), 10)
    expect(shown.pairs).toStrictEqual([{ parties: ['a', 'b'], linked: 333, percentages: [33.3, 47.6] }])
    expect(shown.ties).toBe(10)
    expect(shown.keys).toStrictEqual([{ keyId: 'B1', voidTokens: 10 }])
  })

  it('hides refusals below the minimum', () => {
    const shown = reportForDisplay(report(1000, 700, 333, 9), 10)
    expect(shown.ties).toBeNull()
    expect(shown.conflicts).toStrictEqual({ sameParty: null, differentIdentity: null })
    expect(shown.keys).toStrictEqual([{ keyId: 'B1', voidTokens: null }])
  })

  it('hides rates over fewer than a hundred subjects', () => {
    expect(reportForDisplay(report(1000, 99, 50), 10).pairs[0]?.percentages).toStrictEqual([5, null])
    expect(reportForDisplay(report(1000, 100, 50), 10).pairs[0]?.percentages).toStrictEqual([5, 50])
  })

  it('hides how many linked when too few did not, since one is the rest of the other', () => {
    expect(reportForDisplay(report(1000, 700, 691), 10).pairs[0]).toMatchObject({
      linked: null,
      percentages: [null, null],
    })
    expect(reportForDisplay(report(1000, 700, 690), 10).pairs[0]).toMatchObject({ linked: 690 })
  })

  it.each([2, 3.5, Number.NaN])('refuses %s as the minimum', (minimum) => {
    expect(() => reportForDisplay(report(1000, 700, 333), minimum)).toThrow(
      expect.objectContaining({ code: 'minimum_malformed' }),
    )
  })

  it('shows no number below the minimum, whatever the report', () => {
    const numbers = fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400), fc.nat(30), fc.integer({ min: 3, max: 40 }))
    fc.assert(
      fc.property(numbers, ([first, second, linked, refused, minimum]) => {
        const shown = reportForDisplay(report(first, second, Math.min(first, second, linked), refused), minimum)
        const counts = JSON.stringify(shown, (key, value) => (key === 'percentages' ? [] : value))
        return (counts.match(/(?<=:)\d+/g) ?? []).every((count) => Number(count) >= minimum)
      }),
    )
  })
})
