/**
 * How the categories of one axis contain each other.
 * @module
 */
import type { Axis, AxisNode } from './types.ts'

const within = (part: AxisNode, whole: AxisNode): boolean => {
  const leaves = new Set(whole.leaves)
  return part.leaves.length < whole.leaves.length && part.leaves.every((leaf) => leaves.has(leaf))
}

/** For each node, the smallest nodes that strictly contain it: the totals of the lines it stands in. */
export function parentsOf({ nodes }: Axis): number[][] {
  return nodes.map((node) => {
    const wider = nodes.flatMap((other, index) => (within(node, other) ? [index] : []))
    return wider.filter((index) => !wider.some((other) => within(nodes[other] as AxisNode, nodes[index] as AxisNode)))
  })
}

/** For each node, how many levels of the axis lie below it: 0 for a finest category. */
export function levelsOf({ nodes }: Axis): number[] {
  const levels = new Map<AxisNode, number>()
  // Narrow before wide: whatever lies inside a node has its level before the node asks for it.
  for (const node of nodes.toSorted((a, b) => a.leaves.length - b.leaves.length)) {
    const inside = nodes.filter((other) => within(other, node)).map((other) => levels.get(other) ?? 0)
    levels.set(node, inside.length === 0 ? 0 : Math.max(...inside) + 1)
  }
  return nodes.map((node) => levels.get(node) ?? 0)
}
