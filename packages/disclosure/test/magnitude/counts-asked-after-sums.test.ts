/**
 * Sums were shown by row and by column; later the counts of rows by columns are asked. What the sums say about them is found by trying every
 * whole pair of tables, written apart from the product.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CellState, countsAfterSums, defaultRules, type EarlierSums, type TrueTable } from '../../src/index.ts'
import { flat, twoWay } from '../tables.ts'

/** Rows by columns: how many people, and how many of them say yes (1 each, nobody more). */
type Two = readonly [readonly [number, number], readonly [number, number]]

const rules = { ...defaultRules, zeros: 'publish', maxSparsity: 1 } as const
const limits = { deadlineMs: 60_000, now: () => 0 }

const innerHidden = ({ cells }: TrueTable): CellState[] =>
  cells.map(({ at, count }) =>
    at.every((node) => node > 0) ? { at, state: 'withheld' } : { at, state: 'released', count },
  )

const column = (table: Two, place: 0 | 1): number => table[0][place] + table[1][place]
const row = (table: Two, place: 0 | 1): number => table[place][0] + table[place][1]

/** The sums of both margins, as they were answered. */
function margins(people: Two, yes: Two): EarlierSums[] {
  return (['row', 'column'] as const).map((dimension) => {
    const of = dimension === 'row' ? row : column
    const shown = (node: number, sum: number, persons: number) => ({
      at: [node],
      state: 'released' as const,
      sum,
      persons,
    })
    return {
      axes: [flat(dimension, ['c0', 'c1'])],
      cells: [
        shown(0, of(yes, 0) + of(yes, 1), of(people, 0) + of(people, 1)),
        shown(1, of(yes, 0), of(people, 0)),
        shown(2, of(yes, 1), of(people, 1)),
      ],
    }
  })
}

const judge = async (people: Two, yes: Two, upper: number | undefined) => {
  const table = twoWay(people)
  return await countsAfterSums({
    counts: [{ table, cells: innerHidden(table) }],
    measures: [{ earlier: margins(people, yes), ...(upper === undefined ? {} : { bounds: { lower: 0, upper } }) }],
    rules,
    ...limits,
  })
}

/** The table with the same margins and `corner` at the top left. */
const moved = (table: Two, corner: number): Two => {
  const right = row(table, 0) - corner
  const below = column(table, 0) - corner
  return [
    [corner, right],
    [below, row(table, 1) - below],
  ]
}
const places = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const
const natural = (table: Two): boolean => places.every(([r, c]) => table[r][c] >= 0)

/** Largest number of people in a cell, over all tables with these margins; beside the sums if they are given. */
function most(people: Two, [r, c]: (typeof places)[number], yes?: Two): number {
  let largest = -1
  for (let corner = 0; corner <= row(people, 0); corner++) {
    const counts = moved(people, corner)
    if (!natural(counts)) continue
    let fits = yes === undefined
    for (let sum = 0; yes && !fits && sum <= corner; sum++) {
      const sums = moved(yes, sum)
      fits = natural(sums) && places.every(([i, j]) => sums[i][j] <= counts[i][j])
    }
    if (fits) largest = Math.max(largest, counts[r][c])
  }
  return largest
}

const people: Two = [
  [1, 24],
  [11, 29],
]
const yes: Two = [
  [0, 24],
  [0, 20],
]

describe('counts asked after sums', () => {
  it('are refused where sums say how few there are: 24 of 25 say yes, and nobody in the column', async () => {
    expect(most(people, [0, 0])).toBe(12)
    expect(most(people, [0, 0], yes)).toBe(1)
    expect(await judge(people, yes, 1)).toBe('not_protectable')
  })

  it('are answered where one person may have all of it, and where no sum was shown', async () => {
    expect(await judge(people, yes, undefined)).toBe('open')
    const table = twoWay(people)
    const counts = [{ table, cells: innerHidden(table) }]
    expect(await countsAfterSums({ counts, measures: [], rules, ...limits })).toBe('open')
  })

  it('are judged as trying every pair of tables judges them', async () => {
    const verdicts = { open: 0, not_protectable: 0 }
    const cell = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 5, max: 25 }))
    const share = fc.constantFrom(0, 0, 0.5, 1, 1)
    const four = <T>(one: fc.Arbitrary<T>) => fc.tuple(fc.tuple(one, one), fc.tuple(one, one))
    await fc.assert(
      fc.asyncProperty(four(cell), four(share), async (drawn, shares) => {
        const said = drawn.map((line, r) =>
          line.map((count, c) => Math.round(count * (shares[r]?.[c] ?? 0))),
        ) as unknown as Two
        const given = places.some(
          ([r, c]) => drawn[r][c] < 10 && most(drawn, [r, c], said) < 10 && most(drawn, [r, c]) >= 10,
        )
        const expected = given ? 'not_protectable' : 'open'
        expect(await judge(drawn, said, 1)).toBe(expected)
        verdicts[expected]++
      }),
      { numRuns: 60, seed: 5 },
    )
    expect(Math.min(verdicts.open, verdicts.not_protectable)).toBeGreaterThan(5)
  })

  it('count the tables of before as well: what was hidden then stays hidden', async () => {
    const table = twoWay(people)
    const rows = twoWay(people)
    const now = {
      table: {
        ...rows,
        axes: [rows.axes[0] ?? flat('row', [])],
        cells: rows.cells.filter(({ at }) => at[1] === 0).map((each) => ({ ...each, at: [each.at[0] ?? 0] })),
      },
    }
    const shown = now.table.cells.map(({ at, count }): CellState => ({ at, state: 'released', count }))
    const verdict = await countsAfterSums({
      counts: [
        { table: now.table, cells: shown },
        { table, cells: innerHidden(table) },
      ],
      measures: [{ earlier: margins(people, yes), bounds: { lower: 0, upper: 1 } }],
      rules,
      ...limits,
    })
    expect(verdict).toBe('not_protectable')
  })

  it('are held against what else is known: a count shown elsewhere that they contradict', async () => {
    const table = twoWay(people)
    const asked = {
      counts: [{ table, cells: innerHidden(table) }],
      measures: [{ earlier: margins(people, yes) }],
      rules,
    }
    const shownElsewhere = (count: number) => ({
      population: table.population,
      unit: table.unit,
      axes: [{ dimension: 'column', leaves: 2, nodes: [{ code: 'c0', leaves: [0] }] }],
      cells: [{ at: [0], state: 'released' as const, count }],
    })
    expect(await countsAfterSums({ ...asked, earlier: [shownElsewhere(12)], ...limits })).toBe('open')
    expect(await countsAfterSums({ ...asked, earlier: [shownElsewhere(13)], ...limits })).toBe('ledger_conflict')
  })

  it('contradict the sums: refused', async () => {
    expect(
      await countsAfterSums({
        counts: [{ table: twoWay(people), cells: innerHidden(twoWay(people)) }],
        measures: [
          {
            earlier: margins(
              [
                [2, 24],
                [11, 29],
              ],
              yes,
            ),
          },
        ],
        rules,
        ...limits,
      }),
    ).toBe('ledger_conflict')
  })
})
