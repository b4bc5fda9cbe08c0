/**
 * When two rows of one extract cannot be about the same person, whatever else they share.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumns } from '../identifiers/part-columns.ts'

/** What the judgement rests on; numbers are equal exactly when what they stand for is; 0 and '' are missing. */
export type Signature = {
  readonly bsn: number
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
  const sex = columns.column('sex')
  const { words } = columns
  return (row) => {
    return {
      bsn: Math.max(0, bsn?.[row] ?? 0),
      givenName: words.text(given[row] as number),
      givenNameSound: sound[row] as number,
      initials: words.text(initials[row] as number),
      birthDate: words.text(date[row] as number),
      sex: sex[row] as number,
    }
  }
}

export const signatureName = ({ bsn, givenName, initials, birthDate, sex }: Signature): string =>
  `${bsn} ${givenName} ${initials} ${birthDate} ${sex}`

const differ = (a: number, b: number): boolean => a !== 0 && b !== 0 && a !== b
const datesDiffer = (a: Signature, b: Signature): boolean =>
  a.birthDate !== '' && b.birthDate !== '' && a.birthDate !== b.birthDate

/** Shorter names that differ in one letter are as often two names. */
const shortestMisspelt = 4

/** One letter left out, put in, changed, or swapped with the next. */
function areOneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < shortestMisspelt) return false
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  const [restA, restB] = [a.slice(same), b.slice(same)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}

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

/** One digit is another one, or day and month are swapped. */
function areDatesClose(a: string, b: string): boolean {
  if (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return true
  let others = 0
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) others += 1
  return others === 1
}

/** One name at one address with two dates is father and son, unless the dates are a slip apart. */
export function areDistinctAtAddress(a: Signature, b: Signature): boolean {
  if (areDistinct(a, b) || differ(a.sex, b.sex)) return true
  return datesDiffer(a, b) && !areDatesClose(a.birthDate, b.birthDate)
}
