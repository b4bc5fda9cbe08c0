/**
 * How to see more. Worked out from what is published or from the table's shape alone, never from hidden counts: advice that
 * depends on those would tell them.
 * @module
 */
import { type Coarser, coarserLevels, neighbourPairs } from './explain/coarser.ts'
import { mergeable } from './explain/mergeable.ts'
import type { Advice, Axis, CellState } from './types.ts'

const most = 3

/** Advice whose gain the published pattern shows. */
type Found = Advice & { readonly shownShare: number }

/**
 * Advice with an answer: coarser tables that would show a larger share of their cells for certain. Of two that are alike, one
 * that shows more in more detail makes the other needless; the rest is ordered by how many cells would be seen, holes counted
 * against it.
 */
export function adviseOnAnswer(axes: readonly Axis[], cells: readonly CellState[]): Advice[] {
  const now = shareOf(cells)
  if (now === 1) return []
  const isDivided = ({ nodes }: Axis): boolean => nodes.length > 1
  const several = axes.filter(isDivided).length > 1
  const found = [
    ...axes.flatMap((axis, index) => (several && isDivided(axis) ? [dropped(axis, index, cells)] : [])),
    ...axes.flatMap((axis, index) => coarsened(axis, index, cells)),
    ...axes.flatMap((axis, index) => mergeable(axis, index, cells)),
  ].filter((advice) => advice.shownShare > now)
  return found
    .filter((advice) => !found.some((other) => isBetter(other, advice)))
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, most)
}

/** Advice with a refusal: the dimension with the most categories first, as far as it can be made coarser. */
export function adviseOnRefusal(axes: readonly Axis[], first?: string): Advice[] {
  const all = axes.reduce((product, { nodes }) => product * nodes.length, 1)
  const order = axes.toSorted(
    (a, b) => Number(b.dimension === first) - Number(a.dimension === first) || b.nodes.length - a.nodes.length,
  )
  return order
    .filter((axis) => axis.nodes.length > 1 || axis.dimension === first)
    .slice(0, most)
    .map((axis): Advice => {
      const { dimension, nodes } = axis
      const coarser = nodes.length > 3 ? halved(axis) : undefined
      const rest = all / nodes.length
      return coarser
        ? { kind: 'coarsen_dimension', dimension, into: coarser.into, cells: rest * coarser.size }
        : { kind: 'drop_dimension', dimension, cells: rest }
    })
}

/** The finest level with at most half the categories, or neighbours two by two. */
function halved(axis: Axis): Coarser {
  return coarserLevels(axis).findLast(({ size }) => 2 * size <= axis.nodes.length + 1) ?? neighbourPairs(axis)
}

function dropped({ dimension }: Axis, index: number, cells: readonly CellState[]): Found {
  const left = cells.filter((cell) => cell.at[index] === 0)
  return { kind: 'drop_dimension', dimension, cells: left.length, shownShare: shareOf(left) }
}

function coarsened(axis: Axis, index: number, cells: readonly CellState[]): Found[] {
  return coarserLevels(axis).map(({ nodes, into }) => {
    const kept = new Set(nodes)
    const left = cells.filter((cell) => kept.has(cell.at[index] ?? 0))
    const { dimension } = axis
    return { kind: 'coarsen_dimension', dimension, into, cells: left.length, shownShare: shareOf(left) }
  })
}

const shareOf = (part: readonly CellState[]): number =>
  part.filter((cell) => cell.state === 'released').length / part.length

const worth = ({ cells, shownShare }: Found): number => cells * shownShare * shownShare

const isBetter = (one: Found, other: Found): boolean =>
  one.cells >= other.cells &&
  one.shownShare >= other.shownShare &&
  (one.cells > other.cells || one.shownShare > other.shownShare)
