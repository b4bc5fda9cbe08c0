/**
 * One name for one set of persons, however the table that shows it is spelt: order of axes, filter or category, total or absent.
 * @module
 */
import type { Axis, Position } from './types.ts'

/** The finest codes that a cell is limited to, by dimension; dimensions on which it holds everybody are left out. */
export function cellName(axes: readonly Axis[], at: Position): string {
  const parts = axes.flatMap((axis, index) => {
    const inside = axis.nodes[at[index] ?? -1]?.leaves ?? []
    return inside.length === axis.leaves ? [] : [JSON.stringify([axis.dimension, inside.toSorted((a, b) => a - b)])]
  })
  return parts.toSorted().join(' ')
}
