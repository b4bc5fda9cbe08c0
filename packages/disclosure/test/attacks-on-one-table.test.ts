/** The attacks on a single table that disclosure.md §3 numbers, each with its figures. */
import { describe, expect, it } from 'vitest'
import type { Rules, TrueTable } from '../src/index.ts'
import { admissions, titanic } from './fixtures.ts'
import { knowledgeOf, leaks, whenHidden, wrong } from './leaks.ts'
import { cellsOf, flat, holes, nested, protect, stateAt, tableOf, twoWay } from './tables.ts'

async function safeHoles(table: TrueTable, rules: Partial<Rules>) {
  const cells = await cellsOf(table, rules)
  const minimum = rules.minimum ?? 10
  expect(wrong({ table, cells }, minimum)).toStrictEqual([])
  expect(leaks([{ table, cells }], minimum, rules.zeros === 'protect')).toStrictEqual([])
  return cells
}

describe('attacks on one table', () => {
  it('1: subtraction in a line does not give 998 from 56600 - 47600 - 8002', async () => {
    const table = twoWay([
      [47_600, 8_002, 998],
      [31_000, 9_500, 5_400],
      [22_000, 7_300, 4_100],
    ])
    expect(whenHidden(table, [[1, 3]], [1, 3])).toStrictEqual({ low: 998, high: 998 })
    const cells = await safeHoles(table, { minimum: 1000 })
    expect(stateAt(cells, 1, 3)).toBe('withheld')
    expect(holes(cells).filter(({ at }) => at[0] === 1).length).toBeGreaterThan(1)
  })

  it('2: a bridge cell between two blocks does not follow from (23 + 20) - (20 + 20)', async () => {
    const table = twoWay([
      [11, 9, 3, 40],
      [9, 11, 50, 60],
      [70, 80, 12, 13],
      [90, 75, 14, 15],
    ])
    const naive = [
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [3, 3],
      [3, 4],
      [4, 3],
      [4, 4],
    ]
    expect(whenHidden(table, naive, [1, 3])).toStrictEqual({ low: 3, high: 3 })
    await safeHoles(table, { minimum: 5 })
  })

  it('3: a line of 5 with its total does not tell that the other two are empty', async () => {
    const table = twoWay([
      [5, 0, 0],
      [20, 30, 40],
      [25, 35, 45],
    ])
    expect(
      whenHidden(
        table,
        [
          [1, 2],
          [1, 3],
          [2, 2],
          [2, 3],
        ],
        [1, 2],
      ),
    ).toStrictEqual({ low: 0, high: 0 })
    await safeHoles(table, { minimum: 3, zeros: 'protect' })
  })

  it('4: crew women who died are not bounded to 2..7', async () => {
    const cells = await safeHoles(titanic, { minimum: 10 })
    expect(stateAt(cells, 4, 2, 1)).toBe('withheld')
  })

  it('5: the holes of a line do not add up to 22 - 17 = 5', async () => {
    const table = twoWay([
      [17, 3, 2],
      [40, 25, 31],
      [38, 27, 19],
    ])
    expect(
      whenHidden(
        table,
        [
          [1, 2],
          [1, 3],
          [2, 2],
          [2, 3],
        ],
        [1, 2],
      ).high,
    ).toBe(5)
    const cells = await safeHoles(table, { minimum: 10 })
    const line = holes(cells).flatMap(({ at }) =>
      at[0] === 1 ? [table.cells.find((cell) => cell.at.join() === at.join())?.count ?? 0] : [],
    )
    expect(line.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(10)
  })

  it('6: a rectangle in one layer of a three-way table becomes a cube, with 7 cells withheld beside the unsafe one', async () => {
    const layer = [
      [1, 1, 2],
      [1, 2, 2],
      [2, 1, 2],
      [2, 2, 2],
    ]
    expect(whenHidden(admissions, layer, [2, 2, 2])).toStrictEqual({ low: 8, high: 8 })
    expect(holes(await safeHoles(admissions, { minimum: 10 }))).toHaveLength(8)
  })

  it('7: months do not follow from their quarter, 30 - 24 = 6 and 61 - 25 - 29 = 7', async () => {
    const month = nested('month', 5, {
      year: [0, 1, 2, 3, 4],
      first: [0, 1, 2],
      second: [3, 4],
      january: [0],
      february: [1],
      march: [2],
      april: [3],
      may: [4],
    })
    const counts = [25, 29, 7, 24, 6]
    const table = tableOf(
      [month],
      counts.map((count, leaf) => ({ leaves: { month: leaf }, count })),
    )
    expect(whenHidden(table, [[5], [7]], [5])).toStrictEqual({ low: 7, high: 7 })
    await safeHoles(table, { minimum: 10 })
  })

  it('15: a partner that holds 9 of 12 persons does not learn of the other 3', async () => {
    const axes = [flat('row', ['a', 'b', 'c']), flat('column', ['x', 'y', 'z'])]
    const table = tableOf(
      axes,
      [12, 30, 40, 35, 45, 55, 60, 33, 44].map((count, place) => ({
        leaves: { row: Math.floor(place / 3), column: place % 3 },
        count,
        held: { police: place === 0 ? 9 : 0, housing: place === 0 ? 0 : 11 },
      })),
    )
    const cells = await cellsOf(table)
    expect(stateAt(cells, 1, 1)).toBe('withheld')
    expect(
      whenHidden(
        table,
        holes(cells).map(({ at }) => at),
        [1, 1],
        knowledgeOf(table, 'police'),
      ).high,
    ).toBeGreaterThanOrEqual(19)
    expect(holes(await cellsOf(table, { insider: false }))).toStrictEqual([])
  })

  it('16: a partner that knows 26 of a block of four does not unlock the 4 beside it', async () => {
    const counts = [
      [4, 26, 60],
      [17, 18, 70],
      [80, 90, 95],
    ]
    const table = tableOf(
      [flat('row', ['a', 'b', 'c']), flat('column', ['x', 'y', 'z'])],
      counts.flatMap((line, row) =>
        line.map((count, column) => ({
          leaves: { row, column },
          count,
          held: { clinic: count === 26 ? 26 : 0, school: count === 26 ? 0 : 1 },
        })),
      ),
    )
    const block = [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]
    const clinic = knowledgeOf(table, 'clinic').filter(({ at }) => at.join() === '1,2')
    expect(whenHidden(table, block, [1, 1], clinic)).toStrictEqual({ low: 4, high: 4 })
    const cells = await safeHoles(table, { minimum: 10 })
    const found = whenHidden(
      table,
      holes(cells).map(({ at }) => at),
      [1, 1],
      clinic,
    )
    expect(found.high).toBeGreaterThanOrEqual(10)
  })

  it('17: 14 of 14 known to another organisation is not shown, nor can its share be proved', async () => {
    const counts = [
      [14, 0],
      [60, 55],
      [48, 51],
    ]
    const table = tableOf(
      [flat('district', ['a', 'b', 'c']), flat('police', ['yes', 'no'], { owner: 'police' })],
      counts.flatMap((line, district) =>
        line.map((count, police) => ({
          leaves: { district, police },
          count,
          held: { housing: Math.floor(count / 2) },
        })),
      ),
    )
    const cells = await cellsOf(table)
    expect(stateAt(cells, 1, 1)).toBe('withheld')
    expect(stateAt(cells, 1, 2)).toBe('withheld')
    const hidden = holes(cells).map(({ at }) => at)
    expect(whenHidden(table, hidden, [1, 2]).high).toBeGreaterThanOrEqual(10)
    // Nobody but the police itself is in the line: there is no one to learn it about.
    const own = tableOf(
      table.axes,
      counts.flatMap((line, district) =>
        line.map((count, police) => ({ leaves: { district, police }, count, held: { police: count } })),
      ),
    )
    expect(holes(await cellsOf(own))).toStrictEqual([])
  })

  it('19: a cell that only whole numbers pin below the minimum is found', async () => {
    const letters = nested('letter', 6, {
      all: [0, 1, 2, 3, 4, 5],
      d: [3],
      e: [4],
      de: [3, 4],
      abd: [0, 1, 3],
      bc: [1, 2],
      ac: [0, 2],
    })
    const table = tableOf(
      [letters],
      [20, 20, 20, 4, 5, 30].map((count, leaf) => ({ leaves: { letter: leaf }, count })),
    )
    // Fractions reach 9; whole numbers make d even.
    expect(whenHidden(table, [[1], [2]], [1]).high).toBe(8)
    const cells = await safeHoles(table, { minimum: 9 })
    expect(holes(cells).length).toBeGreaterThan(2)
  })

  it('refuses a table of mostly unsafe cells and names the dimension to make coarser', async () => {
    const outcome = await protect(
      twoWay([
        [1, 2, 3, 4],
        [4, 5, 6, 7],
      ]),
    )
    expect(outcome).toStrictEqual({
      outcome: 'refused',
      code: 'too_sparse',
      advice: [
        {
          kind: 'coarsen_dimension',
          dimension: 'column',
          into: [
            ['c0', 'c1'],
            ['c2', 'c3'],
          ],
          cells: 9,
        },
        { kind: 'drop_dimension', dimension: 'row', cells: 5 },
      ],
    })
  })
})
