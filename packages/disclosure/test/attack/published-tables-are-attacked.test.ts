import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attackPublished, type CellState, defaultRules, type TrueTable, unsafePositions } from '../../src/index.ts'
import { IndependentAttacker } from '../attacker.ts'
import { admissions } from '../fixtures.ts'
import { cellsOf, flat, tableOf, twoWay } from '../tables.ts'

const limits = { maxAtoms: 50_000, deadlineMs: 60_000, now: () => 0 }

function hiding(table: TrueTable, hidden: readonly string[]): CellState[] {
  return table.cells.map(({ at, count }) =>
    hidden.includes(at.join()) ? { at, state: 'withheld' } : { at, state: 'released', count },
  )
}

async function intervals(table: TrueTable, cells: readonly CellState[]) {
  const attack = await attackPublished({ tables: [{ axes: table.axes, cells }], ...limits })
  if (attack.outcome !== 'attacked') throw new Error(attack.code)
  return attack.cells.map(({ at, low, high }) => ({ at: at.join(), low, high }))
}

describe('published tables are attacked', () => {
  it('finds a single hole exactly, and two holes of a line within what is left', async () => {
    const table = twoWay([
      [5, 20],
      [30, 40],
    ])
    expect(await intervals(table, hiding(table, ['1,1']))).toEqual([{ at: '1,1', low: 5, high: 5 }])
    expect(await intervals(table, hiding(table, ['1,1', '1,2', '2,1', '2,2']))).toEqual([
      { at: '1,1', low: 0, high: 25 },
      { at: '1,2', low: 0, high: 25 },
      { at: '2,1', low: 10, high: 35 },
      { at: '2,2', low: 35, high: 60 },
    ])
  })

  it('adds up what a line hides together (attack 5 of disclosure.md)', async () => {
    const table = twoWay([
      [30, 17],
      [17, 3],
      [9, 2],
    ])
    const cells = hiding(table, ['2,1', '2,2', '3,1', '3,2'])
    const attack = await attackPublished({ tables: [{ axes: table.axes, cells }], ...limits })
    expect(attack).toMatchObject({
      rests: [
        {
          holes: [
            [2, 1],
            [3, 1],
          ],
          count: 26,
        },
        {
          holes: [
            [2, 2],
            [3, 2],
          ],
          count: 5,
        },
        {
          holes: [
            [2, 1],
            [2, 2],
          ],
          count: 20,
        },
        {
          holes: [
            [3, 1],
            [3, 2],
          ],
          count: 11,
        },
      ],
    })
  })

  it('says that nothing bounds a table of which nothing is shown', async () => {
    const table = tableOf([flat('row', ['a'])], [{ leaves: { row: 0 }, count: 7 }])
    expect(await intervals(table, hiding(table, ['0', '1']))).toEqual([
      { at: '0', low: 0, high: Number.POSITIVE_INFINITY },
      { at: '1', low: 0, high: Number.POSITIVE_INFINITY },
    ])
  })

  it('finds a cell that one table withholds and another shows', async () => {
    const table = twoWay([
      [5, 20],
      [30, 40],
    ])
    const open = tableOf([flat('column', ['c0', 'c1'])], [])
    const cells: CellState[] = [
      { at: [0], state: 'released', count: 95 },
      { at: [1], state: 'released', count: 35 },
      { at: [2], state: 'released', count: 60 },
    ]
    const attack = await attackPublished({
      tables: [
        { axes: table.axes, cells: hiding(table, ['0,1', '0,2']) },
        { axes: open.axes, cells },
      ],
      ...limits,
    })
    expect(attack).toMatchObject({
      outcome: 'attacked',
      cells: [
        { table: 0, at: [0, 1], low: 35, high: 35, reached: { low: 35, high: 35 } },
        { table: 0, at: [0, 2], low: 60, high: 60, reached: { low: 60, high: 60 } },
      ],
    })
  })

  it('takes along what an organisation knows of its own people, and leaves out what it knows by itself', async () => {
    const table = twoWay([
      [5, 20],
      [30, 40],
    ])
    const attack = await attackPublished({
      tables: [{ axes: table.axes, cells: hiding(table, ['1,1', '1,2', '2,1', '2,2']) }],
      knowledge: [
        { table: 0, at: [1, 1], atLeast: 3 },
        { table: 0, at: [1, 2], atLeast: 20, exact: true },
      ],
      ...limits,
    })
    expect(attack).toMatchObject({
      outcome: 'attacked',
      cells: [
        { table: 0, at: [1, 1], low: 5, high: 5 },
        { table: 0, at: [2, 1], low: 30, high: 30 },
        { table: 0, at: [2, 2], low: 40, high: 40 },
      ],
    })
  })

  it('needs whole numbers: three pairwise sums leave no room that fractions would', async () => {
    // Cells of 0 or 1 in a 3 x 3 x 3 table: attack 19 of disclosure.md.
    const axes = [flat('x', ['a', 'b', 'c']), flat('y', ['a', 'b', 'c']), flat('z', ['a', 'b', 'c'])]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1), { minLength: 27, maxLength: 27 }), async (counts) => {
        const table = tableOf(
          axes,
          counts.map((count, place) => ({
            leaves: { x: place % 3, y: Math.floor(place / 3) % 3, z: Math.floor(place / 9) },
            count,
          })),
        )
        const hidden = table.cells.filter(({ at }) => at.every((node) => node > 0)).map(({ at }) => at.join())
        const cells = hiding(table, hidden)
        const naive = new IndependentAttacker([{ axes, cells }])
        for (const { at, low, high } of (await intervals(table, cells)).slice(0, 6)) {
          const place = at.split(',').map(Number)
          expect({ low, high }).toEqual(naive.bounds(axes, place))
        }
      }),
      { numRuns: 5, seed: 4 },
    )
  })

  it('spares exact bounds where a cell is open already, and is never wrong about it', async () => {
    const axes = [flat('x', ['a', 'b', 'c']), flat('y', ['a', 'b', 'c']), flat('z', ['a', 'b', 'c'])]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 27, maxLength: 27 }), async (counts) => {
        const table = tableOf(
          axes,
          counts.map((count, place) => ({
            leaves: { x: place % 3, y: Math.floor(place / 3) % 3, z: Math.floor(place / 9) },
            count,
          })),
        )
        const hidden = table.cells.filter(({ at }) => at.every((node) => node > 0)).map(({ at }) => at.join())
        const tables = [{ axes, cells: hiding(table, hidden) }]
        const exact = await attackPublished({ tables, ...limits })
        const quick = await attackPublished({ tables, ...limits, enough: () => 4 })
        if (exact.outcome !== 'attacked' || quick.outcome !== 'attacked') throw new Error('failed')
        quick.cells.forEach(({ low, high, reached }, index) => {
          const truth = exact.cells[index]
          expect(truth?.reached).toEqual({ low: truth?.low, high: truth?.high })
          expect(low).toBeLessThanOrEqual(truth?.low ?? Number.NaN)
          expect(high).toBeGreaterThanOrEqual(truth?.high ?? Number.NaN)
          const isOpen = (truth?.low ?? 0) < (truth?.high ?? 0) && (truth?.high ?? 0) >= 4
          expect(reached.low < reached.high && reached.high >= 4).toBe(isOpen)
          if (!isOpen) expect({ low, high }).toEqual({ low: truth?.low, high: truth?.high })
        })
      }),
      { numRuns: 8, seed: 4 },
    )
  })

  it('agrees with trying every whole table, whatever is hidden', async () => {
    const cell = fc.record({ count: fc.nat(4), hidden: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 12, maxLength: 12 }), async (drawn) => {
        const table = twoWay([0, 1, 2].map((row) => [0, 1].map((column) => drawn[row * 2 + column]?.count ?? 0)))
        const hidden = table.cells.flatMap(({ at }, index) => (drawn[index]?.hidden && at[0] !== 0 ? [at.join()] : []))
        const cells = hiding(table, hidden)
        const naive = new IndependentAttacker([{ axes: table.axes, cells }])
        for (const { at, low, high } of await intervals(table, cells)) {
          expect({ low, high }).toEqual(naive.enumerate(table.axes, at.split(',').map(Number)))
        }
      }),
      { numRuns: 40, seed: 4 },
    )
  })

  it('says so when no table fits', async () => {
    const table = twoWay([
      [5, 20],
      [30, 40],
    ])
    const cells = hiding(table, ['1,1']).map((cell) =>
      cell.state === 'released' && cell.at.join() === '1,2' ? { ...cell, count: 26 } : cell,
    )
    expect(await attackPublished({ tables: [{ axes: table.axes, cells }], ...limits })).toEqual({
      outcome: 'failed',
      code: 'contradiction',
    })
  })

  it('finds nothing in an answer of our own', async () => {
    const cells = await cellsOf(admissions)
    const unsafe = new Set(unsafePositions(admissions, defaultRules).map((at) => at.join()))
    expect(unsafe.size).toBe(1)
    const found = (await intervals(admissions, cells)).filter(({ at }) => unsafe.has(at))
    expect(found).toHaveLength(1)
    for (const { low, high } of found) {
      expect(high).toBeGreaterThanOrEqual(10)
      expect(low).toBeLessThan(high)
    }
  })

  it.each([
    ['too_many_atoms', { maxAtoms: 3 }],
    ['time_limit', { deadlineMs: -1 }],
  ] as const)('stops with %s', async (code, changed) => {
    const table = twoWay([
      [5, 20],
      [30, 40],
    ])
    const tables = [{ axes: table.axes, cells: hiding(table, ['1,1']) }]
    expect(await attackPublished({ tables, ...limits, ...changed })).toEqual({ outcome: 'failed', code })
  })
})
