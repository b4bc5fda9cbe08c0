/**
 * Refuses malformed tables before anything is computed: the rules below rely on whole counts and complete tables.
 * @module
 */
import { DisclosureError } from './errors.ts'
import type { Axis, EarlierTable, Position, PreviousTable, TrueCell, TrueTable, Unit } from './types.ts'

/** Position as a map key. */
export const positionKey = (at: Position): string => at.join(',')

/**
 * @throws {@link DisclosureError} `axes_malformed`, `cells_incomplete`, `count_not_whole`, `counts_inconsistent`,
 *   `structural_zero_not_empty`
 */
export function checkTrueTable(table: TrueTable): void {
  checkAxes(table.axes)
  checkPositions(table.axes, table.cells)
  for (const cell of table.cells) checkCell(cell, table.unit)
  checkStructuralZeros(table.axes, table.structuralZeros ?? [], table.cells)
  checkNesting(table.axes, table.cells)
}

/** Linked tables count the same people in the same unit. @throws {@link DisclosureError} `earlier_table_foreign` */
export function checkTogether(tables: readonly TrueTable[]): void {
  const [first] = tables
  if (tables.some(({ population, unit }) => population !== first?.population || unit !== first.unit))
    throw new DisclosureError('earlier_table_foreign')
}

/** Like {@link checkTrueTable}, for a table the ledger gives back. @throws also `earlier_table_foreign` */
export function checkEarlierTable(earlier: EarlierTable, table: TrueTable): void {
  if (earlier.population !== table.population || earlier.unit !== table.unit)
    throw new DisclosureError('earlier_table_foreign')
  checkPreviousTable(earlier)
  checkStructuralZeros(earlier.axes, earlier.structuralZeros ?? [], earlier.recounted ?? [])
  if (!earlier.recounted) return
  checkPositions(earlier.axes, earlier.recounted)
  for (const cell of earlier.recounted) checkCell(cell, earlier.unit)
}

/** @throws {@link DisclosureError} `axes_malformed`, `cells_incomplete`, `count_not_whole` */
export function checkPreviousTable({ axes, cells }: PreviousTable): void {
  checkAxes(axes)
  checkPositions(axes, cells)
  for (const cell of cells) if (cell.state === 'released') checkWhole(cell.count)
}

function checkAxes(axes: readonly Axis[]): void {
  if (axes.length === 0 || new Set(axes.map((axis) => axis.dimension)).size !== axes.length)
    throw new DisclosureError('axes_malformed')
  for (const { leaves, nodes, neutral } of axes) {
    const widest = new Set(nodes[0]?.leaves)
    const fine =
      Number.isSafeInteger(leaves) &&
      nodes.length > 0 &&
      nodes.every(
        (node) =>
          node.leaves.length > 0 &&
          new Set(node.leaves).size === node.leaves.length &&
          node.leaves.every((leaf) => Number.isSafeInteger(leaf) && leaf >= 0 && leaf < leaves && widest.has(leaf)),
      ) &&
      (neutral ?? []).every((index) => index in nodes)
    if (!fine) throw new DisclosureError('axes_malformed')
  }
}

function checkPositions(axes: readonly Axis[], cells: readonly { readonly at: Position }[]): void {
  const size = axes.reduce((product, axis) => product * axis.nodes.length, 1)
  const inside = cells.every(
    ({ at }) => at.length === axes.length && at.every((node, axis) => axes[axis]?.nodes[node] !== undefined),
  )
  if (!inside || cells.length !== size || new Set(cells.map(({ at }) => positionKey(at))).size !== size) {
    throw new DisclosureError('cells_incomplete')
  }
}

function checkWhole(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new DisclosureError('count_not_whole')
}

function checkCell({ count, persons, byParty, largest }: TrueCell, unit: Unit): void {
  const own = Object.values(byParty)
  for (const value of [count, persons, ...own, ...largest]) checkWhole(value)
  const consistent =
    (count === 0) === (persons === 0) &&
    (unit !== 'persons' || count === persons) &&
    (unit !== 'records' || (count >= persons && largest[0] + largest[1] <= Math.max(count, 2))) &&
    (unit !== 'households' || count <= persons) &&
    largest[0] >= largest[1] &&
    own.every((held) => held <= persons)
  if (!consistent) throw new DisclosureError('counts_inconsistent')
}

function checkStructuralZeros(axes: readonly Axis[], zeros: readonly Position[], cells: readonly TrueCell[]): void {
  const inside = zeros.every(
    (at) => at.length === axes.length && at.every((node, axis) => axes[axis]?.nodes[node] !== undefined),
  )
  if (!inside) throw new DisclosureError('cells_incomplete')
  const declared = new Set(zeros.map(positionKey))
  if (cells.some((cell) => cell.count > 0 && declared.has(positionKey(cell.at))))
    throw new DisclosureError('structural_zero_not_empty')
}

/** A part cannot be larger than the whole: a table that says so was counted wrongly, and no audit of it means anything. */
function checkNesting(axes: readonly Axis[], cells: readonly TrueCell[]): void {
  const counts = new Map(cells.map((cell) => [positionKey(cell.at), cell.count]))
  for (const cell of cells) {
    for (let axis = 0; axis < axes.length; axis++) {
      const wider = counts.get(positionKey(cell.at.with(axis, 0)))
      if (wider === undefined || wider < cell.count) throw new DisclosureError('counts_inconsistent')
    }
  }
}
