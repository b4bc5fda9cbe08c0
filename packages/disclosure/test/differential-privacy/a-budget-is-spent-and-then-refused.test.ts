import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answersLeft,
  costOf,
  epsilonFrom,
  epsilonSpent,
  noisyCodes,
  nothingSpent,
  type PrivacyBudget,
  type PrivacyCost,
  privacyBudget,
  spend,
  thresholdFor,
} from '../../src/index.ts'
import { chanceOf, insecureFixedRandomForTesting } from './fixed-random.ts'

/** Asks until refused. */
function spendAll(budget: PrivacyBudget, cost: PrivacyCost): { readonly answers: number; readonly spent: PrivacyCost } {
  let spent = nothingSpent
  for (let answers = 0; ; answers++) {
    const outcome = spend(budget, spent, cost)
    if (outcome.outcome === 'refused') {
      expect(outcome.code).toBe('privacy_budget_spent')
      return { answers, spent }
    }
    spent = outcome.spent
  }
}

describe('a budget is spent and then refused', () => {
  it('gives ten answers of 0.1 out of 1, and not an eleventh', () => {
    const each = epsilonFrom(0.1)
    const budget = privacyBudget({ epsilon: 1, delta: 1e-6, epsilonPerAnswer: each })
    expect(budget).toStrictEqual({ measure: 'epsilon', nano: 1e9, attoDelta: 0 })
    expect(answersLeft(budget, nothingSpent, costOf(each))).toBe(10)
    const { answers, spent } = spendAll(budget, costOf(each))
    expect(answers).toBe(10)
    expect(epsilonSpent(spent, 1e-6)).toBe(1)
  })

  it('counts in rho where that allows more: many small answers', () => {
    const each = epsilonFrom(0.01)
    const budget = privacyBudget({ epsilon: 1, delta: 1e-6, epsilonPerAnswer: each })
    expect(budget.measure).toBe('rho')
    // (sqrt(L + 1) - sqrt(L))^2 = 0.017465 with L = ln 10^6, and an answer costs 0.00005.
    const { answers, spent } = spendAll(budget, costOf(each))
    expect(answers).toBe(Math.floor((Math.sqrt(Math.log(1e6) + 1) - Math.sqrt(Math.log(1e6))) ** 2 / 0.00005))
    expect(answers).toBeGreaterThan(300)
    expect(epsilonSpent(spent, 1e-6)).toBeLessThanOrEqual(1)
  })

  it('never lets the whole cost more than was promised, whatever is asked in whatever order', () => {
    const costs = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 10, noNaN: true }),
        fc.integer({ min: 1, max: 20_000 }),
        costs,
        (epsilon, usual, asked) => {
          const budget = privacyBudget({ epsilon, delta: 1e-7, epsilonPerAnswer: epsilonFrom(usual / 10_000) })
          let spent = nothingSpent
          let sum = 0
          let rho = 0
          for (const value of asked) {
            const outcome = spend(budget, spent, costOf(epsilonFrom(value / 10_000)))
            if (outcome.outcome === 'refused') continue
            spent = outcome.spent
            sum += value / 10_000
            rho += (value / 10_000) ** 2 / 2
          }
          const loss = budget.measure === 'rho' ? rho + 2 * Math.sqrt(rho * Math.log(1e7)) : sum
          expect(loss).toBeLessThanOrEqual(epsilon * (1 + 1e-12) + 2e-12)
        },
      ),
      { seed: 48, numRuns: 200 },
    )
  })

  it('leaves the account as it was when it refuses, and lets a cheaper question pass', () => {
    const budget = privacyBudget({ epsilon: 1, delta: 1e-6, epsilonPerAnswer: epsilonFrom(0.4) })
    const { spent } = spendAll(budget, costOf(epsilonFrom(0.4)))
    const before = { ...spent }
    expect(spend(budget, spent, costOf(epsilonFrom(0.4))).outcome).toBe('refused')
    expect(spent).toStrictEqual(before)
    expect(spend(budget, spent, costOf(epsilonFrom(0.2))).outcome).toBe('spent')
  })

  it('survives being written down and read back', () => {
    const each = costOf(epsilonFrom(0.3), 1e-7)
    expect(JSON.parse(JSON.stringify(each))).toStrictEqual(each)
    expect(each).toStrictEqual({ nanoEpsilon: 300_000_000, nanoRho: 45_000_000, attoDelta: 100_000_000_000 })
  })

  it('charges every answer something, however small, and rounds against the asker', () => {
    expect(costOf({ numerator: 1, denominator: 1_000_000 })).toStrictEqual({
      nanoEpsilon: 1000,
      nanoRho: 1,
      attoDelta: 0,
    })
    expect(costOf({ numerator: 1, denominator: 3 })).toStrictEqual({
      nanoEpsilon: 333_333_334,
      nanoRho: 55_555_556,
      attoDelta: 0,
    })
  })

  it('takes no account or cost that would give budget back', () => {
    const budget = privacyBudget({ epsilon: 1, delta: 1e-6, epsilonPerAnswer: epsilonFrom(0.1) })
    const cost = costOf(epsilonFrom(0.1))
    const wrong: readonly (readonly [PrivacyCost, PrivacyCost])[] = [
      [nothingSpent, { ...cost, nanoEpsilon: -1 }],
      [{ ...nothingSpent, nanoRho: -1 }, cost],
      [nothingSpent, { ...cost, attoDelta: 0.5 }],
      [nothingSpent, nothingSpent],
    ]
    for (const [spent, one] of wrong)
      expect(() => spend(budget, spent, one)).toThrow(expect.objectContaining({ code: 'epsilon_out_of_range' }))
    expect(() => costOf(epsilonFrom(0.1), -1e-9)).toThrow(expect.objectContaining({ code: 'epsilon_out_of_range' }))
  })

  it('refuses unknown codes once their part of delta is gone, and all of them if there is none', () => {
    const each = epsilonFrom(0.1)
    const guarantee = { epsilon: 5, delta: 1e-6, epsilonPerAnswer: each }
    expect(spendAll(privacyBudget({ ...guarantee, deltaForCodes: 5e-7 }), costOf(each, 1e-7)).answers).toBe(5)
    expect(spendAll(privacyBudget(guarantee), costOf(each, 1e-7)).answers).toBe(0)
  })

  it('takes what unknown codes may cost out of the delta of everything else', () => {
    const guarantee = { epsilon: 1, delta: 1e-6, epsilonPerAnswer: epsilonFrom(0.01) }
    const shared = privacyBudget({ ...guarantee, deltaForCodes: 9e-7 })
    const whole = privacyBudget({ ...guarantee, delta: 1e-7 })
    expect(shared.measure).toBe('rho')
    expect(Math.abs(shared.nano - whole.nano)).toBeLessThanOrEqual(1)
    expect(shared.attoDelta).toBe(900_000_000_000)
    expect(whole.attoDelta).toBe(0)
  })

  it.each([
    { epsilon: 0, delta: 1e-6 },
    { epsilon: Number.NaN, delta: 1e-6 },
    { epsilon: 1, delta: 0 },
    { epsilon: 1, delta: 1 },
    { epsilon: 1, delta: 1e-6, deltaForCodes: 1e-6 },
    { epsilon: 1, delta: 1e-6, deltaForCodes: -1e-9 },
  ])('refuses a guarantee that is none: %o', (guarantee) => {
    expect(() => privacyBudget({ ...guarantee, epsilonPerAnswer: epsilonFrom(0.1) })).toThrow(
      expect.objectContaining({ code: 'epsilon_out_of_range' }),
    )
  })
})

