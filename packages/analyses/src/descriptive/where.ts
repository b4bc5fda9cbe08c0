/**
 * Which part of a table a question is about, in words.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import type { RequestOf } from '../request.ts'
import type { Table } from '../tables/table.ts'
import { listed } from '../words.ts'

/** ` (gebied: Noord en leeftijd: 65+)`, or nothing. */
export function whereWords(table: Table, within: RequestOf<'trend'>['within']): Bilingual {
  const chosen = Object.entries(within).map(([dimension, category]) => {
    const [variable, { label }] = [table.label(dimension), table.category(dimension, category)]
    return { nl: `${variable.nl}: ${label.nl}`, en: `${variable.en}: ${label.en}` }
  })
  const filtered = table.answer.filters.map(({ label, codes }) => {
    const names = listed(codes)
    return { nl: `${label.nl}: ${names.nl}`, en: `${label.en}: ${names.en}` }
  })
  const { nl, en } = listed([...filtered, ...chosen])
  return nl === '' ? { nl: '', en: '' } : { nl: ` (${nl})`, en: ` (${en})` }
}
