/**
 * What makes two rows of one extract candidates, and when they contradict each other, from the written rules
 * (contracts/docs/linkage-rules.md §1).
 * @module
 */
import type { PlainPerson } from '../nl1/person.ts'
import { plainSound } from '../nl1/sound.ts'

export type Row = { readonly person: PlainPerson; readonly bsn: string | undefined }
export type Rule = {
  /** Texts; rows with an equal one are candidates. */
  readonly values: (row: Row) => readonly string[]
  readonly contradict: (one: Row, other: Row) => boolean
}

/** Eight digits, or empty when a part is missing. */
export const wholeDate = ({ birthYear, birthMonth, birthDay }: PlainPerson): string =>
  birthYear !== '' && birthMonth !== '' && birthDay !== '' ? birthYear + birthMonth + birthDay : ''

const differ = (one = '', other = ''): boolean => one !== '' && other !== '' && one !== other

/** Every text that one slip makes of a name: a letter left out, put in, changed, or swapped with the next. */
function isOneSlip(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < 4) return false
  const without = (name: string, at: number): string => name.slice(0, at) + name.slice(at + 1)
  const places = (name: string): number[] => [...name].map((_, at) => at)
  if (one === other) return true
  if (places(one).some((at) => without(one, at) === other)) return true
  if (places(other).some((at) => without(other, at) === one)) return true
  if (one.length !== other.length) return false
  const wrong = places(one).filter((at) => one[at] !== other[at])
  const [first = 0, second = 0] = wrong
  if (wrong.length === 1) return true
  return wrong.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first]
}

function namesDiffer({ person: one }: Row, { person: other }: Row): boolean {
  const [a, b] = [one.givenName, other.givenName]
  if (differ(plainSound(a), plainSound(b)) && !isOneSlip(a, b)) return true
  const [i, j] = [one.initials, other.initials]
  return i !== '' && j !== '' && !i.startsWith(j) && !j.startsWith(i)
}

const areDistinct = (one: Row, other: Row): boolean => differ(one.bsn, other.bsn) || namesDiffer(one, other)

const distinctDespiteNumber = (one: Row, other: Row): boolean =>
  differ(one.bsn, other.bsn) ||
  (namesDiffer(one, other) &&
    (differ(wholeDate(one.person), wholeDate(other.person)) || differ(one.person.sex, other.person.sex)))

function distinctAtAddress(one: Row, other: Row): boolean {
  if (areDistinct(one, other) || differ(one.person.sex, other.person.sex)) return true
  const [a, b] = [wholeDate(one.person), wholeDate(other.person)]
  if (!differ(a, b)) return false
  const swapped = a.slice(0, 4) + a.slice(6) + a.slice(4, 6)
  return swapped !== b && [...a].filter((digit, at) => digit !== b[at]).length !== 1
}

const numberOrSexDiffer = (one: Row, other: Row): boolean =>
  differ(one.bsn, other.bsn) || differ(one.person.sex, other.person.sex)
const areClose = (one: string, other: string): boolean => one === other || isOneSlip(one, other)

const distinctBesidesSurname = (one: Row, other: Row): boolean =>
  areDistinct(one, other) ||
  numberOrSexDiffer(one, other) ||
  !one.person.surnames.some((a) => other.person.surnames.some((b) => areClose(a, b)))

/** The first initial is that of the given name, which may hold the slip. */
function distinctBesidesGivenName(one: Row, other: Row): boolean {
  const [a, b] = [one.person.initials.slice(1), other.person.initials.slice(1)]
  if (numberOrSexDiffer(one, other) || (!a.startsWith(b) && !b.startsWith(a))) return true
  return !areClose(one.person.givenName, other.person.givenName)
}

/** Where the names stand in the same columns, initials that do not fit tell two people. */
const distinctDespiteNames = (one: Row, other: Row): boolean =>
  numberOrSexDiffer(one, other) || (one.person.givenName === other.person.givenName && namesDiffer(one, other))

/** Values whose parts are all there. */
const whole = (...values: (readonly string[])[]): string[] =>
  values.filter((parts) => parts.every((part) => part !== '')).map((parts) => parts.join('|'))

const perSurname = ({ person }: Row, ...rest: readonly string[]): string[] =>
  whole(...person.surnames.map((name) => [name, ...rest]))

/** Strongest first. */
export const rules: readonly Rule[] = [
  { values: ({ bsn }) => (bsn === undefined ? [] : [bsn]), contradict: distinctDespiteNumber },
  {
    values: (row) => perSurname(row, plainSound(row.person.givenName), wholeDate(row.person)),
    contradict: areDistinct,
  },
  {
    values: (row) =>
      row.person.firstInitials.flatMap((letter) => perSurname(row, letter, wholeDate(row.person), row.person.address)),
    contradict: areDistinct,
  },
  {
    values: (row) => {
      const { initials, sex } = row.person
      return initials.length > 1 ? perSurname(row, initials, wholeDate(row.person), sex) : []
    },
    contradict: areDistinct,
  },
  {
    values: ({ person }) => {
      const sound = plainSound(person.givenName)
      const letters = person.initials.length > 1 ? person.initials : ''
      const name = sound === '' ? letters && `initials ${letters}` : `sound ${sound}`
      return whole([name, wholeDate(person), person.address])
    },
    contradict: areDistinct,
  },
  {
    values: (row) => perSurname(row, plainSound(row.person.givenName), row.person.address),
    contradict: distinctAtAddress,
  },
  { values: ({ person }) => whole([person.givenName, wholeDate(person)]), contradict: distinctBesidesSurname },
  {
    values: (row) => (row.person.givenName === '' ? [] : perSurname(row, wholeDate(row.person))),
    contradict: distinctBesidesGivenName,
  },
  {
    values: ({ person }) => {
      const { givenName, surnames } = person
      return surnames.flatMap((name) => {
        const both = [givenName, name].toSorted()
        return whole([...both, wholeDate(person)])
      })
    },
    contradict: distinctDespiteNames,
  },
]
