/**
 * Categories that show more when they become one.
 *
 * The merged cell is certain where all its parts are shown, and where its parts are the only holes of a line whose total is
 * shown: anyone can work it out already, and the attacker was tried on it.
 * @module
 */
import { positionKey } from '../check-input.ts'
import { parentsOf } from '../lines.ts'
import type { Advice, Axis, CellState } from '../types.ts'

type Merge = Advice & { readonly shownShare: number }

/** Up to this many siblings, every pair is tried; beyond it, neighbours only. */
const manySiblings = 16

/** Merges of two siblings, and of all siblings that have a hole. */
export function mergeable(axis: Axis, index: number, cells: readonly CellState[]): Merge[] {
  const parents = parentsOf(axis)
  const above = new Set(parents.flat())
  const shown = new Set(cells.flatMap(({ at, state }) => (state === 'released' ? [positionKey(at)] : [])))
  const lines = cells.filter(({ at }) => at[index] === 0)
  const isShown = (line: CellState, node: number): boolean => shown.has(positionKey(line.at.with(index, node)))
  const shownOf = axis.nodes.map((_, node) => lines.filter((line) => isShown(line, node)).length)
  const all = shownOf.reduce((sum, each) => sum + each, 0)
  return axis.nodes.flatMap(({ leaves }, parent) => {
    const children = axis.nodes.flatMap((_, node) => (parents[node]?.includes(parent) ? [node] : []))
    const size = children.reduce((sum, node) => sum + (axis.nodes[node]?.leaves.length ?? 0), 0)
    const finest = children.filter((node) => !above.has(node))
    // Children that overlap or leave something out do not add up to their parent.
    if (size !== leaves.length) return []
    return candidates(finest, (node) => shownOf[node] === lines.length)
      .filter((merged) => merged.length < children.length)
      .map((merged) => {
        const others = children.filter((node) => !merged.includes(node))
        const certain = lines.filter(
          (line) =>
            merged.every((node) => isShown(line, node)) ||
            (isShown(line, parent) && others.every((node) => isShown(line, node))),
        ).length
        const left = cells.length - (merged.length - 1) * lines.length
        const kept = all - merged.reduce((sum, node) => sum + (shownOf[node] ?? 0), 0)
        return {
          kind: 'merge_categories',
          dimension: axis.dimension,
          codes: merged.map((node) => axis.nodes[node]?.code ?? ''),
          cells: left,
          shownShare: (kept + certain) / left,
        }
      })
  })
}

function candidates(finest: readonly number[], isWhole: (node: number) => boolean): number[][] {
  const holed = finest.filter((node) => !isWhole(node))
  const pairs =
    finest.length <= manySiblings
      ? finest.flatMap((a, place) => finest.slice(place + 1).map((b) => [a, b]))
      : finest.slice(1).map((b, place) => [finest[place] ?? b, b])
  return [...pairs.filter(([a, b]) => !isWhole(a ?? -1) || !isWhole(b ?? -1)), ...(holed.length > 2 ? [holed] : [])]
}
