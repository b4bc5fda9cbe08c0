import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Axis,
  cellKeyOfUnion,
  cellKeysOfPeople,
  type KeySource,
  makePerturbationTable,
  type People,
  type Position,
  percentagesOf,
  perturb,
} from '../../src/index.ts'
import { flat, nested, positions } from '../tables.ts'

const source: KeySource = {
  secret: new Uint8Array(32).fill(7),
  release: 'release-1',
  population: 'residents',
  unit: 'persons',
}
const area = nested('area', 4, { all: [0, 1, 2, 3], west: [0, 1], east: [2, 3], a: [0], b: [1], c: [2], d: [3] })
const sex = flat('sex', ['m', 'f'])
const west = nested('area', 4, { west: [1, 0] })
const at = (axes: readonly Axis[], codes: Readonly<Record<string, string>>): Position =>
  axes.map(({ dimension, nodes }) => nodes.findIndex(({ code }) => code === codes[dimension]))
const keyOf = (axes: readonly Axis[], codes: Readonly<Record<string, string>>, from = source): number =>
  cellKeyOfUnion(from, axes, at(axes, codes))

/** Area x sex x age group; nobody of area d is a man, and nobody of area b is young. */
const people: People = {
  dimensions: [
    { dimension: 'area', leaves: 4 },
    { dimension: 'sex', leaves: 2 },
    { dimension: 'age', leaves: 2 },
  ],
  codes: Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 2, 0, 0, 2, 1, 1, 3, 1, 0, 3, 1, 1]),
  counts: Uint32Array.from([4, 6, 9, 3, 12, 8, 5, 2, 7]),
}
const keyHere = (axes: readonly Axis[], codes: Readonly<Record<string, string>>, from = source, known = people) =>
  cellKeysOfPeople(from, known, axes, [at(axes, codes)])[0]

describe('one cell has one error', () => {
  it('gives a cell one key, however it is asked for', () => {
    const key = keyOf([area, sex], { area: 'west', sex: 'f' })
    expect(keyOf([sex, area], { area: 'west', sex: 'f' })).toBe(key)
    expect(keyOf([west, sex], { area: 'west', sex: 'f' })).toBe(key)
    expect(keyOf([area, sex], { area: 'west', sex: 'all' })).toBe(keyOf([area], { area: 'west' }))
    expect(keyOf([area, sex], { area: 'all', sex: 'all' })).toBe(keyOf([sex], { sex: 'all' }))
    expect(keyOf([area, sex], { area: 'east', sex: 'f' })).not.toBe(key)
  })

  it('gives other keys in another release, population or unit, and to whoever has another secret', () => {
    const others: KeySource[] = [
      source,
      { ...source, release: 'release-2' },
      { ...source, population: 'reports' },
      { ...source, unit: 'records' },
      { ...source, secret: new Uint8Array(32).fill(8) },
    ]
    for (const make of [keyOf, keyHere]) {
      const keys = others.map((other) => make([area], { area: 'west' }, other))
      expect(new Set(keys).size).toBe(others.length)
    }
  })

  it('gives the same persons one key even where two definitions happen to meet', () => {
    // Everybody of d is a woman, so d and the women of d are the same persons; the definition alone cannot know.
    expect(keyHere([area, sex], { area: 'd', sex: 'f' })).toBe(keyHere([area], { area: 'd' }))
    expect(keyOf([area, sex], { area: 'd', sex: 'f' })).not.toBe(keyOf([area], { area: 'd' }))
    expect(keyHere([area, sex], { area: 'c', sex: 'f' })).not.toBe(keyHere([area], { area: 'c' }))
    expect(keyHere([sex, area], { area: 'west', sex: 'f' })).toBe(keyHere([west, sex], { area: 'west', sex: 'f' }))
  })

  it('does not depend on the order in which people or dimensions are laid out', () => {
    const turned: People = {
      dimensions: [...people.dimensions].reverse(),
      codes: Uint8Array.from(people.codes).reverse(),
      counts: Uint32Array.from(people.counts).reverse(),
    }
    const asked = [area, sex]
    const all = positions(asked)
    expect(cellKeysOfPeople(source, turned, asked, all)).toStrictEqual(cellKeysOfPeople(source, people, asked, all))
  })

  it('adds up keys as the method does: two groups without a common person give the key of both together', () => {
    const [a, b, both] = cellKeysOfPeople(
      source,
      people,
      [area],
      ['a', 'b', 'west'].map((code) => at([area], { area: code })),
    )
    expect(((a ?? 0) + (b ?? 0)) % 2 ** 48).toBe(both)
  })

  it('gives a cell another key once one of its people came or went', () => {
    const more: People = { ...people, counts: people.counts.map((count, row) => (row === 0 ? count + 1 : count)) }
    expect(keyHere([area], { area: 'a' }, source, more)).not.toBe(keyHere([area], { area: 'a' }))
    expect(keyHere([area], { area: 'b' }, source, more)).toBe(keyHere([area], { area: 'b' }))
  })

  it('refuses a short secret and people without the dimension asked for', () => {
    const short = { ...source, secret: new Uint8Array(15) }
    for (const make of [keyOf, keyHere])
      expect(() => make([area], { area: 'a' }, short)).toThrow(expect.objectContaining({ code: 'secret_too_short' }))
    expect(() => keyHere([flat('wage', ['low', 'high'])], { wage: 'low' })).toThrow(
      expect.objectContaining({ code: 'people_malformed' }),
    )
    expect(() => keyHere([flat('sex', ['m', 'f', 'x'])], { sex: 'm' })).toThrow(
      expect.objectContaining({ code: 'people_malformed' }),
    )
  })
})

