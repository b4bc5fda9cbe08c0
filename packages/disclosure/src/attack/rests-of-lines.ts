/**
 * What subtraction alone gives: in a line whose total is shown, how many people are in the cells that are not.
 * @module
 */
import { positionKey } from '../check-input.ts'
import { parentsOf } from '../lines.ts'
import type { Position } from '../types.ts'
import type { PublishedTable } from './what-is-known.ts'

export type Rest = { readonly table: number; readonly holes: readonly Position[]; readonly count: number }

export function restsOfLines(tables: readonly PublishedTable[]): Rest[] {
  return tables.flatMap(({ axes, cells }, table) => {
    const shown = new Map(
      cells.flatMap((cell) => (cell.state === 'released' ? [[positionKey(cell.at), cell.count]] : [])),
    )
    return axes.flatMap((axis, index) => {
      const parents = parentsOf(axis)
      const families = axis.nodes.flatMap(({ leaves }, parent) => {
        const children = axis.nodes.flatMap((_, node) => (parents[node]?.includes(parent) ? [node] : []))
        const size = children.reduce((sum, node) => sum + (axis.nodes[node]?.leaves.length ?? 0), 0)
        // Children that overlap or leave something out do not add up to their parent.
        return size === leaves.length ? [{ parent, children }] : []
      })
      return cells.flatMap((cell): Rest[] => {
        if (cell.state === 'withheld') return []
        return families.flatMap(({ parent, children }): Rest[] => {
          if (cell.at[index] !== parent) return []
          const line = children.map((node) => cell.at.with(index, node))
          const holes = line.filter((at) => !shown.has(positionKey(at)))
          const seen = line.reduce((sum, at) => sum + (shown.get(positionKey(at)) ?? 0), 0)
          return holes.length > 0 ? [{ table, holes, count: cell.count - seen }] : []
        })
      })
    })
  })
}
