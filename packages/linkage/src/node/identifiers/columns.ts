/**
 * The normalised fields of all rows as numbers: per field and row the list of its words. 36 bytes a row, plus every different
 * text once.
 * @module
 */
import type { NormalPerson } from '../profiles/types.ts'
import { grownWords, type SharedWords, sharedWords } from './growing.ts'
import { createListPool, type ListPool } from './list-pool.ts'
import { createWordPool, type WordPool } from './word-pool.ts'

/** What is kept of a row; everything else that keys need follows from one or two of these. */
export const baseColumns = [
  'givenName',
  'allInitials',
  'initial',
  'surname',
  'birthDate',
  'sex',
  'postcodeArea',
  'address',
  'addressWithoutSuffix',
] as const
export type BaseColumn = (typeof baseColumns)[number]

export type PersonColumns = {
  readonly rows: number
  readonly words: WordPool
  readonly lists: ListPool
  /** Per row a list. A date is eight signs, year, month, day, blanks where a part is missing. */
  column(base: BaseColumn): SharedWords
  add(person: NormalPerson): void
  erase(): void
}

export function createPersonColumns(): PersonColumns {
  const words = createWordPool()
  const lists = createListPool()
  let columns = baseColumns.map(() => sharedWords(1 << 12))
  let rows = 0
  const one = (text: string): number => lists.internOne(words.intern(text))
  const many = (texts: readonly string[]): number => {
    if (texts.length === 0) return 0
    if (texts.length === 1) return one(texts[0] as string)
    return lists.intern(texts.map((text) => words.intern(text)).filter((word) => word !== 0))
  }
  const date = ({ birthYear, birthMonth, birthDay }: NormalPerson): number => {
    if (birthYear === '' && birthMonth === '' && birthDay === '') return 0
    return one(`${birthYear.padStart(4)}${birthMonth.padStart(2)}${birthDay.padStart(2)}`)
  }
  return {
    get rows() {
      return rows
    },
    words,
    lists,
    column: (base) => (columns[baseColumns.indexOf(base)] as SharedWords).subarray(0, rows),
    add: (person) => {
      if (rows === (columns[0] as SharedWords).length) columns = columns.map((column) => grownWords(column, rows + 1))
      const values = [
        one(person.givenName),
        one(person.initials),
        many(person.firstInitials),
        many(person.surnames),
        date(person),
        one(person.sex),
        one(person.postcodeArea),
        one(person.address),
        one(person.addressWithoutSuffix),
      ]
      for (let at = 0; at < values.length; at++) (columns[at] as SharedWords)[rows] = values[at] as number
      rows += 1
    },
    erase: () => {
      words.erase()
      lists.erase()
      for (const column of columns) column.fill(0)
    },
  }
}
