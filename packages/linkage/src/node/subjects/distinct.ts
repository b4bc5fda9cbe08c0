/**
 * When two rows of one extract cannot be about the same person, whatever else they share.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumns } from '../identifiers/part-columns.ts'
import { areDatesClose, areOneSlipApart } from './slips.ts'

/** What the judgement rests on; numbers are equal exactly when what they stand for is; 0 and '' are missing. */
export type Signature = {
  readonly bsn: number
  readonly surnames: readonly string[]
  readonly givenName: string
  readonly givenNameSound: number
  readonly initials: string
  /** eight digits */
  readonly birthDate: string
  readonly sex: number
}

/** @param bsn - as in `SubjectInput` */
export function signatures(
  columns: PersonColumns,
  parts: PartColumns,
  bsn: Int32Array | null,
): (row: number) => Signature {
  const sound = parts.of('givenNameSound')
  const date = parts.of('birthDate')
  const [given, initials] = [columns.column('givenName'), columns.column('allInitials')]
  const [sex, surname] = [columns.column('sex'), columns.column('surname')]
  const { readings, words } = columns
  return (row) => {
    return {
      bsn: Math.max(0, bsn?.[row] ?? 0),
      surnames: readings.wordsOf(surname[row] as number).map(words.text),
      givenName: words.text(given[row] as number),
      givenNameSound: sound[row] as number,
      initials: words.text(initials[row] as number),
      birthDate: words.text(date[row] as number),
      sex: sex[row] as number,
    }
  }
}

export const signatureName = ({ bsn, surnames, givenName, initials, birthDate, sex }: Signature): string =>
  `${bsn} ${surnames.join('/')} ${givenName} ${initials} ${birthDate} ${sex}`

const differ = (a: number, b: number): boolean => a !== 0 && b !== 0 && a !== b
const datesDiffer = (a: Signature, b: Signature): boolean =>
  a.birthDate !== '' && b.birthDate !== '' && a.birthDate !== b.birthDate

const namesDiffer = (a: Signature, b: Signature): boolean =>
  (differ(a.givenNameSound, b.givenNameSound) && !areOneSlipApart(a.givenName, b.givenName)) ||
  (a.initials !== '' && b.initials !== '' && !a.initials.startsWith(b.initials) && !b.initials.startsWith(a.initials))

/**
 * Both have a number and these differ, or given names sound different and are more than a slip apart, or neither's initials
 * begin with the other's.
 */
export function areDistinct(a: Signature, b: Signature): boolean {
  return differ(a.bsn, b.bsn) || namesDiffer(a, b)
}

/**
 * For rows with the same number more has to differ: a calling name beside an official one is no reason to doubt a number, but
 * another name with another date of birth or sex is a relative's number filled in.
 */
export function areDistinctDespiteNumber(a: Signature, b: Signature): boolean {
  return differ(a.bsn, b.bsn) || (namesDiffer(a, b) && (datesDiffer(a, b) || differ(a.sex, b.sex)))
}

/** One name at one address with two dates is father and son, unless the dates are a slip apart. */
export function areDistinctAtAddress(a: Signature, b: Signature): boolean {
  if (areDistinct(a, b) || differ(a.sex, b.sex)) return true
  return datesDiffer(a, b) && !areDatesClose(a.birthDate, b.birthDate)
}

/** For rows with one given name and date: their surnames have to be a slip apart. */
export function areDistinctBesidesSurname(a: Signature, b: Signature): boolean {
  if (areDistinct(a, b) || differ(a.sex, b.sex)) return true
  return !a.surnames.some((one) => b.surnames.some((other) => one === other || areOneSlipApart(one, other)))
}

/** Initials begin with that of the given name, which may be the letter that is wrong. */
const otherInitialsDiffer = (a: Signature, b: Signature): boolean => {
  const [one, other] = [a.initials.slice(1), b.initials.slice(1)]
  return !one.startsWith(other) && !other.startsWith(one)
}

/** For rows with one surname and date: their given names have to be a slip apart, the first letter included. */
export function areDistinctBesidesGivenName(a: Signature, b: Signature): boolean {
  if (differ(a.bsn, b.bsn) || differ(a.sex, b.sex) || otherInitialsDiffer(a, b)) return true
  return a.givenName !== b.givenName && !areOneSlipApart(a.givenName, b.givenName)
}

/**
 * For rows that have one name and one date, in whatever columns the two halves of the name stand. Where they stand in the same
 * ones, initials that do not fit tell two people.
 */
export function areDistinctDespiteNames(a: Signature, b: Signature): boolean {
  return differ(a.bsn, b.bsn) || differ(a.sex, b.sex) || (a.givenName === b.givenName && namesDiffer(a, b))
}
