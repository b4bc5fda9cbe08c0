import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Dice } from '../../src/differential-privacy/dice.ts'
import { notNegative } from '../../src/differential-privacy/not-negative.ts'
import { Pieces } from '../../src/differential-privacy/pieces.ts'
import {
  boundRecords,
  epsilonFrom,
  meansOf,
  noisyCounts,
  noisySums,
  type Position,
  type TrueTable,
} from '../../src/index.ts'
import { titanicFourWay } from '../fixtures.ts'
import { flat, nested, positions, tableOf } from '../tables.ts'
import { chanceOf, chiSquareDeviate, insecureFixedRandomForTesting } from './fixed-random.ts'

const random = () => insecureFixedRandomForTesting('tables')
const one = epsilonFrom(1)

/** Months in quarters in a year, by sex; `q3` is shown without its months. */
const months = nested('month', 9, {
  year: [0, 1, 2, 3, 4, 5, 6, 7, 8],
  q1: [0, 1, 2],
  q2: [3, 4, 5],
  q3: [6, 7, 8],
  jan: [0],
  feb: [1],
  mar: [2],
  apr: [3],
  may: [4],
  jun: [5],
})
const sex = flat('sex', ['m', 'f'])
const year: TrueTable = tableOf(
  [months, sex],
  Array.from({ length: 18 }, (_, place) => ({
    leaves: { month: place % 9, sex: place < 9 ? 0 : 1 },
    count: 3 * place,
  })),
)
const withSize = (table: TrueTable, change: Partial<TrueTable>): TrueTable => ({ ...table, ...change })
/** Every person has two records in one month. */
const records = withSize(year, {
  unit: 'records',
  cells: year.cells.map((cell) => ({ ...cell, count: 2 * cell.count, largest: cell.count > 0 ? [2, 2] : [0, 0] })),
})

