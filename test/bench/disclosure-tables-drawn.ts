/**
 * Tables for the benchmark of single answers, drawn from fixed seeds, and the plain way to protect them.
 * @module
 */
import type { Axis, AxisNode, CellState, Position, TrueCell, TrueTable } from '@kruispunt/disclosure'

export type Shape = {
  readonly name: string
  /** Finest codes of each dimension; a pair also says in how many groups they lie. */
  readonly sizes: readonly (number | readonly [codes: number, groups: number])[]
}

const key = (at: Position): string => at.join(',')

function axisOf(size: Shape['sizes'][number], index: number): Axis {
  const [leaves, groups] = typeof size === 'number' ? [size, 0] : size
  const every = Array.from({ length: leaves }, (_, leaf) => leaf)
  const group = (leaf: number) => Math.floor((leaf * groups) / leaves)
  const nodes: AxisNode[] = [
    { code: 'all', leaves: every },
    ...Array.from({ length: groups }, (_, each) => ({
      code: `g${each}`,
      leaves: every.filter((leaf) => group(leaf) === each),
    })),
    ...every.map((leaf) => ({ code: `c${leaf}`, leaves: [leaf] })),
  ]
  return { dimension: `d${index}`, leaves, nodes }
}

/** Nodes of an axis for each finest code in them. */
const nodesAround = ({ leaves, nodes }: Axis): number[][] =>
  Array.from({ length: leaves }, (_, leaf) =>
    nodes.flatMap((node, index) => (node.leaves.includes(leaf) ? [index] : [])),
  )

const combine = (parts: readonly (readonly number[])[]): number[][] =>
  parts.reduce<number[][]>((made, part) => made.flatMap((head) => part.map((one) => [...head, one])), [[]])

/** Counts spread evenly on a logarithmic scale, one in seven between 1 and 9; each party holds up to half of a cell's people. */
export function drawTable({ sizes }: Shape, parties: number, next: () => number): TrueTable {
  const axes = sizes.map(axisOf)
  const around = axes.map(nodesAround)
  const cells = new Map<string, { at: Position; count: number; byParty: Record<string, number> }>()
  for (const at of combine(axes.map(({ nodes }) => nodes.map((_, index) => index))))
    cells.set(key(at), { at, count: 0, byParty: {} })
  for (const leaf of combine(axes.map(({ leaves }) => Array.from({ length: leaves }, (_, index) => index)))) {
    const count = next() < 1 / 7 ? 1 + Math.floor(next() * 9) : Math.floor(10 * 20 ** next())
    const held = Array.from({ length: parties }, () => Math.floor(count * next() * 0.5))
    for (const at of combine(leaf.map((code, axis) => around[axis]?.[code] ?? []))) {
      const cell = cells.get(key(at))
      if (!cell) throw new Error('a combination outside the table')
      cell.count += count
      for (const [party, own] of held.entries()) cell.byParty[`p${party}`] = (cell.byParty[`p${party}`] ?? 0) + own
    }
  }
  const counted = [...cells.values()].map(
    ({ at, count, byParty }): TrueCell => ({ at, count, persons: count, byParty, largest: [1, 1] }),
  )
  return { population: 'drawn', unit: 'persons', axes, cells: counted }
}

/** Every total with its parts, in every dimension: positions of the total first. */
function linesOf(axes: readonly Axis[]): string[][] {
  return axes.flatMap((axis, place) => {
    const inside = (part: AxisNode, whole: AxisNode) =>
      part.leaves.length < whole.leaves.length && part.leaves.every((leaf) => whole.leaves.includes(leaf))
    return axis.nodes.flatMap((whole, node) => {
      const parts = axis.nodes.flatMap((part, index) => (inside(part, whole) ? [index] : []))
      const direct = parts.filter(
        (part) => !parts.some((between) => inside(axis.nodes[part] as AxisNode, axis.nodes[between] as AxisNode)),
      )
      if (direct.length === 0) return []
      const others = combine(axes.map(({ nodes }, index) => (index === place ? [0] : nodes.map((_, each) => each))))
      return others.map((at) => [node, ...direct].map((each) => key(at.with(place, each))))
    })
  })
}

/**
 * What is done with a spreadsheet: withhold counts of 1 to k - 1, then in every line with one hole the smallest other part, until no
 * line has just one.
 */
export function twoHolesALine({ axes, cells }: TrueTable, minimum: number): CellState[] {
  const counts = new Map(cells.map(({ at, count }) => [key(at), count]))
  const holes = new Set(cells.flatMap(({ at, count }) => (count > 0 && count < minimum ? [key(at)] : [])))
  const lines = linesOf(axes)
  for (let size = -1; size < holes.size; ) {
    size = holes.size
    for (const line of lines) {
      if (line.filter((cell) => holes.has(cell)).length !== 1) continue
      const [smallest] = line
        .slice(1)
        .filter((cell) => !holes.has(cell))
        .toSorted((a, b) => (counts.get(a) || Number.POSITIVE_INFINITY) - (counts.get(b) || Number.POSITIVE_INFINITY))
      if (smallest !== undefined) holes.add(smallest)
    }
  }
  return cells.map(({ at, count }) =>
    holes.has(key(at)) ? { at, state: 'withheld' } : { at, state: 'released', count },
  )
}
