import type { CrossTabAnswer, EarlierTableView } from '@kruispunt/contracts'
import type { Layout } from '@kruispunt/ui'
import { describe, expect, it } from 'vitest'
import { differenceFigure, differencesOf, sameAxes } from '../src/saved/difference.ts'

const text = (nl: string) => ({ nl, en: nl })
const node = (code: string, isTotal = false) => ({
  code,
  label: text(code),
  level: isTotal ? null : 'a',
  parent: isTotal ? null : 2,
})
const axis = {
  dimension: 'a',
  label: text('a'),
  nodes: [node('one'), node('two'), node('all', true)],
}
/** Counts of `one`, `two` and all; undefined is withheld. */
function answerOf(counts: readonly (number | undefined)[], change: Partial<CrossTabAnswer> = {}): CrossTabAnswer {
  return {
    title: text('Inwoners'),
    population: text('inwoners'),
    unit: 'persons',
    rows: 1,
    axes: [axis],
    filters: [],
    cells: counts.map((count, at) =>
      count === undefined ? { at: [at], state: 'withheld' } : { at: [at], state: 'released', count },
    ),
    ...change,
  } as CrossTabAnswer
}
/** One column, its lines in the order of the axis. */
const layoutOf = ({ cells }: CrossTabAnswer): Layout => {
  const line = (nodes: readonly number[]) => ({ nodes, labels: [], depths: [], isMargin: false })
  return {
    rowHeads: ['a'],
    columnHeads: [],
    rows: axis.nodes.map((_, at) => line([at])),
    columns: [line([])],
    cellAt: (row) => cells.find(({ at }) => at[0] === row.nodes[0]),
  }
}
const viewOf = (answer: CrossTabAnswer, table: object = {}) =>
  ({ answer, table: { release: 'r1', tableHash: 't1', agreement: 'x', ...table } }) as EarlierTableView

describe('answers are held against each other', () => {
  it('per cell as right minus left, and x wherever either is withheld', () => {
    const [left, right] = [
      answerOf([10, undefined, 30]),
      // The same categories, listed in another order of cells.
      { ...answerOf([25, 40, undefined]), cells: answerOf([25, 40, undefined]).cells.toReversed() },
    ].map(layoutOf)
    if (left === undefined || right === undefined) throw new Error('no layouts')
    const { valueOf } = differenceFigure('verschil', left, right)
    const [column] = left.columns
    expect(left.rows.map((row) => column && valueOf(left.cellAt(row, column)))).toStrictEqual([
      { state: 'shown', value: 15, decimals: 0 },
      { state: 'withheld' },
      { state: 'withheld' },
    ])
    expect(valueOf(undefined)).toStrictEqual({ state: 'none' })
  })

  it('only where rows and columns are the same categories at the same levels', () => {
    const other = { ...axis, nodes: axis.nodes.slice(1) }
    const finer = { ...axis, nodes: axis.nodes.map((one) => ({ ...one, level: one.level && 'b' })) }
    expect(sameAxes(answerOf([1, 2, 3]), answerOf([4, 5, 6]))).toBe(true)
    for (const changed of [{ axes: [other] }, { axes: [finer] }, { rows: 2 }])
      expect(sameAxes(answerOf([1, 2, 3]), answerOf([4, 5, 6], changed))).toBe(false)
  })

  it('by what was asked: part, population, deliveries and agreement, each said when it differs', () => {
    const filters = [{ dimension: 'b', label: text('leeftijd'), codes: [text('65+')] }]
    const plain = viewOf(answerOf([1, 2, 3]))
    const said = (other: EarlierTableView) => differencesOf(plain, other, 'nl', 'iedereen')
    expect(said(plain)).toStrictEqual([{ what: 'differsNothing' }])
    expect(said(viewOf(answerOf([1, 2, 3], { filters }), { tableHash: 't2' }))).toStrictEqual([
      { what: 'differsFilters', left: 'iedereen', right: 'leeftijd: 65+' },
    ])
    expect(said(viewOf(answerOf([1, 2, 3], { population: text('huurders') }), { tableHash: 't2' }))).toStrictEqual([
      { what: 'differsPopulation', left: 'inwoners', right: 'huurders' },
    ])
    expect(said(viewOf(answerOf([1, 2, 3]), { release: 'r2', agreement: 'y' }))).toStrictEqual([
      { what: 'differsAgreement' },
      { what: 'differsDeliveries' },
    ])
    expect(said(viewOf(answerOf([1, 2, 3]), { tableHash: 't2' }))).toStrictEqual([{ what: 'differsNone' }])
  })
})