describe('noisy tables add up', () => {
  it('makes every cell the sum of its parts, in every dimension and at every level', () => {
    const { cells } = noisyCounts({ table: year, epsilon: epsilonFrom(0.2), random: random() })
    const countAt = new Map(cells.map(({ at, count }) => [at.join(), count]))
    const count = (at: Position): number => countAt.get(at.join()) ?? Number.NaN
    for (const month of months.nodes.keys()) expect(count([month, 0])).toBe(count([month, 1]) + count([month, 2]))
    for (const s of [0, 1, 2]) {
      expect(count([0, s])).toBe(count([1, s]) + count([2, s]) + count([3, s]))
      expect(count([1, s])).toBe(count([4, s]) + count([5, s]) + count([6, s]))
    }
    expect(cells.every((cell) => cell.count >= 0 && Number.isInteger(cell.count))).toBe(true)
    expect(cells.some((cell, place) => cell.count !== year.cells[place]?.count)).toBe(true)
  })

  it('says how much noise a cell holds: the root of the number of finest cells in it', () => {
    const { deviations } = noisyCounts({ table: year, epsilon: one, random: random() })
    const at = (wanted: Position): number =>
      deviations[year.cells.findIndex((cell) => cell.at.join() === wanted.join())] ?? Number.NaN
    const finest = at([4, 1])
    expect(finest.toFixed(2)).toBe('1.36')
    expect(at([1, 1]) / finest).toBeCloseTo(Math.sqrt(3), 9)
    // Six months, and the third quarter, which is finest itself; each by two sexes.
    expect(at([0, 0]) / finest).toBeCloseTo(Math.sqrt(14), 9)
  })

  it('gives each finest cell noise of its own with the distribution that was promised', () => {
    const big = tableOf(
      [
        flat(
          'place',
          Array.from({ length: 3000 }, (_, place) => `p${place}`),
        ),
      ],
      [],
    )
    const table = withSize(big, {
      cells: big.cells.map((cell) => {
        const count = cell.at[0] === 0 ? 3_000_000 : 1000
        return { ...cell, count, persons: count, largest: [1, 1] }
      }),
    })
    // Counts far above zero: nothing is smoothed away.
    const { cells } = noisyCounts({ table, epsilon: epsilonFrom(0.5), random: random() })
    const noise = cells.slice(1).map(({ count }) => count - 1000)
    expect(Math.abs(chiSquareDeviate(noise, (x) => chanceOf(x, 0.5)))).toBeLessThan(4)
    expect(cells[0]?.count).toBe(3_000_000 + noise.reduce((sum, x) => sum + x, 0))
  })

  it('leaves combinations at zero that everybody knows to be empty, and no others', () => {
    const crewChildren = titanicFourWay.cells.map(({ at }) => at).filter((at) => at[0] === 4 && at[2] === 1)
    const table = withSize(titanicFourWay, { structuralZeros: crewChildren })
    const { cells } = noisyCounts({ table, epsilon: epsilonFrom(0.05), random: random() })
    const closed = new Set(crewChildren.map((at) => at.join()))
    for (const { at, count } of cells) if (closed.has(at.join())) expect(count).toBe(0)
    const zeros = titanicFourWay.cells.filter(({ at, count }) => count === 0 && !closed.has(at.join()))
    expect(zeros.some(({ at }) => (cells.find((cell) => cell.at.join() === at.join())?.count ?? 0) > 0)).toBe(true)
  })

  it('keeps totals right on average, while small cells read high and large ones low, as the text says', () => {
    const source = random()
    const draws = Array.from(
      { length: 300 },
      () => noisyCounts({ table: titanicFourWay, epsilon: one, random: source }).cells,
    )
    const meanError = (chosen: (at: Position, count: number) => boolean): number => {
      const places = [...titanicFourWay.cells.keys()].filter((place) => {
        const cell = titanicFourWay.cells[place]
        return cell !== undefined && chosen(cell.at, cell.count)
      })
      const errors = draws.flatMap((cells) =>
        places.map((place) => (cells[place]?.count ?? 0) - (titanicFourWay.cells[place]?.count ?? 0)),
      )
      return errors.reduce((sum, error) => sum + error, 0) / errors.length
    }
    const finest = (at: Position): boolean => at.every((node) => node > 0)
    // 32 finest cells: the total has standard deviation 7.7, its mean over 300 draws 0.44.
    expect(Math.abs(meanError((at) => at.every((node) => node === 0)))).toBeLessThan(5 * 0.44)
    expect(meanError((at, count) => finest(at) && count === 0)).toBeGreaterThan(0.2)
    expect(meanError((at, count) => finest(at) && count > 50)).toBeLessThan(-0.05)
  })

  it('works for filtered tables and for categories that are the same set', () => {
    const part = nested('area', 5, { west: [1, 3], whole: [3, 1], a: [1] })
    const table = tableOf(
      [part],
      [1, 3, 4].map((leaf) => ({ leaves: { area: leaf }, count: 50 })),
    )
    const [west, whole, a] = noisyCounts({ table, epsilon: one, random: random() }).cells
    expect(west?.count).toBe(whole?.count)
    expect(Math.abs((a?.count ?? 0) - 50)).toBeLessThan(30)
  })

  it('draws more noise the more one person can add', () => {
    const deviation = (bound: number): number =>
      noisyCounts({ table: records, epsilon: one, bound, random: random() }).deviations[0] ?? 0
    expect(deviation(8) / deviation(4)).toBeCloseTo(2, 1)
  })

  it.each<[string, string, Partial<Parameters<typeof noisyCounts>[0]>]>([
    ['contribution_unbounded', 'records without a bound', { table: records }],
    ['contribution_unbounded', 'a person with more records than the bound', { table: records, bound: 1 }],
    ['contribution_unbounded', 'half a record', { table: records, bound: 2.5 }],
    [
      'contribution_unbounded',
      'households that a person may move, bounded by one',
      { table: withSize(year, { unit: 'households' }), bound: 1 },
    ],
    ['epsilon_out_of_range', 'an epsilon of nothing', { epsilon: { numerator: 0, denominator: 1 } }],
    [
      'count_not_whole',
      'half a person',
      { table: withSize(year, { cells: year.cells.map((cell) => ({ ...cell, count: cell.count + 0.5 })) }) },
    ],
    ['epsilon_out_of_range', 'an epsilon past 20', { epsilon: { numerator: 41, denominator: 2 } }],
    ['epsilon_out_of_range', 'half a numerator', { epsilon: { numerator: 0.5, denominator: 1 } }],
    ['epsilon_out_of_range', 'a bound past every range', { bound: 2 ** 41 }],
  ])('refuses with %s: %s', (code, _, wrong) => {
    const draw = () => noisyCounts({ table: year, epsilon: one, random: random(), ...wrong })
    expect(draw).toThrow(expect.objectContaining({ code }))
  })

  it('refuses categories that overlap, and cells that do not add up: a person would be in two', () => {
    const overlapping = nested('a', 3, { all: [0, 1, 2], x: [0, 1], y: [1, 2] })
    const table = tableOf(
      [overlapping],
      [0, 1, 2].map((leaf) => ({ leaves: { a: leaf }, count: 5 })),
    )
    expect(() => noisyCounts({ table, epsilon: one, random: random() })).toThrow(
      expect.objectContaining({ code: 'axes_overlap' }),
    )
    const cells = year.cells.map((cell) =>
      cell.at.join() === '4,1'
        ? { ...cell, count: cell.count + 1, persons: cell.persons + 1, largest: [1, 1] as const }
        : cell,
    )
    const counted = () => noisyCounts({ table: withSize(year, { cells }), epsilon: one, random: random() })
    expect(counted).toThrow(expect.objectContaining({ code: 'counts_inconsistent' }))
    // 8 and 8 within 10 leave less than nobody for the third.
    const crowded = tableOf([nested('a', 3, { all: [0, 1, 2], x: [0], y: [1] })], [{ leaves: { a: 0 }, count: 8 }])
    const more = crowded.cells.map((cell, node) => {
      const count = [10, 8, 8][node] ?? 0
      return { ...cell, count, persons: count, largest: [1, 1] as const }
    })
    expect(() => noisyCounts({ table: withSize(crowded, { cells: more }), epsilon: one, random: random() })).toThrow(
      expect.objectContaining({ code: 'counts_inconsistent' }),
    )
  })
})

