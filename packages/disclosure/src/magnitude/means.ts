/**
 * Figures that follow from protected ones: a mean from a released sum and the released count beside it, a share from two
 * released counts. Nothing is computed from a hidden cell, so they tell no more than the figures they come from.
 * @module
 */
import { positionKey } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import type { Axis, CellState, Position } from '../types.ts'
import type { SumState } from './types.ts'

export type Figure =
  | { readonly at: Position; readonly state: 'released'; readonly figure: number }
  | { readonly at: Position; readonly state: 'withheld' }
  /** Nobody is in the cell, or in the whole that it is a share of. */
  | { readonly at: Position; readonly state: 'undefined' }

/**
 * Means per person in the unit of the sums.
 * @param digits - decimals kept, 0 to 6
 * @throws {@link DisclosureError} `rule_out_of_range`
 */
export function meansOf(sums: readonly SumState[], digits: number): Figure[] {
  checkDigits(digits)
  return sums.map((cell): Figure => {
    if (cell.state === 'withheld') return { at: cell.at, state: 'withheld' }
    if (cell.persons === 0) return { at: cell.at, state: 'undefined' }
    return { at: cell.at, state: 'released', figure: quotient(cell.sum, cell.persons, digits) }
  })
}

/**
 * Each cell in percent of the cell that holds everybody on one axis, from counts that may be seen.
 * @param along - index of the axis that adds up to 100 %
 * @param digits - decimals kept, 0 to 6
 * @throws {@link DisclosureError} `rule_out_of_range`
 */
export function percentagesOf(
  axes: readonly Axis[],
  cells: readonly CellState[],
  along: number,
  digits: number,
): Figure[] {
  checkDigits(digits)
  if (axes[along] === undefined) throw new DisclosureError('rule_out_of_range')
  const byKey = new Map(cells.map((cell) => [positionKey(cell.at), cell]))
  return cells.map((cell): Figure => {
    const whole = byKey.get(positionKey(cell.at.with(along, 0)))
    if (cell.state === 'withheld' || whole?.state !== 'released') return { at: cell.at, state: 'withheld' }
    if (whole.count === 0) return { at: cell.at, state: 'undefined' }
    return { at: cell.at, state: 'released', figure: quotient(100 * cell.count, whole.count, digits) }
  })
}

function checkDigits(digits: number): void {
  if (!Number.isSafeInteger(digits) || digits < 0 || digits > 6) throw new DisclosureError('rule_out_of_range')
}

/** Rounded half away from zero, in whole numbers until the end. */
function quotient(above: number, below: number, digits: number): number {
  const scale = 10n ** BigInt(digits)
  const [top, bottom] = [BigInt(Math.abs(above)) * scale, BigInt(below)]
  const rounded = (2n * top + bottom) / (2n * bottom)
  return (Math.sign(above) * Number(rounded)) / Number(scale)
}
