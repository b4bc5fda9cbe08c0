/**
 * Finds the delimiter: the one that cuts most lines into the same number of fields as the header, and into the most.
 * @module
 */
import { sampleRecords } from './sample.ts'
import type { Layout } from './scan-plain.ts'

export type Delimiter = ',' | ';' | '\t' | '|'

const candidates: readonly Delimiter[] = [';', ',', '\t', '|']

/** @param bytes - whole lines of an ASCII-compatible encoding; a table of one column gives `;` */
export function findDelimiter(bytes: Uint8Array, lineEnd: Layout['lineEnd']): Delimiter {
  let best: Delimiter = ';'
  let bestScore = 0
  for (const delimiter of candidates) {
    const layout = { delimiter: delimiter.charCodeAt(0), lineEnd, maxLineBytes: Number.POSITIVE_INFINITY }
    const { records } = sampleRecords(bytes, layout, 200)
    const columns = records[0]?.fields.length ?? 1
    if (columns < 2) continue
    const even = records.filter(({ fields }) => fields.length === columns).length / records.length
    // Evenness first; among equally even ones the delimiter that finds more columns.
    const score = even * 1000 + Math.min(columns, 900)
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
