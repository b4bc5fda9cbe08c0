import { describe, expect, it } from 'vitest'
import { type Axis, defaultRules, protectTable, type TrueCell, type TrueTable } from '../src/index.ts'
import { whenHidden } from './leaks.ts'
import {
  cellsOf,
  flat,
  holes,
  nested,
  positions,
  protect,
  remembered,
  secret,
  stateAt,
  tableOf,
  twoWay,
} from './tables.ts'

/** Counts of records, one cell of which two persons nearly fill. */
function records(first: number, second: number): TrueTable {
  const axes: Axis[] = [flat('row', ['a', 'b', 'c']), flat('column', ['x', 'y', 'z'])]
  const counts = [120, 90, 80, 70, 110, 95, 85, 75, 130]
  const cells = positions(axes).map((at): TrueCell => {
    const inside = counts.filter((_, place) => {
      const [row = 0, column = 0] = at
      return (row === 0 || row === Math.floor(place / 3) + 1) && (column === 0 || column === (place % 3) + 1)
    })
    const count = inside.reduce((sum, one) => sum + one, 0)
    const dominated = at.join() === '1,1'
    return {
      at,
      count,
      persons: dominated ? 12 : Math.floor(count / 2),
      byParty: {},
      largest: dominated ? [first, second] : [4, 3],
    }
  })
  return { population: 'reports', unit: 'records', axes, cells }
}

describe('counts of records', () => {
  it('hides a count that the second largest contributor could estimate to within p % of the largest', async () => {
    const table = records(100, 15)
    const cells = await cellsOf(table)
    expect(stateAt(cells, 1, 1)).toBe('withheld')
    // 120 - 100 - 15 = 5 is less than 10 % of 100: the interval must reach 5 to either side.
    const found = whenHidden(
      table,
      holes(cells).map(({ at }) => at),
      [1, 1],
    )
    expect(found.low).toBeLessThanOrEqual(115)
    expect(found.high).toBeGreaterThanOrEqual(125)
  })

  it('shows it at the border, where the rest is exactly p % of the largest', async () => {
    expect(holes(await cellsOf(records(100, 10)))).toStrictEqual([])
  })

  it('counts k on persons, however many records they have', async () => {
    const table = records(10, 10)
    const few = {
      ...table,
      cells: table.cells.map((cell) => (cell.at.join() === '1,1' ? { ...cell, persons: 9 } : cell)),
    }
    expect(stateAt(await cellsOf(few), 1, 1)).toBe('withheld')
    expect(holes(await cellsOf(table))).toStrictEqual([])
  })
})

describe('zeros', () => {
  const counts = [
    [0, 30, 40],
    [25, 35, 45],
    [28, 38, 48],
  ]
  it('are shown on a plain dimension and hidden on a sensitive one', async () => {
    expect(stateAt(await cellsOf(twoWay(counts)), 1, 1)).toBe('released')
    expect(stateAt(await cellsOf(twoWay(counts, [{}, { sensitive: true }])), 1, 1)).toBe('withheld')
  })

  it('are hidden in an empty line too: to show one there would say that the line is empty', async () => {
    const emptyRow = [
      [0, 0, 0],
      [25, 35, 45],
      [28, 38, 48],
    ]
    const withEmptyColumn = emptyRow.map(([, ...rest]) => [0, ...rest])
    const cells = await cellsOf(twoWay(withEmptyColumn, [{}, { sensitive: true }]))
    expect(stateAt(cells, 1, 1)).toBe('withheld')
  })

  it('are shown everywhere when they are declared impossible', async () => {
    const table = twoWay(counts, [{}, { sensitive: true }])
    expect(stateAt(await cellsOf({ ...table, structuralZeros: [[1, 1]] }), 1, 1)).toBe('released')
  })
})

