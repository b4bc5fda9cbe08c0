/**
 * A remembered answer has all its variables down the side, since it is remembered without a layout. Here the last ones go
 * across the top, as one would ask it. Pure: knows no page.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'

export function onTwoSides(answer: CrossTabAnswer): CrossTabAnswer {
  const count = answer.axes.length
  // The longest goes down, where there is room for it.
  const order = answer.axes
    .map((axis, at) => ({ at, length: axis.nodes.length }))
    .toSorted((a, b) => b.length - a.length)
    .map(({ at }) => at)
  const pick = <T>(list: readonly T[]): T[] =>
    order.map((at) => {
      const found = list[at]
      if (found === undefined) throw new Error('an answer without one of its axes')
      return found
    })
  return {
    ...answer,
    axes: pick(answer.axes),
    rows: Math.ceil(count / 2),
    cells: answer.cells.map((cell) => ({ ...cell, at: pick(cell.at) })),
  }
}
