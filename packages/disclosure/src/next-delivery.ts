/**
 * A new delivery beside the old one: a count that moved by a few persons tells of those few.
 * Such a cell is withheld in the new answer, and whoever shows it keeps to the older count, marked with its release.
 * @module
 */
import { cellName } from './cell-name.ts'
import { positionKey } from './check-input.ts'
import type { Rules } from './rules.ts'
import type { PreviousTable, TrueTable } from './types.ts'
import type { CellGuard } from './unsafe-cells.ts'

/** @returns a guard for each cell that moved by 1 to k - 1 since it was shown in the release before: it may have moved by k */
export function smallMoves(
  table: TrueTable,
  previous: readonly PreviousTable[],
  rules: Rules,
): Map<string, CellGuard[]> {
  const before = new Map<string, number>()
  for (const known of previous) {
    for (const cell of known.cells) if (cell.state === 'released') before.set(cellName(known.axes, cell.at), cell.count)
  }
  const guards = new Map<string, CellGuard[]>()
  for (const { at, count } of table.cells) {
    const old = before.get(cellName(table.axes, at))
    if (old === undefined || old === count || Math.abs(count - old) >= rules.minimum) continue
    guards.set(positionKey(at), [{ at, against: 'everyone', terms: [{ at, factor: 1 }], need: old + rules.minimum }])
  }
  return guards
}
