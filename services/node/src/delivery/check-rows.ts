/**
 * Reads a file to its end and says what is in it, before anything is made of it: nothing is stored, nothing sealed.
 * @module
 */
import type { FileCheck } from '@kruispunt/contracts'
import type { Mapping } from '@kruispunt/tabular'
import type { Inspected } from './inspect.ts'
import { readAll, totalsOf } from './prepare.ts'

/** @param mapping - confirmed by a person. @throws NodeError for a file that cannot be read to its end */
export async function checkRows(
  inspected: Inspected,
  mapping: Mapping,
  onProgress: (part: number) => void,
): Promise<FileCheck> {
  const { table, identifiers, report } = await readAll(inspected, mapping, { leaveOutBadRows: true, onProgress })
  table.bsn?.fill(0)
  identifiers?.erase()
  const { rowsRead, rowsBad, findings } = report
  const told = findings.map(({ rows, values, ...finding }) => ({ ...finding, rows: [...rows], values: [...values] }))
  const totals = totalsOf(inspected, report).map(({ codes, ...total }) => ({ ...total, codes: [...codes] }))
  return { rowsRead, rowsBad, findings: told, totals }
}
