/**
 * The true table that the job knows: the auditor's own knowledge.
 * @module
 */
import type { Entry } from './registry.ts'

/** @returns true counts of all unknowns, if each of them is a cell of some table */
export function wholeTruth(entries: readonly Entry[], columns: number): Float64Array | undefined {
  const values = new Float64Array(columns).fill(Number.NaN)
  for (const { columns: of, count } of entries) {
    const [column, ...more] = of
    if (column !== undefined && more.length === 0 && count !== undefined) values[column] = count
  }
  return values.some(Number.isNaN) ? undefined : values
}
