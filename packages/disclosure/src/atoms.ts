/**
 * The attacker's unknowns: one column for each cell of each clique, and which columns a published cell is the sum of.
 * @module
 */

import { type Classes, classesByDimension, classesOf } from './classes.ts'
import { cliqueTree } from './cliques.ts'
import type { Axis, Position } from './types.ts'

/** Two sums of columns that count the same persons. */
type Agreement = { readonly left: readonly number[]; readonly right: readonly number[] }

/** One clique: a cross-classification whose every combination of classes is a column, the last dimension fastest. */
type Crossing = {
  readonly dimensions: readonly string[]
  /** Classes of each dimension. */
  readonly sizes: readonly number[]
  /** Its first column. */
  readonly offset: number
}

export type Atoms = {
  readonly columns: number
  readonly crossings: readonly Crossing[]
  /** Which crossings overlap, and on what: a tree. */
  readonly links: readonly { readonly left: number; readonly right: number; readonly shared: readonly string[] }[]
  readonly agreements: readonly Agreement[]
  /** Columns of a cell of a table with these axes. */
  readonly columnsOf: (axes: readonly Axis[], at: Position) => number[]
  /** Dimensions of the clique that a column belongs to. */
  readonly dimensionsOf: (column: number) => readonly string[]
}

export type TooManyAtoms = { readonly tooMany: true; readonly dimension: string }

/**
 * Lays out the columns for all tables together.
 * @param tables - axes of the current table first, then of the earlier ones
 * @param cap - most columns allowed
 * @returns the layout, or the dimension of the current table to coarsen first
 */
export function layOutAtoms(tables: readonly (readonly Axis[])[], cap: number): Atoms | TooManyAtoms {
  const classes = classesByDimension(tables.flat())
  const classesFor = (dimension: string): Classes => {
    const found = classes.get(dimension)
    if (!found) throw new Error('a dimension without classes')
    return found
  }
  const { cliques, links } = cliqueTree(
    tables.map((axes) => axes.map((axis) => axis.dimension)),
    (dimension) => classesFor(dimension).count,
  )
  const offsets: number[] = []
  let columns = 0
  for (const clique of cliques) {
    offsets.push(columns)
    columns += clique.reduce((product, dimension) => product * classesFor(dimension).count, 1)
  }
  if (columns > cap) return { tooMany: true, dimension: largestDimension(tables[0] ?? [], classesFor) }

  /** Columns of one clique where each dimension named is limited to some classes. */
  const select = (clique: number, chosen: ReadonlyMap<string, readonly number[]>): number[] => {
    let selected = [0]
    for (const dimension of cliques[clique] ?? []) {
      const { count } = classesFor(dimension)
      const allowed = chosen.get(dimension) ?? Array.from({ length: count }, (_, index) => index)
      selected = selected.flatMap((prefix) => allowed.map((index) => prefix * count + index))
    }
    const offset = offsets[clique] ?? 0
    return selected.map((column) => column + offset)
  }

  const columnsOf = (axes: readonly Axis[], at: Position): number[] => {
    const home = cliques.findIndex((clique) => axes.every((axis) => clique.includes(axis.dimension)))
    if (home < 0) throw new Error('no clique holds the table')
    return select(
      home,
      new Map(axes.map((axis, index) => [axis.dimension, classesAt(classesFor(axis.dimension), axis, at, index)])),
    )
  }

  const agreements = links.flatMap(({ left, right, shared }) => {
    let combinations: Map<string, readonly number[]>[] = [new Map()]
    for (const dimension of shared) {
      const each = Array.from({ length: classesFor(dimension).count }, (_, index) => index)
      combinations = combinations.flatMap((chosen) => each.map((index) => new Map(chosen).set(dimension, [index])))
    }
    return combinations.map((chosen) => ({ left: select(left, chosen), right: select(right, chosen) }))
  })

  const dimensionsOf = (column: number): readonly string[] => {
    const clique = offsets.findLastIndex((offset) => offset <= column)
    return cliques[clique] ?? []
  }
  const crossings = cliques.map((dimensions, clique) => ({
    dimensions,
    sizes: dimensions.map((dimension) => classesFor(dimension).count),
    offset: offsets[clique] ?? 0,
  }))
  return { columns, crossings, links, agreements, columnsOf, dimensionsOf }
}

/** What is to be counted for {@link Question.whole}: on each axis one node per class, so that every combination is a column. */
export type ToCount = {
  readonly axes: readonly { readonly dimension: string; readonly classes: readonly (readonly number[])[] }[]
}

/**
 * The cross-classifications that stand for all tables together.
 * @param tables - axes of the table asked for first, then of the earlier ones, in their order
 * @param cap - most combinations allowed
 * @returns nothing if there are more
 */
export function crossingsOf(tables: readonly (readonly Axis[])[], cap: number): ToCount[] | undefined {
  const classes = classesByDimension(tables.flat())
  const countOf = (dimension: string): number => classes.get(dimension)?.count ?? 1
  const { cliques } = cliqueTree(
    tables.map((axes) => axes.map((axis) => axis.dimension)),
    countOf,
  )
  const columns = cliques.reduce(
    (sum, clique) => sum + clique.reduce((product, dimension) => product * countOf(dimension), 1),
    0,
  )
  if (columns > cap) return undefined
  return cliques.map((clique) => ({
    axes: clique.map((dimension) => {
      const inClass: number[][] = Array.from({ length: countOf(dimension) }, () => [])
      for (const [leaf, number] of (classes.get(dimension)?.ofLeaf ?? []).entries()) inClass[number]?.push(leaf)
      return { dimension, classes: inClass }
    }),
  }))
}

function classesAt(classes: Classes, axis: Axis, at: Position, index: number): number[] {
  return classesOf(classes, axis.nodes[at[index] ?? -1]?.leaves ?? [])
}

function largestDimension(axes: readonly Axis[], classesFor: (dimension: string) => Classes): string {
  const sorted = axes.toSorted((a, b) => classesFor(b.dimension).count - classesFor(a.dimension).count)
  return sorted[0]?.dimension ?? ''
}
