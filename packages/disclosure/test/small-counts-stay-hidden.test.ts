import { describe, expect, it } from 'vitest'
import { cellsOf, holes, protect, stateAt, twoWay } from './tables.ts'

describe('small counts stay hidden', () => {
  const table = twoWay([
    [20, 50, 10, 30],
    [18, 19, 22, 30],
    [17, 32, 12, 15],
  ])

  it('shows a table in which every cell has the minimum, at the minimum itself', async () => {
    expect(holes(await cellsOf(table, { minimum: 10 }))).toStrictEqual([])
  })

  it('withholds the cell below the minimum and enough others, and a withheld cell has nothing but its place', async () => {
    const cells = await cellsOf(table, { minimum: 11 })
    expect(stateAt(cells, 1, 3)).toBe('withheld')
    expect(holes(cells)).toHaveLength(4)
    for (const cell of holes(cells)) expect(Object.keys(cell)).toStrictEqual(['at', 'state'])
    for (const cell of cells)
      if (cell.state === 'released') expect(Object.keys(cell)).toStrictEqual(['at', 'state', 'count'])
  })

  it('gives one answer to one question, certificate and all', async () => {
    expect(await protect(table, { minimum: 13 })).toStrictEqual(await protect(table, { minimum: 13 }))
  })
})
