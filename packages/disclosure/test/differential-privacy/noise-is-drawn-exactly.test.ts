import { describe, expect, it } from 'vitest'
import { Dice } from '../../src/differential-privacy/dice.ts'
import { deviationOf, drawNoise, type Noise } from '../../src/differential-privacy/discrete-laplace.ts'
import { epsilonFrom } from '../../src/index.ts'
import { chanceOf, chiSquareDeviate, insecureFixedRandomForTesting } from './fixed-random.ts'

const sampleOf = (noise: Noise, size: number): number[] => {
  const dice = new Dice(insecureFixedRandomForTesting(`noise ${JSON.stringify(noise)}`))
  return Array.from({ length: size }, () => drawNoise(dice, noise))
}
const noise = (epsilon: number, bound = 1): Noise => ({ epsilon: epsilonFrom(epsilon), bound })

describe('noise is drawn exactly', () => {
  it.each([
    [1, 1],
    [0.1, 1],
    [0.37, 1],
    [3, 1],
    [1, 4],
    [2.5, 2],
  ])('has the two-sided geometric distribution: epsilon %f, bound %i', (epsilon, bound) => {
    const sample = sampleOf(noise(epsilon, bound), 20_000)
    expect(Math.abs(chiSquareDeviate(sample, (x) => chanceOf(x, epsilon / bound)))).toBeLessThan(4)
  })

  it('is a judgement that can fail: a rate 5 % off is seen', () => {
    expect(chiSquareDeviate(sampleOf(noise(1), 20_000), (x) => chanceOf(x, 1.05))).toBeGreaterThan(4)
  })

  it('spreads as deviationOf says: 1.36 at epsilon 1 (disclosure.md §2.8)', () => {
    expect(deviationOf(noise(1)).toFixed(2)).toBe('1.36')
    expect(deviationOf(noise(1, 24)).toFixed(0)).toBe('34')
    const exact = (rate: number): number =>
      Math.sqrt(
        Array.from({ length: 8001 }, (_, k) => (k - 4000) ** 2 * chanceOf(k - 4000, rate)).reduce((a, b) => a + b),
      )
    for (const rate of [0.05, 0.5, 2]) expect(deviationOf(noise(rate))).toBeCloseTo(exact(rate), 6)
  })

  it('draws each number below an end as often as any other, also where bytes do not divide evenly', () => {
    const dice = new Dice(insecureFixedRandomForTesting('below'))
    for (const end of [1, 2, 3, 200, 257]) {
      const sample = Array.from({ length: 20_000 }, () => dice.below(end))
      expect(sample.every((x) => x >= 0 && x < end)).toBe(true)
      if (end > 1) expect(chiSquareDeviate(sample, (x) => (x >= 0 && x < end ? 1 / end : 0))).toBeLessThan(4)
    }
  })

  it('comes true with chance exp(-n / d)', () => {
    const dice = new Dice(insecureFixedRandomForTesting('decay'))
    for (const [n, d] of [
      [0, 1],
      [1, 3],
      [1, 1],
      [999_999, 1_000_000],
    ] as const) {
      const chance = Math.exp(-n / d)
      const share = Array.from({ length: 20_000 }, () => dice.decay(n, d)).filter(Boolean).length / 20_000
      expect(Math.abs(share - chance)).toBeLessThanOrEqual(4 * Math.sqrt((chance * (1 - chance)) / 20_000))
    }
  })

  it('stops at a source that gives too little, instead of drawing from nothing', () => {
    expect(() => new Dice(() => new Uint8Array(3)).below(2)).toThrow('fewer bytes')
  })

  it('takes epsilon as a fraction that is never weaker than asked', () => {
    expect(epsilonFrom(0.3)).toStrictEqual({ numerator: 3, denominator: 10 })
    expect(epsilonFrom(1)).toStrictEqual({ numerator: 1, denominator: 1 })
    expect(epsilonFrom(0.12345)).toStrictEqual({ numerator: 617, denominator: 5000 })
    for (const wrong of [0, 0.00009, 20.01, Number.NaN])
      expect(() => epsilonFrom(wrong)).toThrow(expect.objectContaining({ code: 'epsilon_out_of_range' }))
  })
})
