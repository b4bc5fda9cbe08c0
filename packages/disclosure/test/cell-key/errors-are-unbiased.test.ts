import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePerturbationTable, type PerturbationRow, type PerturbationTable } from '../../src/index.ts'
import { nearestToMaximumEntropy } from './brute-force.ts'

const keySpace = 2 ** 48
const chances = ({ keys }: PerturbationRow): number[] => keys.map((width) => width / keySpace)
const moment = ({ deviations, keys }: PerturbationRow, power: number): number =>
  deviations.reduce((sum, v, place) => sum + v ** power * ((keys[place] ?? 0) / keySpace), 0)
const entropy = (p: readonly number[]): number => -p.reduce((sum, x) => sum + (x > 0 ? x * Math.log(x) : 0), 0)
const rowOf = ({ rows }: PerturbationTable, count: number): PerturbationRow => {
  const row = rows[count]
  if (!row) throw new Error('no such row')
  return row
}

/** Parameters that a table exists for. */
const parameters = fc
  .record({ maxDeviation: fc.integer({ min: 1, max: 20 }), part: fc.double({ min: 0.02, max: 1, noNaN: true }) })
  .chain(({ maxDeviation, part }) =>
    fc.integer({ min: 0, max: maxDeviation - 1 }).map((smallestShown) => {
      const least = ((smallestShown + 1) / 2) ** 2
      const most = (maxDeviation * (maxDeviation + 1)) / 3
      return { maxDeviation, smallestShown, variance: least + part * (most - least) }
    }),
  )
  .filter(({ maxDeviation, variance }) => variance <= (maxDeviation * (maxDeviation + 1)) / 3 - 1e-6)

describe('errors are unbiased', () => {
  it('is the published table for D = 2 and V = 1 where a count has room on both sides', () => {
    // Vignette of the R package ptable 1.0.0: tMatrix and p_stay of `create_cnt_ptable(D = 2, V = 1)`, row 2.
    const table = makePerturbationTable({ maxDeviation: 2, variance: 1, smallestShown: 0 })
    expect(table.rows).toHaveLength(3)
    const [two = 0, , stay = 0] = chances(rowOf(table, 2))
    expect(two.toFixed(4)).toBe('0.0638')
    expect(stay.toFixed(3)).toBe('0.383')
  })

  it('knows the rows that can be worked out by hand', () => {
    // Maximum entropy with mean zero on -1, 0, 1, 2, ... is geometric: a half, a quarter, an eighth.
    const wide = rowOf(makePerturbationTable({ maxDeviation: 20, variance: 100, smallestShown: 0 }), 1)
    for (const [place, p] of chances(wide).slice(0, 8).entries()) expect(p).toBeCloseTo(2 ** -(place + 1), 4)
    // Only -1, 0 and 1: the variance is what does not stay.
    const narrow = rowOf(makePerturbationTable({ maxDeviation: 1, variance: 0.5, smallestShown: 0 }), 1)
    expect(chances(narrow).map((p) => p.toFixed(9))).toStrictEqual(['0.250000000', '0.500000000', '0.250000000'])
  })

  it('leaves no error at all when every key is tried: the sum over all keys is zero exactly', () => {
    fc.assert(
      fc.property(parameters, (given) => {
        for (const { deviations, keys } of makePerturbationTable(given).rows) {
          expect(keys.every((width) => Number.isSafeInteger(width) && width >= 0)).toBe(true)
          expect(keys.reduce((sum, width) => sum + BigInt(width), 0n)).toBe(BigInt(keySpace))
          expect(keys.reduce((sum, width, place) => sum + BigInt(width) * BigInt(deviations[place] ?? 0), 0n)).toBe(0n)
        }
      }),
      { seed: 41, numRuns: 60 },
    )
  })

  it('never leads below zero, nor to a count of 1 to js, and leaves zero alone', () => {
    fc.assert(
      fc.property(parameters, (given) => {
        const { rows } = makePerturbationTable(given)
        expect(rows[0]).toStrictEqual({ deviations: [0], keys: [keySpace] })
        for (const [count, { deviations }] of rows.entries()) {
          for (const v of deviations) {
            expect(Math.abs(v)).toBeLessThanOrEqual(given.maxDeviation)
            expect(count + v === 0 || count + v > given.smallestShown).toBe(true)
          }
        }
        expect(rows.at(-1)?.deviations).toHaveLength(2 * given.maxDeviation + 1)
      }),
      { seed: 42, numRuns: 60 },
    )
  })

  it('has the variance asked for wherever a count has room, and no more anywhere', () => {
    fc.assert(
      fc.property(parameters, (given) => {
        const { rows } = makePerturbationTable(given)
        const last = rows.at(-1)
        expect(last && moment(last, 2)).toBeCloseTo(given.variance, 6)
        for (const row of rows) expect(moment(row, 2)).toBeLessThanOrEqual(given.variance + 1e-6)
      }),
      { seed: 43, numRuns: 60 },
    )
  })

  it('has a lower variance only where the extremes would else be likelier than what lies between', () => {
    // Row 1 of D = 3, V = 2, js = 1: with mean zero alone the entropy is largest at a variance of 1.86.
    const row = rowOf(makePerturbationTable({ maxDeviation: 3, variance: 2, smallestShown: 1 }), 1)
    expect(moment(row, 2)).toBeCloseTo(1.8576, 3)
    const free = nearestToMaximumEntropy(row.deviations, undefined)
    expect(entropy(chances(row))).toBeCloseTo(entropy(free), 6)
  })

  it.each([
    [2, 1, 0],
    [5, 3, 2],
    [3, 1.5, 1],
  ])('has the entropy that an independent search finds: D %i, V %f, js %i', (maxDeviation, variance, smallestShown) => {
    for (const row of makePerturbationTable({ maxDeviation, variance, smallestShown }).rows.slice(1)) {
      const found = nearestToMaximumEntropy(row.deviations, moment(row, 2))
      for (const [place, p] of chances(row).entries()) expect(p).toBeCloseTo(found[place] ?? 0, 4)
    }
  })

  it.each([
    ['a largest error of nothing', 0, 1, 0],
    ['a largest error past 20', 21, 1, 0],
    ['half a unit', 2.5, 1, 0],
    ['no variance', 2, 0, 0],
    ['a variance that is no number', 2, Number.NaN, 0],
    ['more variance than all errors alike have', 2, 2.01, 0],
    ['a smallest count as large as the error', 2, 1, 2],
    ['a negative smallest count', 2, 1, -1],
    ['too little variance to leave 1 to js', 5, 2, 2],
  ])('refuses %s', (_, maxDeviation, variance, smallestShown) => {
    expect(() => makePerturbationTable({ maxDeviation, variance, smallestShown })).toThrow(
      expect.objectContaining({ code: 'perturbation_impossible' }),
    )
  })

  it('takes the most variance there can be: all errors alike', () => {
    const row = makePerturbationTable({ maxDeviation: 2, variance: 2, smallestShown: 0 }).rows.at(-1)
    for (const p of row ? chances(row) : []) expect(p).toBeCloseTo(0.2, 9)
  })
})
