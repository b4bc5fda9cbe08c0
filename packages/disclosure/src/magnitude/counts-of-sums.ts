/**
 * Counts that sums bring with them.
 * @module
 */
import type { EarlierTable, TrueTable } from '../types.ts'
import type { ShownMeasure } from './sums-on-atoms.ts'

/** A sum is shown with the count beside it. @param table - of the same people */
export const countsOfSums = ({ earlier = [] }: ShownMeasure, { population, unit }: TrueTable): EarlierTable[] =>
  earlier.map(({ axes, cells }) => ({
    population,
    unit,
    axes,
    cells: cells.flatMap((cell) =>
      cell.state === 'released' ? [{ at: cell.at, state: 'released', count: cell.persons }] : [],
    ),
  }))
