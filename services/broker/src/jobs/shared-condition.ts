/**
 * A population that all tables at hand have in common need not be said in each of them: outside it nobody is counted.
 * @module
 */
import type { Axis, EarlierTable, Position, TrueTable } from '@kruispunt/disclosure'

type Tables = { readonly table: TrueTable; readonly earlier: readonly EarlierTable[] }
type AnyTable = TrueTable | EarlierTable

const isCondition = (axis: Axis | undefined, condition: Axis): boolean =>
  axis?.dimension === condition.dimension &&
  axis.nodes.length === 1 &&
  axis.nodes[0]?.leaves.join() === condition.nodes[0]?.leaves.join()

/**
 * @param inside - names of the person dimensions that everybody who meets the condition has a category of; their leaf for
 *   persons outside the delivery goes too
 * @returns the tables without the condition, or as they are when it is not the same for all, or all that a table has
 */
export function withoutShared(
  tables: Tables,
  condition: Axis | undefined,
  inside: ReadonlySet<string>,
): Tables & { readonly shared: string | undefined } {
  const all: readonly AnyTable[] = [tables.table, ...tables.earlier]
  const isShared =
    condition !== undefined &&
    all.every(({ axes }) => axes.length > 1 && axes.some((axis) => isCondition(axis, condition)))
  if (!isShared) return { ...tables, shared: undefined }
  return {
    table: without(tables.table, condition.dimension, inside),
    earlier: tables.earlier.map((table) => without(table, condition.dimension, inside)),
    shared: condition.dimension,
  }
}

function without<T extends AnyTable>(table: T, dimension: string, inside: ReadonlySet<string>): T {
  const index = table.axes.findIndex((axis) => axis.dimension === dimension)
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
