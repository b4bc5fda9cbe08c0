/**
 * How to see more. Worked out from what is published or from the table's shape alone, never from hidden counts: advice that
 * depends on those would tell them.
 * @module
 */
import { positionKey } from './check-input.ts'
import { levelsOf } from './lines.ts'
import type { Advice, Axis, CellState } from './types.ts'

const most = 3

/** Advice with an answer: coarser tables that would show a larger share of their cells for certain, best first. */
export function adviseOnAnswer(axes: readonly Axis[], cells: readonly CellState[]): Advice[] {
  const share = (part: readonly CellState[]) => part.filter((cell) => cell.state === 'released').length / part.length
  const now = share(cells)
  if (now === 1) return []
  const drops = axes.length < 2 ? [] : axes.map((axis, index) => dropped(axis, index, cells, share))
  const merges = axes.flatMap((axis, index) => merged(axis, index, cells))
  return [...drops, ...merges]
    .filter((advice) => advice.shownShare > now)
    .toSorted((a, b) => b.shownShare - a.shownShare)
    .slice(0, most)
}

/** Advice with a refusal: the dimension with the most categories first, as far as it can be made coarser. */
export function adviseOnRefusal(axes: readonly Axis[], first?: string): Advice[] {
  const order = axes.toSorted(
    (a, b) => Number(b.dimension === first) - Number(a.dimension === first) || b.nodes.length - a.nodes.length,
  )
  return order
    .filter((axis) => axis.nodes.length > 1 || axis.dimension === first)
    .slice(0, most)
    .map(({ dimension, nodes }) =>
      nodes.length > 3 ? { kind: 'coarsen_dimension', dimension } : { kind: 'drop_dimension', dimension },
    )
}

type Found = Advice & { readonly shownShare: number }

function dropped(
  axis: Axis,
  index: number,
  cells: readonly CellState[],
  share: (part: readonly CellState[]) => number,
): Found {
  const left = cells.filter((cell) => cell.at[index] === 0)
  return { kind: 'drop_dimension', dimension: axis.dimension, shownShare: share(left) }
}

/**
 * Two neighbouring finest categories become one. The merged cell is certain to be shown where both were, and where the two
 * were the only holes of a line whose total is shown: anyone can work it out already.
 */
function merged(axis: Axis, index: number, cells: readonly CellState[]): Found[] {
  const levels = levelsOf(axis)
  const finest = axis.nodes.flatMap((_, node) => (levels[node] === 0 ? [node] : []))
  const shown = new Map(cells.map((cell) => [positionKey(cell.at), cell.state === 'released']))
  const rest = cells.filter((cell) => cell.at[index] === 0)
  return finest.slice(0, -1).flatMap((left, place): Found[] => {
    const right = finest[place + 1] ?? left
    const others = finest.filter((node) => node !== left && node !== right)
    if (others.length === 0) return []
    const pair = rest.filter(({ at }) => {
      const at_ = (node: number) => shown.get(positionKey(at.with(index, node))) === true
      return (at_(left) && at_(right)) || (at_(0) && others.every(at_))
    }).length
    const kept = cells.filter(
      ({ at, state }) => state === 'released' && at[index] !== left && at[index] !== right,
    ).length
    const codes = [axis.nodes[left]?.code ?? '', axis.nodes[right]?.code ?? '']
    return [
      {
        kind: 'merge_categories',
        dimension: axis.dimension,
        codes,
        shownShare: (kept + pair) / (cells.length - rest.length),
      },
    ]
  })
}
