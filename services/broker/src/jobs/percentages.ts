/**
 * Counts as shares of their row, their column or the whole table; worked out from counts that are shown, so that they tell no
 * more than those do.
 * @module
 */
import type { CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { type Axis, type CellState, percentagesOf } from '@kruispunt/disclosure'

/** Of a percentage. */
const decimals = 1

/** All cells in a row of two axes: the rows of the table, and its columns. */
export function withPercentages(
  answer: CrossTabAnswer,
  percentages: NonNullable<CrossTabRequest['percentages']>,
): CrossTabAnswer {
  const sizes = answer.axes.map(({ nodes }) => nodes.length)
  const place = (at: readonly number[], from: number, to: number): number =>
    sizes.slice(from, to).reduce((index, size, axis) => index * size + (at[from + axis] ?? 0), 0)
  const rows = percentages === 'total' ? sizes.length : answer.rows
  const cells = answer.cells.map(
    (cell): CellState => ({ ...cell, at: [place(cell.at, 0, rows), place(cell.at, rows, sizes.length)] }),
  )
  // Node 0 of every axis is its total, so place 0 is the total of a side.
  const along = percentages === 'row' ? 1 : 0
  const side: Axis = { dimension: 'side', leaves: 1, nodes: [{ code: 'total', leaves: [0] }] }
  const figures = percentagesOf([side, side], cells, along, decimals)
  return {
    ...answer,
    percentages,
    cells: answer.cells.map((cell, index): CrossTabAnswer['cells'][number] => {
      if (cell.state === 'withheld') return cell
      const figure = figures[index]
      return { ...cell, permille: figure?.state === 'released' ? Math.round(figure.figure * 10 ** decimals) : null }
    }),
  }
}
