/**
 * Takes in the identifying fields of an extract, batch by batch, and keeps them normalised until tokens are made.
 * @module
 */
import type { IdentifierField, LinkageRecipe } from '@kruispunt/contracts'
import { NodeLinkageError } from '../errors.ts'
import { profileOf } from '../profiles/profile-of.ts'
import type { NormalPerson, RawPerson } from '../profiles/types.ts'
import { createPersonColumns, type PersonColumns } from './columns.ts'
import { createPartColumns, type PartColumns } from './part-columns.ts'

/** A field that is read as text; the citizen number is a column of numbers of its own. */
export type TextField = Exclude<IdentifierField, 'citizenNumber'>

/** Rows with a usable value after normalisation, per kind of information. */
export type Completeness = Readonly<Record<(typeof completenessFields)[number], number>>
const completenessFields = [
  'surname',
  'givenName',
  'initials',
  'birthDate',
  'birthYear',
  'sex',
  'postcodeArea',
  'address',
] as const

export type IdentifierStore = {
  readonly rows: number
  /** Rows with a usable value so far. */
  readonly completeness: Completeness
  readonly columns: PersonColumns
  /** What keys are made of, for the rows so far; made when first asked for. */
  parts(): PartColumns
  /**
   * Normalises a batch and keeps the result. The texts themselves are not kept; they are the caller's to drop.
   * @param texts - per field one text a row; a field that is left out is missing in every row of the batch
   * @throws {@link NodeLinkageError} `columns_differ_in_length` before anything is kept
   */
  add(rows: number, texts: Readonly<Partial<Record<TextField, readonly string[]>>>): void
  /** Leaves nothing behind that identifies; the store cannot be used afterwards. */
  erase(): void
}

/** @param recipe - the agreement's; it says how names, dates and addresses are read */
export function createIdentifierStore(recipe: Pick<LinkageRecipe, 'profile' | 'callingNames'>): IdentifierStore {
  const profile = profileOf(recipe.profile)
  const options = { callingNames: recipe.callingNames }
  const columns = createPersonColumns()
  let parts: PartColumns | null = null
  const dropParts = () => {
    parts?.erase()
    parts = null
  }
  const counts = Object.fromEntries(completenessFields.map((field) => [field, 0])) as Record<keyof Completeness, number>
  return {
    get rows() {
      return columns.rows
    },
    columns,
    parts: () => {
      parts ??= createPartColumns(columns, profile)
      return parts
    },
    get completeness() {
      return { ...counts }
    },
    add: (rows, texts) => {
      const fields = Object.entries(texts) as [TextField, readonly string[]][]
      if (fields.some(([, column]) => column.length !== rows)) throw new NodeLinkageError('columns_differ_in_length')
      dropParts()
      for (let row = 0; row < rows; row++) {
        const raw: { -readonly [field in keyof RawPerson]: RawPerson[field] } = {}
        for (const [field, column] of fields) raw[field] = column[row] as string
        const person = profile.normalise(raw, options)
        count(person, counts)
        columns.add(person)
      }
    },
    erase: () => {
      dropParts()
      columns.erase()
    },
  }
}

function count(person: NormalPerson, counts: Record<keyof Completeness, number>): void {
  if (person.surnames.length > 0) counts.surname += 1
  if (person.givenName !== '') counts.givenName += 1
  if (person.initials !== '') counts.initials += 1
  if (person.birthYear !== '') counts.birthYear += 1
  if (person.birthYear !== '' && person.birthMonth !== '' && person.birthDay !== '') counts.birthDate += 1
  if (person.sex !== '') counts.sex += 1
  if (person.postcodeArea !== '') counts.postcodeArea += 1
  if (person.address !== '') counts.address += 1
}