describe('one person can hardly be seen', () => {
  it('makes no answer likelier or less likely by more than e^epsilon, smoothing included', () => {
    const draws = 6000
    const source = insecureFixedRandomForTesting('neighbours')
    const seen = (first: number): Map<string, number> => {
      const axis = flat('area', ['a', 'b'])
      const table = tableOf(
        [axis],
        [first, 2].map((count, area) => ({ leaves: { area }, count })),
      )
      const found = new Map<string, number>()
      for (let draw = 0; draw < draws; draw++) {
        const { cells } = noisyCounts({ table, epsilon: epsilonFrom(0.7), random: source })
        const answer = cells.map(({ count }) => count).join()
        found.set(answer, (found.get(answer) ?? 0) + 1)
      }
      return found
    }
    const [without, within] = [seen(1), seen(2)]
    const often = [...without].filter(([answer, times]) => times > 150 && (within.get(answer) ?? 0) > 150)
    expect(often.length).toBeGreaterThan(5)
    const ratios = often.map(([answer, times]) => Math.abs(Math.log(times / (within.get(answer) ?? 0))))
    // Each is estimated from 150 draws or more: a standard error of 0.12 at most.
    for (const ratio of ratios) expect(ratio).toBeLessThan(0.7 + 4 * 0.12)
    // And no more noise than needed: the guarantee is used up.
    expect(Math.max(...ratios)).toBeGreaterThan(0.7 - 4 * 0.12)
  })
})

describe('a table is taken apart and put together', () => {
  it('comes back as it was, whatever it counts and however its categories nest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 18, maxLength: 18 }), (finest) => {
        const axes = [months, sex]
        const valueAt = ([month = 0, s = 0]: Position): number =>
          finest.reduce((sum, value, place) => {
            const inside =
              months.nodes[month]?.leaves.includes(place % 9) && sex.nodes[s]?.leaves.includes(place < 9 ? 0 : 1)
            return inside ? sum + value : sum
          }, 0)
        const pieces = new Pieces(axes)
        const parts = pieces.takeApart(valueAt)
        // Six months and a quarter that is shown without its months, by two sexes.
        expect(parts).toHaveLength(14)
        const all = positions(axes)
        expect(pieces.putTogether(parts ?? [], all)).toStrictEqual(all.map((at) => valueAt(at)))
      }),
      { seed: 49 },
    )
  })

  it('refuses one set of codes with two counts', () => {
    const pieces = new Pieces([nested('a', 2, { all: [0, 1], both: [1, 0], one: [0] })])
    expect(pieces.takeApart(([node = 0]) => [9, 9, 4][node] ?? 0)?.toSorted()).toStrictEqual([4, 5])
    expect(pieces.takeApart(([node = 0]) => [9, 8, 4][node] ?? 0)).toBeUndefined()
  })

  it('gives what lies beside the categories inside a wider one a part of its own', () => {
    const pieces = new Pieces([nested('a', 5, { all: [0, 1, 2, 3, 4], some: [0, 1, 2], one: [1] })])
    const values = [100, 30, 12]
    expect(pieces.count).toBe(3)
    expect(pieces.takeApart(([node = 0]) => values[node] ?? 0)?.toSorted((a, b) => a - b)).toStrictEqual([12, 18, 70])
  })
})

