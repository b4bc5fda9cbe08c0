/**
 * Answers as tables that an attacker reads: each category as the set of finest categories below it. In an answer every category
 * is divided up by those below it, as the agreement's code lists are.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { PublishedTable } from '@kruispunt/disclosure'

type Axis = CrossTabAnswer['axes'][number]
type PublishedAxis = PublishedTable['axes'][number]

/**
 * @param together - about the same people: the same release, population, unit and filters
 * @returns in the same order; a variable that two tables divide in other ways is two variables, which loses what ties them and
 *   claims nothing
 */
export function published(together: readonly CrossTabAnswer[]): PublishedTable[] {
  const codings = new Map<string, string[]>()
  const nameOf = ({ dimension, nodes }: Axis): string => {
    const coding = JSON.stringify(nodes.map(({ code, level, parent }) => [code, level, parent]))
    const known = codings.get(dimension) ?? []
    if (!known.includes(coding)) known.push(coding)
    codings.set(dimension, known)
    return `${dimension}#${known.indexOf(coding)}`
  }
  return together.map(({ axes, cells }) => ({
    axes: axes.map((axis) => asSets(axis, nameOf(axis))),
    cells: cells.map((cell) =>
      cell.state === 'released'
        ? { at: cell.at, state: 'released', count: cell.count }
        : { at: cell.at, state: 'withheld' },
    ),
  }))
}

function asSets({ nodes }: Axis, dimension: string): PublishedAxis {
  const parents = new Set(nodes.map(({ parent }) => parent))
  const finest = nodes.flatMap((_, node) => (parents.has(node) ? [] : [node]))
  const leaves = nodes.map((_, node) => finest.flatMap((leaf, index) => (isBelow(nodes, leaf, node) ? [index] : [])))
  return {
    dimension,
    leaves: finest.length,
    nodes: nodes.map(({ code }, node) => ({ code, leaves: leaves[node] ?? [] })),
  }
}

function isBelow(nodes: Axis['nodes'], node: number | null, above: number): boolean {
  for (let here = node; here !== null; here = nodes[here]?.parent ?? null) if (here === above) return true
  return false
}