describe('codes that nobody listed beforehand', () => {
  const epsilon = epsilonFrom(1)
  it('have the threshold of disclosure.md §2.8 as a whole number: 15 for epsilon 1 and delta 10^-6', () => {
    expect(thresholdFor(epsilon, 1e-6)).toBe(Math.ceil(1 + Math.log(1 / 2e-6)))
    expect(thresholdFor(epsilon, 1e-6)).toBe(15)
  })

  it('are shown for one person alone with chance delta at most, and one less would be too low', () => {
    for (const value of [0.05, 0.2, 1, 3]) {
      for (const delta of [1e-3, 1e-6, 1e-9]) {
        const threshold = thresholdFor(epsilonFrom(value), delta)
        const reached = (from: number): number => {
          let sum = 0
          for (let x = from - 1; x < from + 2000; x++) sum += chanceOf(x, value)
          return sum
        }
        expect(reached(threshold)).toBeLessThanOrEqual(delta * (1 + 1e-9))
        expect(reached(threshold - 1)).toBeGreaterThan(delta)
      }
    }
  })

  it('are never named when nobody has them, however much noise there is', () => {
    const counts = Array.from({ length: 400 }, (_, code) => ({ code: `c${code}`, count: code < 200 ? 0 : 1 }))
    const random = insecureFixedRandomForTesting('empty codes')
    const { codes } = noisyCodes({ counts, epsilon: epsilonFrom(0.05), delta: 0.2, random })
    expect(codes.length).toBeGreaterThan(10)
    expect(codes.every(({ code }) => Number(code.slice(1)) >= 200)).toBe(true)
  })

  it('name large codes only, and nothing that nobody has', () => {
    const counts = [
      { code: 'large', count: 400 },
      { code: 'alone', count: 1 },
      { code: 'empty', count: 0 },
      { code: 'bigger', count: 900 },
    ]
    const random = insecureFixedRandomForTesting('codes')
    const { codes, threshold, cost } = noisyCodes({ counts, epsilon, delta: 1e-6, random })
    expect(codes.map(({ code }) => code)).toStrictEqual(['bigger', 'large'])
    expect(threshold).toBe(15)
    expect(cost).toStrictEqual(costOf(epsilon, 1e-6))
    expect(codes.every(({ count }, place) => Math.abs(count - (place === 0 ? 900 : 400)) < 40)).toBe(true)
  })

  it.each([
    ['count_not_whole', [{ code: 'a', count: 0.5 }], 1e-6],
    [
      'cells_incomplete',
      [
        { code: 'a', count: 1 },
        { code: 'a', count: 2 },
      ],
      1e-6,
    ],
    ['epsilon_out_of_range', [], 0],
    ['epsilon_out_of_range', [], 0.5],
  ])('refuse with %s', (code, counts, delta) => {
    const random = insecureFixedRandomForTesting('codes')
    expect(() => noisyCodes({ counts, epsilon, delta, random })).toThrow(expect.objectContaining({ code }))
  })
})
