/**
 * What a node of the practice region sends to be linked, made in this process with the product's own linkage.
 * @module
 */
import { createIdentifierStore, createTokenColumns, makeSubjects } from '@kruispunt/linkage/node'
import { recipe } from '../../../infra/demo/agreement/datasets.ts'
import type { RawExtract } from '../../oracles/plain-practice.ts'

/**
 * Subjects in the order of the file.
 * @param isWanted - which keys to make; a party without a legal ground never makes that of the citizen number
 */
export async function delivered(
  { party, mayUseBsn, rows }: RawExtract,
  pseudonymKey: Uint8Array,
  isWanted: (key: string) => boolean = () => true,
) {
  const identifiers = createIdentifierStore(recipe)
  const fields = Object.keys(rows[0]?.person ?? {})
  const texts = fields.map((field) => [field, rows.map(({ person }) => person[field] ?? '')])
  identifiers.add(rows.length, Object.fromEntries(texts))
  const bsn = mayUseBsn ? Int32Array.from(rows, (row) => Number(row.bsn ?? 0)) : null
  const subjects = makeSubjects({ rows: rows.length, bsn, codes: {}, identifiers })
  const order = Uint32Array.from({ length: subjects.subjects }, (_, at) => at)
  const keys = recipe.keys.filter(({ id }) => isWanted(id) && (mayUseBsn || id !== 'B1'))
  const columns = createTokenColumns({ subjects, identifiers, keys, order, pseudonymKey })
  const tokenColumns = []
  for (const { id } of columns.keys) {
    const { slots, tokens } = await columns.column(id)
    tokenColumns.push({ keyId: id, slots, tokens, ...(id === 'B1' ? { present: subjects.hasCitizenNumber } : {}) })
  }
  return { party, subjects: subjects.subjects, tokenColumns }
}
