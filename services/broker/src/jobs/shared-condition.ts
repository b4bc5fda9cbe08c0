/**
 * A population that all tables at hand have in common need not be said in each of them: outside it nobody is counted.
 * @module
 */
import type { Axis, EarlierTable, Position, TrueTable } from '@kruispunt/disclosure'

type Tables = { readonly tables: readonly TrueTable[]; readonly earlier: readonly EarlierTable[] }
type AnyTable = TrueTable | EarlierTable

const isCondition = (axis: Axis | undefined, condition: Axis): boolean =>
  axis?.dimension === condition.dimension &&
  axis.nodes.length === 1 &&
  axis.nodes[0]?.leaves.join() === condition.nodes[0]?.leaves.join()

export type Conditions = {
  /** Of the tables asked for. */
  readonly population: Axis | undefined
  /** The person dimensions that everybody in that population has a category of. */
  readonly inside: ReadonlySet<string>
  /** A condition that everybody meets who is counted in any of these tables; it need not be said at all. */
  readonly met: Axis | undefined
}

/** What was taken out of the tables. */
export type Shared = {
  /** The name of the condition that holds for all they count. */
  readonly shared: string | undefined
  /** Dimensions whose leaf for persons outside the population was taken out with it. */
  readonly inside: ReadonlySet<string>
}

/**
 * Takes out the population if it is that of every table, and with it the leaf for persons outside its delivery; else the
 * condition that everybody meets anyway.
 */
export function withoutShared(tables: Tables, { population, inside, met }: Conditions): Tables & Shared {
  const all: readonly AnyTable[] = [...tables.tables, ...tables.earlier]
  const isSharedBy = (condition: Axis, { axes }: AnyTable) =>
    axes.length > 1 && axes.some((axis) => isCondition(axis, condition))
  if (population && all.every((table) => isSharedBy(population, table))) return cutOut(tables, population, inside)
  const isSaid = (condition: Axis, { axes }: AnyTable) =>
    axes.some(({ dimension }) => dimension === condition.dimension)
  if (met && all.every((table) => isSharedBy(met, table) || !isSaid(met, table))) return cutOut(tables, met, new Set())
  return { ...tables, shared: undefined, inside: new Set() }
}

const cutOut = (tables: Tables, { dimension }: Axis, inside: ReadonlySet<string>): Tables & Shared => ({
  tables: tables.tables.map((table) => without(table, dimension, inside)),
  earlier: tables.earlier.map((table) => without(table, dimension, inside)),
  shared: dimension,
  inside,
})

function without<T extends AnyTable>(table: T, dimension: string, inside: ReadonlySet<string>): T {
  const index = table.axes.findIndex((axis) => axis.dimension === dimension)
  if (index < 0) return table
  const cut = (at: Position): Position => at.toSpliced(index, 1)
  const place = <C extends { readonly at: Position }>(cells: readonly C[]): C[] =>
    cells.map((cell) => ({ ...cell, at: cut(cell.at) }))
  return {
    ...table,
    axes: table.axes.toSpliced(index, 1).map((axis) => (inside.has(axis.dimension) ? withoutOutside(axis) : axis)),
    cells: place<(typeof table.cells)[number]>(table.cells),
    ...(table.structuralZeros ? { structuralZeros: table.structuralZeros.map(cut) } : {}),
    ...('recounted' in table && table.recounted ? { recounted: place(table.recounted) } : {}),
  }
}

const withoutOutside = (axis: Axis): Axis => ({
  ...axis,
  leaves: axis.leaves - 1,
  nodes: axis.nodes.map(({ code, leaves }) => ({
    code,
    leaves: leaves.filter((leaf) => leaf > 0).map((leaf) => leaf - 1),
  })),
})
