/**
 * Adds to each count the error that its cell key says.
 * @module
 */
import { DisclosureError } from '../errors.ts'
import type { CellState, Position } from '../types.ts'
import { keySpace } from './key-widths.ts'
import type { PerturbationTable } from './perturbation-table.ts'

export type KeyedCell = {
  readonly at: Position
  /** The true count; whole, 0 or more. */
  readonly count: number
  /** Whole, from 0 up to 2^48. */
  readonly key: number
}

/**
 * The same cell with the same key always gets the same count. Counts are not made to add up, and may not be added up by the
 * reader: a total has its own, smaller error.
 * @param question.minimum - true counts from 1 up to this are withheld before noise, if the agreement promises so. A count that
 *   is shown may still read lower, because of its error
 * @returns as many cells, in the same order
 * @throws {@link DisclosureError} `count_not_whole`, `cell_key_out_of_range`, `minimum_too_low`
 */
export function perturb(question: {
  readonly cells: readonly KeyedCell[]
  readonly table: PerturbationTable
  readonly minimum?: number
}): CellState[] {
  const { cells, table, minimum } = question
  if (minimum !== undefined && (!Number.isSafeInteger(minimum) || minimum < 3))
    throw new DisclosureError('minimum_too_low')
  return cells.map(({ at, count, key }): CellState => {
    if (!Number.isSafeInteger(count) || count < 0) throw new DisclosureError('count_not_whole')
    if (!Number.isSafeInteger(key) || key < 0 || key >= keySpace) throw new DisclosureError('cell_key_out_of_range')
    // Fields are named, not spread: neither the true count nor the key goes along.
    if (minimum !== undefined && count > 0 && count < minimum) return { at: [...at], state: 'withheld' }
    return { at: [...at], state: 'released', count: count + deviationOf(table, count, key) }
  })
}

function deviationOf({ rows }: PerturbationTable, count: number, key: number): number {
  const row = rows[Math.min(count, rows.length - 1)]
  let passed = 0
  for (const [place, width] of (row?.keys ?? []).entries()) {
    passed += width
    if (key < passed) return row?.deviations[place] ?? 0
  }
  throw new Error('the keys of a row do not add up to all keys')
}
