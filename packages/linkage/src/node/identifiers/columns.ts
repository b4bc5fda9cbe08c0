/**
 * The normalised fields of all rows as numbers: per field and row its reading. 44 bytes a row, plus every different
 * text once.
 * @module
 */
import type { NormalPerson } from '../profiles/types.ts'
import { grownWords, type SharedWords, sharedWords } from './growing.ts'
import { createReadings, type Readings } from './readings.ts'
import { createWordPool, type WordPool } from './word-pool.ts'

/** What is kept of a row; everything else that keys need follows from one or two of these. */
const baseColumns = [
  'givenName',
  'allInitials',
  'initial',
  'surname',
  'birthDate',
  'sex',
  'postcodeArea',
  'address',
  'addressWithoutSuffix',
  'street',
  'place',
] as const
export type BaseColumn = (typeof baseColumns)[number]

export type PersonColumns = {
  readonly rows: number
  readonly words: WordPool
  readonly readings: Readings
  /** Per row a reading. A date is eight signs, year, month, day, blanks where a part is missing. */
  column(base: BaseColumn): SharedWords
  add(person: NormalPerson): void
  erase(): void
}

export function createPersonColumns(): PersonColumns {
  const words = createWordPool()
  const readings = createReadings()
  let columns = baseColumns.map(() => sharedWords(1 << 12))
  let rows = 0
  const one = words.intern
  const many = (texts: readonly string[]): number => {
    if (texts.length < 2) return texts.length === 0 ? 0 : one(texts[0] as string)
    return readings.intern(texts.map(one).filter((word) => word !== 0))
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
    readings,
    column: (base) => (columns[baseColumns.indexOf(base)] as SharedWords).subarray(0, rows),
    add: (person) => {
      if (rows === (columns[0] as SharedWords).length) columns = columns.map((column) => grownWords(column, rows + 1))
      const set = (at: number, reading: number) => {
        ;(columns[at] as SharedWords)[rows] = reading
      }
      set(0, one(person.givenName))
      set(1, one(person.initials))
      set(2, many(person.firstInitials))
      set(3, many(person.surnames))
      set(4, date(person))
      set(5, one(person.sex))
      set(6, one(person.postcodeArea))
      set(7, one(person.address))
      set(8, one(person.addressWithoutSuffix))
      set(9, one(person.street))
      set(10, one(person.place))
      rows += 1
    },
    erase: () => {
      words.erase()
      readings.erase()
      for (const column of columns) column.fill(0)
    },
  }
}
