/** Rows with names for tests, and the store they go into. */
import type { IdentifierField, LinkageRecipe, MatchKey } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import {
  createIdentifierStore,
  createTokenColumns,
  type IdentifierStore,
  makeSubjects,
  type Subjects,
} from '../../src/node.ts'

type TextField = Exclude<IdentifierField, 'citizenNumber'>
export type Row = { readonly bsn?: number } & { readonly [field in TextField]?: string }

const fields: readonly TextField[] = [
  'surname',
  'partnerSurname',
  'givenNames',
  'initials',
  'callingName',
  'birthDate',
  'sex',
  'postcode',
  'houseNumber',
]

export function storeOf(
  rows: readonly Row[],
  recipe: Pick<LinkageRecipe, 'profile' | 'callingNames'> = { profile: 'nl1', callingNames: false },
): IdentifierStore {
  const store = createIdentifierStore(recipe)
  store.add(rows.length, Object.fromEntries(fields.map((field) => [field, rows.map((row) => row[field] ?? '')])))
  return store
}

export function subjectsOf(rows: readonly Row[], identifiers: IdentifierStore | null = storeOf(rows)): Subjects {
  return makeSubjects({ rows: rows.length, bsn: Int32Array.from(rows, ({ bsn }) => bsn ?? 0), codes: {}, identifiers })
}

export const jan: Row = {
  surname: 'Vries',
  givenNames: 'Jan',
  initials: 'J',
  birthDate: '1980-06-05',
  sex: 'M',
  postcode: '1234AB',
  houseNumber: '5',
}

export type MadeKey = {
  /** Per subject the tokens and the filling, as hexadecimal digits. */
  readonly slots: readonly string[][]
  /** Tokens of all subjects, filling left out. */
  readonly tokenCount: number
  readonly cut: number
  readonly different: number
  /** Values that several subjects hold. */
  readonly shared: number
}

/** All keys of these rows, subjects in order of first appearance. */
export async function tokensOf(
  rows: readonly Row[],
  keys: readonly MatchKey[],
  pseudonymKey: Uint8Array,
  threads: number,
): Promise<Map<string, MadeKey>> {
  const identifiers = storeOf(rows)
  const subjects = subjectsOf(rows, identifiers)
  const order = Uint32Array.from({ length: subjects.subjects }, (_, at) => at)
  const columns = createTokenColumns({ subjects, identifiers, keys, order, pseudonymKey, threads })
  const found = new Map<string, MadeKey>()
  for (const { id } of columns.keys) {
    const { slots, tokens } = await columns.column(id)
    const report = columns.preflight().keys.find(({ keyId }) => keyId === id)
    found.set(id, {
      slots: Array.from({ length: subjects.subjects }, (_, subject) =>
        Array.from({ length: slots }, (_, slot) => {
          const at = (subject * slots + slot) * 16
          return toHex(tokens.subarray(at, at + 16))
        }),
      ),
      tokenCount: report?.values ?? -1,
      cut: report?.cut ?? -1,
      different: report?.different ?? -1,
      shared: report?.void ?? -1,
    })
  }
  await columns.erase()
  return found
}