describe('negative counts are smoothed away', () => {
  const dice = () => new Dice(random())
  it('keeps the total, lets nothing be negative and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 90 }), { minLength: 1, maxLength: 30 }), (values) => {
        const made = notNegative(values, dice())
        const total = values.reduce((sum, value) => sum + value, 0)
        expect(made.reduce((sum, value) => sum + value, 0)).toBe(Math.max(0, total))
        expect(made.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
        for (const [i, a] of values.entries())
          for (const [j, b] of values.entries()) if (a > b) expect(made[i]).toBeGreaterThanOrEqual(made[j] ?? 0)
      }),
      { seed: 45, numRuns: 300 },
    )
  })

  it('is as near to what was drawn as any table with that total: no unit moved elsewhere brings it nearer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 30 }), { minLength: 2, maxLength: 8 }), (values) => {
        if (values.reduce((sum, value) => sum + value, 0) < 0) return
        const made = notNegative(values, dice())
        // Moving a unit from i to j changes the squared distance by 2 (off_j - off_i + 1).
        const off = made.map((value, place) => value - (values[place] ?? 0))
        for (const [i, from] of made.entries())
          if (from > 0) for (const to of off) expect(to - (off[i] ?? 0) + 1).toBeGreaterThanOrEqual(0)
      }),
      { seed: 46, numRuns: 300 },
    )
  })

  it('draws lots where whole numbers cannot be shared out evenly', () => {
    // Three cells give up a third each: two of them get theirs back.
    const die = dice()
    const short = Array.from({ length: 600 }, () => notNegative([3, -1, 3, 3], die)).map((made) => {
      expect(made.toSorted()).toStrictEqual([0, 2, 3, 3])
      return made.indexOf(2)
    })
    // 200 each expected, with a standard deviation of 11.5.
    for (const place of [0, 2, 3]) expect(Math.abs(short.filter((x) => x === place).length - 200)).toBeLessThan(50)
  })

  it('leaves a table without negatives alone', () => {
    expect(notNegative([4, 0, 7], dice())).toStrictEqual([4, 0, 7])
    expect(notNegative([], dice())).toStrictEqual([])
    expect(notNegative([-3, -1], dice())).toStrictEqual([0, 0])
  })
})

