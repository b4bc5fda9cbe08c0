/**
 * Sums by row and by column were shown; the counts of rows by columns are asked. An outsider is left enough room; a party that takes its own
 * people away, or that knows what each of them has, is not. What each can find out is worked out by hand.
 */
import { describe, expect, it } from 'vitest'
import {
  type CellState,
  countsAfterSums,
  defaultRules,
  type EarlierSums,
  type ShownMeasure,
  type TrueTable,
} from '../../src/index.ts'
import { flat, tableOf } from '../tables.ts'

const rules = { ...defaultRules, zeros: 'publish', maxSparsity: 1 } as const
const limits = { deadlineMs: 60_000, now: () => 0 }
type Two = readonly [readonly [number, number], readonly [number, number]]
/** By dimension `row` and `column`; the columns are the police's to tell. */
const axes = [flat('row', ['r0', 'r1']), flat('column', ['c0', 'c1'], { owner: 'police' })]

function counted(people: Two, held: (row: number, column: number) => Readonly<Record<string, number>>): TrueTable {
  const groups = people.flatMap((line, row) =>
    line.map((count, column) => ({ leaves: { row, column }, count, held: held(row, column) })),
  )
  return tableOf(axes, groups)
}
const innerHidden = ({ cells }: TrueTable): CellState[] =>
  cells.map(({ at, count }) =>
    at.every((node) => node > 0) ? { at, state: 'withheld' } : { at, state: 'released', count },
  )

/** Sums of one side, with what the job knows of them. @param largest - of everybody in a row or column */
function side(of: 0 | 1, people: Two, sums: Two, largest: (node: number) => number): EarlierSums {
  const add = (table: Two, node: number) =>
    table
      .flatMap((line, row) => line.filter((_, column) => node === 0 || [row, column][of] === node - 1))
      .reduce((a, b) => a + b)
  const cells = [0, 1, 2].map((node) => ({ at: [node], sum: add(sums, node), persons: add(people, node) }))
  return {
    axes: axes.slice(of, of + 1),
    cells: cells.map((cell) => ({ ...cell, state: 'released' as const })),
    recounted: cells.map((cell) => ({
      ...cell,
      contributors: cell.persons,
      largest: [largest(cell.at[0] ?? 0), largest(cell.at[0] ?? 0)],
      byParty: {},
    })),
  }
}
const judge = (table: TrueTable, measure: ShownMeasure) =>
  countsAfterSums({ counts: [{ table, cells: innerHidden(table) }], measures: [measure], rules, ...limits })

describe('counts beside sums, for a party that', () => {
  // Everybody of the first row says yes, and of its column as many as it has people: 12 at most, 2 at least.
  const people: Two = [
    [12, 30],
    [30, 28],
  ]
  const yes: Two = [
    [12, 30],
    [0, 10],
  ]
  const margins = [side(0, people, yes, () => 1), side(1, people, yes, () => 1)]
  const measure = { bounds: { lower: 0, upper: 1 }, earlier: margins }

  it('holds eleven of twelve people are refused: it would know that no more than one other is there', async () => {
    const held = (row: number, column: number) => (row === 0 && column === 0 ? { police: 11 } : {})
    expect(await judge(counted(people, held), measure)).toBe('not_protectable')
  })

  it('holds one of them are answered, as they are for an outsider, and where no sum was shown', async () => {
    const held = (own: number) => (row: number, column: number) => (row === 0 && column === 0 ? { police: own } : {})
    expect(await judge(counted(people, held(1)), measure)).toBe('open')
    expect(await judge(counted(people, held(0)), measure)).toBe('open')
    expect(await judge(counted(people, held(11)), { earlier: [] })).toBe('open')
  })

  it('delivers the amounts, and so knows the most that anybody has, are refused where the public most leaves room', async () => {
    // 24 of the first row have 400 each. Those of the first column have 11 together: so one of the row, at most, is not in the second.
    const few: Two = [
      [1, 24],
      [11, 29],
    ]
    const tenths: Two = [
      [0, 9600],
      [11, 2900],
    ]
    const table = counted(few, (row, column) => ({ care: few[row as 0 | 1][column as 0 | 1] }))
    const earlier = [side(0, few, tenths, () => 400), side(1, few, tenths, () => 400)]
    const bounds = { lower: 0, upper: 1680 }
    expect(await judge(table, { bounds, earlier })).toBe('open')
    expect(await judge(table, { bounds, earlier, owner: 'police' })).toBe('open')
    expect(await judge(table, { bounds, earlier, owner: 'care' })).toBe('not_protectable')
  })
})
