/**
 * Coarser forms of one axis, from its shape alone.
 * @module
 */
import { parentsOf } from '../lines.ts'
import type { Axis } from '../types.ts'

export type Coarser = {
  /** What to ask for: each entry one category, by its own code or as the codes that become one. */
  readonly into: readonly (readonly string[])[]
  /** How many categories the coarser axis shows, its total and what lies above included. */
  readonly size: number
}

/** Levels between the total and the finest, widest first. */
export function coarserLevels(axis: Axis): (Coarser & { readonly nodes: readonly number[] })[] {
  const depths = depthsOf(axis)
  const deepest = Math.max(...depths)
  return Array.from({ length: Math.max(0, deepest - 1) }, (_, index) => {
    const nodes = depths.flatMap((depth, node) => (depth <= index + 1 ? [node] : []))
    const parents = parentsOf(axis)
    const above = new Set(nodes.flatMap((node) => parents[node] ?? []))
    const finest = nodes.filter((node) => !above.has(node))
    return { nodes, into: finest.map((node) => [axis.nodes[node]?.code ?? '']), size: nodes.length }
  })
}

/** Finest categories two by two, in their order; an odd one joins the last two. */
export function neighbourPairs(axis: Axis): Coarser {
  const above = new Set(parentsOf(axis).flat())
  const finest = axis.nodes.flatMap(({ code }, node) => (above.has(node) || node === 0 ? [] : [code]))
  const pairs = Math.max(1, Math.floor(finest.length / 2))
  const into = Array.from({ length: pairs }, (_, pair) =>
    finest.slice(2 * pair, pair === pairs - 1 ? finest.length : 2 * pair + 2),
  )
  return { into, size: axis.nodes.length - finest.length + pairs }
}

/** For each node, how many steps it is from the total. */
function depthsOf(axis: Axis): number[] {
  const parents = parentsOf(axis)
  const depths = new Map<number, number>()
  const order = axis.nodes
    .map(({ leaves }, node) => ({ node, size: leaves.length }))
    .toSorted((a, b) => b.size - a.size)
  // Wide before narrow: whatever a node lies in has its depth before the node asks for it.
  for (const { node } of order) {
    const above = (parents[node] ?? []).map((parent) => depths.get(parent) ?? 0)
    depths.set(node, above.length === 0 ? 0 : Math.max(...above) + 1)
  }
  return axis.nodes.map((_, node) => depths.get(node) ?? 0)
}
