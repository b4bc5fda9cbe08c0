/**
 * Which cells of a table may be added up in an attacker's mind: the categories of a line, and unions of unsafe ones.
 * @module
 */
import { positionKey } from '../check-input.ts'
import { parentsOf } from '../lines.ts'
import type { Axis, Position } from '../types.ts'
import type { SumEntry } from './sum-entries.ts'

/** Cells along one axis without a person in common. */
export type Line = {
  readonly cells: readonly { readonly at: Position; readonly entry: SumEntry }[]
  /** Of the table asked now. */
  readonly current: boolean
}

/** Up to so many unsafe cells along an axis, every three of them are guarded together. */
const few = 6

/** Every family of categories that makes up a total, in every combination of the other axes: direct parts, and finest ones. */
export function linesOf(axes: readonly Axis[], entryAt: ReadonlyMap<string, SumEntry>, current: boolean): Line[] {
  return axes.flatMap((axis, index) => {
    const parents = parentsOf(axis)
    const parts = axis.nodes.map((_, parent) => numbers(axis).filter((node) => parents[node]?.includes(parent)))
    const finest = numbers(axis).filter((node) => !parents.some((wider) => wider.includes(node)))
    const under = axis.nodes.map((_, parent) =>
      finest.filter((node) => node !== parent && contains(axis, parent, node)),
    )
    const families = [...parts, ...under].flatMap((members) => apart(axis, members))
    const once = new Map(families.map((family) => [family.join(), family]))
    return places(axes, index).flatMap((place) =>
      [...once.values()].map((family) => ({ current, cells: along(place, index, family, entryAt) })),
    )
  })
}

/**
 * Unsafe cells along one axis together, wherever they stand in its hierarchy. An attacker may reckon out what the safe holes
 * among them hold; to add a safe cell does not make a union less safe (Cox, JASA 75, 1980: the rules are subadditive).
 */
export function unsafeUnions(
  axes: readonly Axis[],
  entryAt: ReadonlyMap<string, SumEntry>,
  unsafe: ReadonlySet<SumEntry>,
  current: boolean,
): Line[] {
  return axes.flatMap((axis, index) =>
    places(axes, index).flatMap((place) => {
      const cells = along(place, index, numbers(axis), entryAt).filter(({ entry }) => unsafe.has(entry))
      const joins = (union: Line['cells'], next: Line['cells'][number]) =>
        union.every(({ at }) => !overlap(axis, at[index] ?? 0, next.at[index] ?? 0))
      const grow = (unions: readonly Line['cells'][]) =>
        unions.flatMap((union) => {
          const last = cells.indexOf(union.at(-1) as Line['cells'][number])
          return cells.slice(last + 1).flatMap((next) => (joins(union, next) ? [[...union, next]] : []))
        })
      const pairs = grow(cells.map((cell) => [cell]))
      const triples = cells.length > few ? [] : grow(pairs)
      const whole = apart(
        axis,
        cells.map(({ at }) => at[index] ?? 0),
      ).flatMap((family) => (family.length > 3 ? [along(place, index, family, entryAt)] : []))
      return [...pairs, ...triples, ...whole].map((union) => ({ current, cells: union }))
    }),
  )
}

const numbers = ({ nodes }: Axis): number[] => nodes.map((_, node) => node)

const contains = ({ nodes }: Axis, whole: number, part: number): boolean => {
  const leaves = new Set(nodes[whole]?.leaves)
  return nodes[part]?.leaves.every((leaf) => leaves.has(leaf)) ?? false
}

const overlap = ({ nodes }: Axis, a: number, b: number): boolean => {
  const leaves = new Set(nodes[a]?.leaves)
  return nodes[b]?.leaves.some((leaf) => leaves.has(leaf)) ?? false
}

/** Every combination of nodes of the other axes. */
function places(axes: readonly Axis[], along: number): Position[] {
  let made: Position[] = [[]]
  for (const [axis, { nodes }] of axes.entries())
    made = made.flatMap((at) => (axis === along ? [[...at, 0]] : nodes.map((_, node) => [...at, node])))
  return made
}

function along(
  place: Position,
  axis: number,
  nodes: readonly number[],
  entryAt: ReadonlyMap<string, SumEntry>,
): Line['cells'] {
  return nodes.flatMap((node) => {
    const at = place.with(axis, node)
    const entry = entryAt.get(positionKey(at))
    return entry ? [{ at, entry }] : []
  })
}

/** Splits categories into families that do not overlap: one axis may be coded in several ways. */
function apart({ nodes }: Axis, members: readonly number[]): number[][] {
  const families: { nodes: number[]; leaves: Set<number> }[] = []
  for (const node of members) {
    const leaves = nodes[node]?.leaves ?? []
    const home = families.find((family) => leaves.every((leaf) => !family.leaves.has(leaf)))
    if (home) {
      home.nodes.push(node)
      for (const leaf of leaves) home.leaves.add(leaf)
    } else families.push({ nodes: [node], leaves: new Set(leaves) })
  }
  return families.map((family) => family.nodes)
}
