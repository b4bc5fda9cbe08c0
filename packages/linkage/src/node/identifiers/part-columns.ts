/**
 * From the columns that are kept to the parts that keys are made of. What follows from a name or a date is worked out once per
 * different name or date, not per row.
 * @module
 * @see linkage.md §2 and §3
 */
import type { KeyPart } from '@kruispunt/contracts'
import type { Profile } from '../profiles/types.ts'
import type { BaseColumn, PersonColumns } from './columns.ts'
import { type SharedWords, sharedWords } from './growing.ts'

export type PartColumns = {
  /** Per row the reading of this part. */
  of(part: Exclude<KeyPart, 'citizenNumber'>): SharedWords
  /** Erases what was made here, not the columns it was made from. */
  erase(): void
}

/** Longer names are left as they are: real ones are shorter, and what follows from a name grows with its square. */
const longestVaried = 40

/** The text itself and every text with one letter left out, each once. */
function oneOut(text: string): string[] {
  if (text.length > longestVaried) return [text]
  const shorter = Array.from(text, (_, at) => text.slice(0, at) + text.slice(at + 1))
  return [...new Set([text, ...shorter])].filter((value) => value !== '')
}

const isWhole = (date: string): boolean => !date.includes(' ')
const known = (text: string): string[] => (text.includes(' ') || text === '' ? [] : [text])

const ofDate: Readonly<Partial<Record<KeyPart, (date: string) => string[]>>> = {
  birthDate: known,
  birthDateSorted: (date) =>
    isWhole(date) ? [date.slice(0, 4) + [date.slice(4, 6), date.slice(6)].toSorted().join('')] : [],
  birthDateOneMasked: (date) =>
    isWhole(date) ? Array.from(date, (_, at) => `${date.slice(0, at)}*${date.slice(at + 1)}`) : [],
  birthYear: (date) => known(date.slice(0, 4)),
  birthMonth: (date) => known(date.slice(4, 6)),
  birthDay: (date) => known(date.slice(6)),
}

const derivedFromNames: ReadonlySet<KeyPart> = new Set([
  'namesSorted',
  'givenNameSound',
  'surnameSound',
  'surnameOneOut',
])

/** @param profile - the one the columns were normalised with; it knows how names sound */
export function createPartColumns(columns: PersonColumns, profile: Profile): PartColumns {
  const { words, readings } = columns
  const made = new Map<KeyPart, SharedWords>()

  /** Per row what follows from the words it has in a column. */
  const derived = (base: BaseColumn, follow: (text: string) => readonly string[]): SharedWords => {
    const ofWord = new Map<number, readonly number[]>()
    const followWord = (word: number): readonly number[] => {
      const known = ofWord.get(word)
      if (known !== undefined) return known
      const found = follow(words.text(word)).map(words.intern)
      ofWord.set(word, found)
      return found
    }
    const ofReading = new Map<number, number>()
    const followReading = (reading: number): number => {
      const found = new Set(readings.wordsOf(reading).flatMap(followWord))
      found.delete(0)
      const followed = readings.intern([...found])
      ofReading.set(reading, followed)
      return followed
    }
    const source = columns.column(base)
    const column = sharedWords(columns.rows)
    for (let row = 0; row < column.length; row++) {
      const reading = source[row] as number
      if (reading !== 0) column[row] = ofReading.get(reading) ?? followReading(reading)
    }
    return column
  }

  /** Given name and each surname, the lesser first, so that who swapped them makes the same value. */
  const namesSorted = (): SharedWords => {
    const given = columns.column('givenName')
    const surnames = columns.column('surname')
    const column = sharedWords(columns.rows)
    const texts = new Map<number, string>()
    const textOf = (word: number): string => {
      const known = texts.get(word) ?? words.text(word)
      texts.set(word, known)
      return known
    }
    for (let row = 0; row < column.length; row++) {
      if (surnames[row] === 0 || given[row] === 0) continue
      const first = textOf(given[row] as number)
      const pairs = readings.wordsOf(surnames[row] as number).map((word) => {
        const second = textOf(word)
        return words.intern(first < second ? `${first}\u001f${second}` : `${second}\u001f${first}`)
      })
      column[row] = readings.intern(pairs)
    }
    return column
  }

  const make = (part: Exclude<KeyPart, 'citizenNumber'>): SharedWords => {
    if (part === 'namesSorted') return namesSorted()
    if (part === 'givenNameSound') return derived('givenName', (name) => [profile.sound(name)])
    if (part === 'surnameSound') return derived('surname', (name) => [profile.sound(name)])
    if (part === 'surnameOneOut') return derived('surname', oneOut)
    const followDate = ofDate[part]
    if (followDate !== undefined) return derived('birthDate', followDate)
    return columns.column(part as BaseColumn)
  }

  return {
    of: (part) => {
      const known = made.get(part) ?? make(part)
      made.set(part, known)
      return known
    },
    erase: () => {
      for (const [part, column] of made) if (ofDate[part] !== undefined || derivedFromNames.has(part)) column.fill(0)
    },
  }
}
