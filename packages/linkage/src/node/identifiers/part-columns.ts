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

/** The values of a part in row r: the words of list `map[column[r]]`, or of list `column[r]` where there is no map. */
export type PartColumn = { readonly column: SharedWords; readonly map: SharedWords | null }

export type PartColumns = {
  of(part: Exclude<KeyPart, 'citizenNumber'>): PartColumn
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

/** @param profile - the one the columns were normalised with; it knows how names sound */
export function createPartColumns(columns: PersonColumns, profile: Profile): PartColumns {
  const { words, lists } = columns
  const made = new Map<KeyPart, PartColumn>()

  const derived = (base: BaseColumn, readings: (text: string) => readonly string[]): PartColumn => {
    const column = columns.column(base)
    const readingsOf = new Map<number, number[]>()
    const map = sharedWords(lists.count)
    const isDone = new Uint8Array(lists.count)
    for (const list of column) {
      if (isDone[list] === 1) continue
      isDone[list] = 1
      const found = new Set<number>()
      for (const word of lists.items.slice(lists.starts[list], lists.starts[list + 1])) {
        let values = readingsOf.get(word)
        if (values === undefined) {
          values = readings(words.text(word)).map((text) => words.intern(text))
          readingsOf.set(word, values)
        }
        for (const value of values) if (value !== 0) found.add(value)
      }
      map[list] = lists.intern([...found])
    }
    return { column, map }
  }

  /** Given name and each surname, the lesser first, so that who swapped them makes the same value. */
  const namesSorted = (): PartColumn => {
    const given = columns.column('givenName')
    const surnames = columns.column('surname')
    const column = sharedWords(columns.rows)
    for (let row = 0; row < column.length; row++) {
      const [list, own] = [surnames[row] as number, lists.items[lists.starts[given[row] as number] as number] as number]
      if (list === 0 || given[row] === 0) continue
      const first = words.text(own)
      const pairs = [...lists.items.subarray(lists.starts[list], lists.starts[list + 1])].map((word) => {
        const second = words.text(word)
        return words.intern(first < second ? `${first}\u001f${second}` : `${second}\u001f${first}`)
      })
      column[row] = lists.intern([...new Set(pairs)])
    }
    return { column, map: null }
  }

  const make = (part: Exclude<KeyPart, 'citizenNumber'>): PartColumn => {
    if (part === 'namesSorted') return namesSorted()
    if (part === 'givenNameSound') return derived('givenName', (name) => [profile.sound(name)])
    if (part === 'surnameSound') return derived('surname', (name) => [profile.sound(name)])
    if (part === 'surnameOneOut') return derived('surname', oneOut)
    const ofWholeDate = ofDate[part]
    if (ofWholeDate !== undefined) return derived('birthDate', ofWholeDate)
    return { column: columns.column(part as BaseColumn), map: null }
  }

  return {
    of: (part) => {
      const known = made.get(part) ?? make(part)
      made.set(part, known)
      return known
    },
    erase: () => {
      made.get('namesSorted')?.column.fill(0)
      for (const { map } of made.values()) map?.fill(0)
    },
  }
}