describe('noisy sums', () => {
  const axis = flat('area', ['a', 'b', 'c'])
  const sums = [
    [600, 40],
    [300, 40],
    [200, 30],
    [100, 20],
  ].map(([sum = 0, most = 0], place) => ({ at: [place], sum, largest: [most] }))
  const table = tableOf(
    [axis],
    [0, 1, 2].map((leaf) => ({ leaves: { area: leaf }, count: 30 })),
  )
  const counts = noisyCounts({ table, epsilon: one, random: random() }).cells
  const question = {
    axes: [axis],
    cells: sums,
    counts,
    bounds: { lower: 0, upper: 40 },
    epsilon: one,
    random: random(),
  }

  it('add up, and stand beside the noisy count that a mean divides them by', () => {
    const { cells, deviations } = noisySums(question)
    expect(cells[0]?.sum).toBe((cells[1]?.sum ?? 0) + (cells[2]?.sum ?? 0) + (cells[3]?.sum ?? 0))
    expect(cells.map(({ persons }) => persons)).toStrictEqual(counts.map(({ count }) => count))
    expect(deviations[1]).toBeCloseTo(40 * Math.SQRT2, 0)
    expect(meansOf(cells, 1).every(({ state }) => state === 'released')).toBe(true)
  })

  it('draw as much noise as the largest amount needs, of either sign', () => {
    const below = noisySums({ ...question, bounds: { lower: -100, upper: 40 } })
    expect(below.deviations[1]).toBeCloseTo(100 * Math.SQRT2, 0)
  })

  it('leave a combination at zero that nobody can have, and refuse one in which somebody has something', () => {
    const closed = { ...question, structuralZeros: [[3]] }
    const empty = sums.map((cell, place) => ({ ...cell, sum: [500, 300, 200, 0][place] ?? 0 }))
    expect(noisySums({ ...closed, cells: empty, epsilon: epsilonFrom(0.05) }).cells[3]?.sum).toBe(0)
    expect(() => noisySums(closed)).toThrow(expect.objectContaining({ code: 'sums_inconsistent' }))
  })

  it('may be negative where an amount may be, and not elsewhere', () => {
    const none = sums.map(({ at }) => ({ at, sum: 0, largest: [] }))
    const drawn = (lower: number) =>
      noisySums({ ...question, cells: none, bounds: { lower, upper: 40 } }).cells.slice(1)
    expect(drawn(0).every(({ sum }) => sum >= 0)).toBe(true)
    expect(
      Array.from({ length: 10 }, () => drawn(-40))
        .flat()
        .some(({ sum }) => sum < 0),
    ).toBe(true)
  })

  it.each<[string, string, Partial<typeof question>]>([
    ['contribution_unbounded', 'an amount beyond the bounds', { bounds: { lower: 0, upper: 39 } }],
    ['sum_not_whole', 'half an amount', { cells: sums.map((cell) => ({ ...cell, sum: cell.sum + 0.5 })) }],
    ['sum_not_whole', 'bounds the wrong way round', { bounds: { lower: 41, upper: 40 } }],
    [
      'sums_inconsistent',
      'sums that do not add up',
      { cells: sums.map((cell, n) => ({ ...cell, sum: cell.sum + n })) },
    ],
    [
      'axes_malformed',
      'a code twice in a category',
      { axes: [nested('area', 3, { all: [0, 1, 2], a: [0, 0], b: [1], c: [2] })] },
    ],
    ['cells_incomplete', 'a cell twice', { cells: sums.map((cell) => ({ ...cell, at: [0] })) }],
    ['cells_incomplete', 'a cell too few', { cells: sums.slice(1) }],
    ['cells_incomplete', 'counts of other cells', { counts: counts.map((cell) => ({ ...cell, at: [0] })) }],
  ])('refuse with %s: %s', (code, _, wrong) => {
    expect(() => noisySums({ ...question, ...wrong })).toThrow(expect.objectContaining({ code }))
  })
})

describe('records beyond the bound are left out', () => {
  it('keeps one of each cell in turn, of each person alone', () => {
    expect([...boundRecords([[2, 0, 0, 0, 1]], 4, 4)]).toStrictEqual([2, 1, 1, 0])
    expect([...boundRecords([[1, 0, 1]], 1, 2)]).toStrictEqual([1, 0])
    expect([...boundRecords([[3, 3, 3], [3]], 2, 4)]).toStrictEqual([0, 0, 0, 3])
    expect([...boundRecords([], 2, 2)]).toStrictEqual([0, 0])
  })

  it('lets nobody change a table by more than the bound, whoever else is in it', () => {
    const person = fc.array(fc.nat(5), { maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 8 }),
        person,
        fc.integer({ min: 1, max: 6 }),
        (others, extra, bound) => {
          const without = boundRecords(others, bound, 6)
          const within = boundRecords([...others, extra], bound, 6)
          const change = [...within].reduce((sum, value, cell) => sum + Math.abs(value - (without[cell] ?? 0)), 0)
          expect(change).toBe(Math.min(bound, extra.length))
        },
      ),
      { seed: 47 },
    )
  })

  it('refuses a bound of nothing and records outside the table', () => {
    expect(() => boundRecords([], 0, 2)).toThrow(expect.objectContaining({ code: 'contribution_unbounded' }))
    expect(() => boundRecords([[2]], 1, 2)).toThrow(expect.objectContaining({ code: 'cells_incomplete' }))
  })
})
