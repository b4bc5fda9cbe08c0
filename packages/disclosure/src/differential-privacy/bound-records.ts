/**
 * Leaves out records of persons who have more than the bound, so that nobody can change a table by more.
 * @module
 */
import { DisclosureError } from '../errors.ts'

/**
 * What is kept depends on the person's own records alone: one of each cell in turn, lowest cell first, until the bound is
 * reached. Choosing by the other persons would void the guarantee.
 * @param persons - for each person, the finest cell of each record
 * @param bound - most records kept of one person; whole, 1 or more
 * @param cells - number of finest cells
 * @returns records kept in each finest cell
 * @throws {@link DisclosureError} `contribution_unbounded`, `cells_incomplete` if a record lies in no cell
 */
export function boundRecords(persons: Iterable<readonly number[]>, bound: number, cells: number): Uint32Array {
  if (!Number.isSafeInteger(bound) || bound < 1) throw new DisclosureError('contribution_unbounded')
  const kept = new Uint32Array(cells)
  for (const records of persons) {
    if (!records.every((cell) => Number.isSafeInteger(cell) && cell >= 0 && cell < cells))
      throw new DisclosureError('cells_incomplete')
    let left = records.toSorted((a, b) => a - b)
    for (let room = bound; room > 0 && left.length > 0; ) {
      const round = left.filter((cell, place) => cell !== left[place - 1]).slice(0, room)
      for (const cell of round) kept[cell] = (kept[cell] ?? 0) + 1
      left = left.filter((cell, place) => cell === left[place - 1])
      room -= round.length
    }
  }
  return kept
}
