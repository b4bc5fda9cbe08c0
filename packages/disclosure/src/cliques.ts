/**
 * Which small cross-classifications stand for the one large one.
 *
 * Tables over A x B and over A x C fix nothing about A x B x C beyond what two tables that agree on A fix: any two such
 * tables are the margins of some common one, in whole numbers. The same holds for every set of margins whose dimension
 * sets form the cliques of a chordal graph (Lauritzen, Graphical Models, 1996, ch. 2 and 4; Dobra & Fienberg, PNAS 97,
 * 2000). So the attacker's unknowns are the cells of those cliques, tied where neighbours in a junction tree overlap.
 * @module
 */

/** Neighbours in the junction tree; they must agree on the dimensions shared. */
type Link = { readonly left: number; readonly right: number; readonly shared: readonly string[] }
export type CliqueTree = { readonly cliques: readonly (readonly string[])[]; readonly links: readonly Link[] }

/**
 * @param sets - the dimensions of each table
 * @param classes - number of classes of a dimension, to keep the cliques small
 */
export function cliqueTree(sets: readonly (readonly string[])[], classes: (dimension: string) => number): CliqueTree {
  const neighbours = new Map<string, Set<string>>()
  for (const set of sets) for (const dimension of set) neighbours.set(dimension, new Set())
  for (const set of sets) connect(neighbours, set)

  const found: string[][] = []
  while (neighbours.size > 0) {
    const [dimension, around] = cheapest(neighbours, classes)
    found.push([...around, dimension])
    connect(neighbours, [...around])
    for (const other of around) neighbours.get(other)?.delete(dimension)
    neighbours.delete(dimension)
  }
  const cliques = found.filter(
    (clique, index) =>
      !found.some(
        (other, at) =>
          at !== index && clique.every((d) => other.includes(d)) && (other.length > clique.length || at < index),
      ),
  )
  return { cliques: cliques.map((clique) => clique.toSorted()), links: spanningTree(cliques) }
}

function connect(neighbours: Map<string, Set<string>>, set: readonly string[]): void {
  for (const a of set) for (const b of set) if (a !== b) neighbours.get(a)?.add(b)
}

/** The dimension whose elimination makes the smallest clique; names break ties, so the order of questions does not. */
function cheapest(neighbours: Map<string, Set<string>>, classes: (dimension: string) => number): [string, Set<string>] {
  const size = ([dimension, around]: [string, Set<string>]) =>
    [...around].reduce((product, d) => product * classes(d), classes(dimension))
  const [first] = [...neighbours].toSorted((a, b) => size(a) - size(b) || (a[0] < b[0] ? -1 : 1))
  if (!first) throw new Error('no dimension left')
  return first
}

/** A spanning tree of largest overlaps is a junction tree (Jensen & Jensen 1994). */
function spanningTree(cliques: readonly (readonly string[])[]): Link[] {
  const links: Link[] = []
  const joined = new Set([0])
  while (joined.size < cliques.length) {
    let best: Link | undefined
    for (const left of joined) {
      for (let right = 0; right < cliques.length; right++) {
        if (joined.has(right)) continue
        const shared = (cliques[left] ?? []).filter((dimension) => cliques[right]?.includes(dimension))
        if (!best || shared.length > best.shared.length) best = { left, right, shared }
      }
    }
    if (!best) throw new Error('a clique cannot be joined')
    links.push(best)
    joined.add(best.right)
  }
  return links
}
