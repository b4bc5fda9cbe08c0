/**
 * What is refused before any work goes into it.
 * @module
 */
import type { Faults } from '../errors.ts'
import type { Dimension } from './dimension.ts'

const mostCells = 50_000
const mostDimensions = 6

/** Whether a table over these dimensions can be worked with; notes it if not. */
export function isManageable(
  dimensions: readonly Pick<Dimension, 'categories'>[],
  path: string,
  faults: Faults,
): boolean {
  const before = faults.count
  if (dimensions.length > mostDimensions) faults.add('too_many_dimensions', path)
  if (dimensions.reduce((cells, { categories }) => cells * categories.length, 1) > mostCells)
    faults.add('too_many_cells', path)
  return faults.count === before
}

/** The same for what is only listed: no list needs to be longer than the largest table. */
export function isListable(list: readonly unknown[], path: string, faults: Faults): boolean {
  if (list.length <= mostCells) return true
  faults.add('too_many_cells', path)
  return false
}