describe('a count carries the error of its key', () => {
  const table = makePerturbationTable({ maxDeviation: 5, variance: 3, smallestShown: 2 })
  const keySpace = 2 ** 48
  /** True counts that a shown one may come from. */
  const near = (count: number): number[] =>
    Array.from({ length: 11 }, (_, step) => count - 5 + step).filter((n) => n > 0)
  const shown = (count: number, key: number): number => {
    const [cell] = perturb({ cells: [{ at: [0], count, key }], table })
    return cell?.state === 'released' ? cell.count : Number.NaN
  }

  it('changes error exactly where the keys of one error end and those of the next begin', () => {
    for (const count of [1, 2, 5, 8, 900]) {
      const row = table.rows[Math.min(count, 8)]
      let first = 0
      for (const [place, width] of (row?.keys ?? []).entries()) {
        const expected = count + (row?.deviations[place] ?? 0)
        expect([shown(count, first), shown(count, first + width - 1)]).toStrictEqual([expected, expected])
        first += width
      }
    }
  })

  it('answers 200 repeats alike, so that their mean is no nearer to the truth (attack 21)', () => {
    const key = keyOf([area, sex], { area: 'c', sex: 'm' })
    expect(new Set(Array.from({ length: 200 }, () => shown(37, key))).size).toBe(1)
  })

  it('gives percentages of what is shown, which fit every count there could be; exact ones would tell it (attack 20)', () => {
    // 3 of 36, shown as something within 5 of each.
    const axis = flat('answer', ['yes', 'no'])
    const true36 = [36, 3, 33]
    const cells = perturb({ cells: true36.map((count, node) => ({ at: [node], count, key: 1e14 + node })), table })
    const counts = cells.map((cell) => (cell.state === 'released' ? cell.count : Number.NaN))
    const fitting = (percentage: number): number[][] =>
      near(counts[0] ?? 0).flatMap((whole) =>
        near(counts[1] ?? 0)
          .filter((part) => Math.round((1000 * part) / whole) / 10 === percentage)
          .map((part) => [whole, part]),
      )
    // What an exact percentage beside the errors would leave: the truth, alone.
    expect(fitting(8.3)).toStrictEqual([[36, 3]])
    const shares = percentagesOf([axis], cells, 0, 1)
    expect(shares[1]).toStrictEqual({
      at: [1],
      state: 'released',
      figure: Math.round((1000 * (counts[1] ?? 0)) / (counts[0] ?? 0)) / 10,
    })
    expect(counts).not.toStrictEqual(true36)
  })

  it('shows neither the true count nor the key, and nothing from 1 to js', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 0, max: keySpace - 1 }), (count, key) => {
        const [cell] = perturb({ cells: [{ at: [0], count, key }], table })
        expect(Object.keys(cell ?? {}).sort()).toStrictEqual(['at', 'count', 'state'])
        const seen = shown(count, key)
        expect(seen === 0 || seen > 2).toBe(true)
        expect(Math.abs(seen - count)).toBeLessThanOrEqual(5)
        if (count === 0) expect(seen).toBe(0)
      }),
      { seed: 44 },
    )
  })

  it('withholds counts below the minimum before noise, and only those', () => {
    const cells = [0, 1, 9, 10].map((count, place) => ({ at: [place], count, key: 12_345 }))
    const states = perturb({ cells, table, minimum: 10 }).map(({ state }) => state)
    expect(states).toStrictEqual(['released', 'withheld', 'withheld', 'released'])
    expect(perturb({ cells, table }).every(({ state }) => state === 'released')).toBe(true)
  })

  it('has errors near zero on average over the keys of many cells, each its own', () => {
    const errors = Array.from({ length: 4000 }, (_, place) => {
      const key = createHmac('sha256', source.secret).update(String(place)).digest().readUIntBE(0, 6)
      return shown(50, key) - 50
    })
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length
    // Five standard errors of a mean of 4,000 with variance 3.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(3 / 4000))
    expect(variance).toBeGreaterThan(2.6)
    expect(variance).toBeLessThan(3.4)
  })

  it.each([
    ['count_not_whole', { count: 1.5, key: 0 }],
    ['count_not_whole', { count: -1, key: 0 }],
    ['cell_key_out_of_range', { count: 5, key: 0.5 }],
    ['cell_key_out_of_range', { count: 5, key: -1 }],
    ['cell_key_out_of_range', { count: 5, key: keySpace }],
  ])('refuses with %s', (code, wrong) => {
    expect(() => perturb({ cells: [{ at: [0], ...wrong }], table })).toThrow(expect.objectContaining({ code }))
  })

  it('refuses a minimum below 3', () => {
    expect(() => perturb({ cells: [], table, minimum: 2 })).toThrow(
      expect.objectContaining({ code: 'minimum_too_low' }),
    )
  })
})