describe('limits', () => {
  const table = twoWay([
    [20, 50, 10, 3],
    [8, 19, 22, 30],
    [17, 32, 12, 15],
  ])

  it('refuses when the attacker does not finish in time', async () => {
    const outcome = await protectTable({ table, earlier: [], rules: defaultRules, secret, deadlineMs: 0, now: () => 1 })
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'time_limit' })
  })

  it('is still safe when no time is left to show more', async () => {
    const outcome = await protectTable({
      table,
      earlier: [],
      rules: defaultRules,
      secret,
      deadlineMs: 1e9,
      now: () => performance.now(),
      improveMs: 0,
    })
    expect(outcome.outcome).toBe('answered')
  })

  it.each([
    ['minimum_too_low', table, { minimum: 2 }],
    ['rule_out_of_range', table, { groupShare: 0.4 }],
    ['cells_incomplete', { ...table, cells: table.cells.slice(1) }, {}],
    ['count_not_whole', { ...table, cells: table.cells.map((cell) => ({ ...cell, count: cell.count + 0.5 })) }, {}],
    [
      'counts_inconsistent',
      { ...table, cells: table.cells.map((cell) => ({ ...cell, persons: cell.persons + 1 })) },
      {},
    ],
    ['structural_zero_not_empty', { ...table, structuralZeros: [[1, 1]] }, {}],
    ['axes_malformed', { ...table, axes: table.axes.map((axis) => ({ ...axis, leaves: 2 })) }, {}],
  ])('throws %s', async (code, bad, rules) => {
    await expect(protect(bad, rules)).rejects.toMatchObject({ code })
  })

  it('throws when an earlier table is about others', async () => {
    const other = { ...remembered(table, await cellsOf(table)), population: 'companies' }
    await expect(protect(table, {}, [other])).rejects.toMatchObject({ code: 'earlier_table_foreign' })
  })
})

describe('questions about many dimensions', () => {
  it('need no cross-classification of all of them when they hang together as a tree', async () => {
    const sizes = { a: 12, b: 11, c: 10, d: 9, e: 8 }
    const names = Object.keys(sizes)
    const groups = Array.from({ length: 4000 }, (_, person) => ({
      leaves: Object.fromEntries(
        Object.entries(sizes).map(([name, size], index) => [
          name,
          (person * (index + 3) * 7 + Math.floor(person / (index + 2))) % size,
        ]),
      ),
      count: 1,
    }))
    const ledger = []
    for (const [index, name] of names.slice(1).entries()) {
      const axes = [names[index] ?? 'a', name].map((each) =>
        flat(
          each,
          Array.from({ length: sizes[each as keyof typeof sizes] }, (_, code) => `${code}`),
        ),
      )
      const asked = tableOf(axes, groups)
      const outcome = await protect(asked, {}, ledger)
      if (outcome.outcome === 'refused') throw new Error(outcome.code)
      // 12 x 11 x 10 x 9 x 8 = 95,040 combinations; the attacker needs the four pairs.
      expect(outcome.certificate.atoms).toBeLessThanOrEqual(12 * 11 + 11 * 10 + 10 * 9 + 9 * 8)
      ledger.push(remembered(asked, outcome.cells))
    }
    expect(ledger).toHaveLength(4)
  })
})

describe('advice', () => {
  it('names only coarser tables that show a larger share of their cells', async () => {
    const counts = [
      [20, 50, 10, 3],
      [30, 19, 22, 30],
      [17, 32, 12, 15],
    ]
    const outcome = await protect(twoWay(counts))
    if (outcome.outcome === 'refused') throw new Error(outcome.code)
    expect(outcome.advice.length).toBeGreaterThan(0)
    for (const advice of outcome.advice)
      expect('shownShare' in advice && (advice.shownShare ?? 0)).toBeGreaterThan(
        1 - holes(outcome.cells).length / outcome.cells.length,
      )
  })

  it('with a refusal points at the widest dimension first', async () => {
    const axes = [nested('month', 3, { all: [0, 1, 2], a: [0], b: [1], c: [2] }), flat('sex', ['m', 'f'])]
    const sparse = tableOf(
      axes,
      [0, 1, 2].flatMap((month) => [0, 1].map((sex) => ({ leaves: { month, sex }, count: 2 }))),
    )
    expect(await protect(sparse)).toMatchObject({
      code: 'too_sparse',
      advice: [{ dimension: 'month' }, { dimension: 'sex' }],
    })
  })
})
