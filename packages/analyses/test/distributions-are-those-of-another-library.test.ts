import fc from 'fast-check'
import jStat from 'jstat'
import { describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { funnelLimits, limitOf } from '../src/diagnostic/funnel-limits.ts'
import { binomialUpTo, chiSquareTail, library, normalWidth, poissonLimits, poissonUpTo } from '../src/distributions.ts'
import { exactly } from '../src/interval.ts'

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

describe('distributions are those of another library', () => {
  it('names the version that is installed', () => {
    expect(manifest.dependencies.cephes).toBe(library.version)
  })

  it.each([0.9, 0.95, 0.99])('normal, %d', (confidence) => {
    expect(normalWidth(confidence)).toBeCloseTo(jStat.normal.inv(0.5 + confidence / 2, 0, 1), 6)
  })

  it('chi-square', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 150, noNaN: true }),
        (degrees, value) => {
          expect(chiSquareTail(degrees, value)).toBeCloseTo(1 - jStat.chisquare.cdf(value, degrees), 8)
        },
      ),
    )
  })

  it('binomial and Poisson', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), share, (size, count, chance) => {
        if (count < size)
          expect(binomialUpTo(count, size, chance)).toBeCloseTo(jStat.binomial.cdf(count, size, chance), 8)
        // Added up term by term, since the library has trouble far out.
        let [term, sum] = [Math.exp(-size * chance), 0]
        for (let k = 0; k <= count; k += 1) {
          sum += term
          term *= (size * chance) / (k + 1)
        }
        expect(poissonUpTo(count, size * chance)).toBeCloseTo(Math.min(1, sum), 8)
      }),
    )
  })

  it('are nothing or all where the library has no number', () => {
    expect(chiSquareTail(1, 1e5)).toBe(0)
    expect(chiSquareTail(4, 3000)).toBe(0)
    expect([poissonUpTo(70, 0.001), poissonUpTo(5, 5000)]).toEqual([1, 0])
    expect(binomialUpTo(9000, 10_000, 0.001)).toBeCloseTo(1, 12)
    expect(binomialUpTo(5, 100_000, 0.5)).toBe(0)
    expect([binomialUpTo(3, 10, 0), binomialUpTo(3, 10, 1)]).toEqual([1, 0])
  })

  it('limits of a Poisson mean: beyond each lies half the rest', () => {
    for (const count of [0, 1, 2, 5, 10, 50, 389, 2000, 10_000, 100_000, 5_000_000])
      for (const confidence of [0.9, 0.95, 0.99]) {
        const { low, high } = poissonLimits(count, confidence)
        const tail = (1 - confidence) / 2
        if (count > 0) expect(1 - poissonUpTo(count - 1, low)).toBeCloseTo(tail, 8)
        expect(poissonUpTo(count, high)).toBeCloseTo(tail, 8)
      }
  })

  /** What standardised rates rest on: the limits come nearer, in square roots of the count, from one side each. */
  it.each([0.9, 0.95, 0.99])(
    'distance of the %d Poisson limits rises below and falls above, up to a million',
    (confidence) => {
      const counts = [
        ...Array.from({ length: 3000 }, (_, at) => at + 1),
        4000,
        10_000,
        50_000,
        100_000,
        500_000,
        1_000_000,
      ]
      let [below, above] = [0, Number.POSITIVE_INFINITY]
      for (const count of counts) {
        const { low, high } = poissonLimits(count, confidence)
        const [down, up] = [(count - low) / Math.sqrt(count), (high - count) / Math.sqrt(count)]
        expect(down).toBeGreaterThan(below)
        expect(up).toBeLessThan(above)
        ;[below, above] = [down, up]
      }
    },
  )
})

/** By going through the counts one by one, with chances multiplied out. */
function plainLimit(size: number, chance: number, wanted: number): number {
  let [term, sum] = [(1 - chance) ** size, 0]
  for (let count = 0; ; count += 1) {
    sum += term
    if (sum >= wanted) return Math.max(0, count - (sum - wanted) / term)
    term *= ((size - count) / (count + 1)) * (chance / (1 - chance))
  }
}

describe('limits of a funnel', () => {
  it('are where counting one by one puts them', () => {
    for (const [size, chance] of [
      [50, 0.1],
      [120, 0.03],
      [400, 0.5],
    ] as const)
      for (const wanted of [0.001, 0.025, 0.975, 0.999])
        expect(limitOf('binomial', size, chance, wanted)).toBeCloseTo(plainLimit(size, chance, wanted), 8)
  })

  it('rise with size and with share, which is what intervals of both rest on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('binomial' as const, 'poisson' as const),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(50),
        share,
        share,
        (model, size, more, one, other) => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)]
          const small = funnelLimits(model, exactly(size), exactly(low))
          const large = funnelLimits(model, exactly(size + more), exactly(high))
          for (const limit of ['strictLow', 'low', 'high', 'strictHigh'] as const)
            expect(small[limit].low).toBeLessThanOrEqual(large[limit].low + 1e-9)
        },
      ),
    )
  })
})
