/**
 * When two rows of one extract cannot be about the same person, whatever else they share.
 * @module
 * @see linkage.md §4 step 1
 */
import type { PersonColumns } from '../identifiers/columns.ts'
import type { PartColumns } from '../identifiers/part-columns.ts'

/** What the judgement rests on; numbers are equal exactly when what they stand for is, 0 = missing. */
export type Signature = {
  readonly bsn: number
  readonly givenNameSound: number
  readonly initials: string
  readonly birthDate: number
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
  const initials = columns.column('allInitials')
  const sex = columns.column('sex')
  const { words } = columns
  return (row) => {
    return {
      bsn: Math.max(0, bsn?.[row] ?? 0),
      givenNameSound: sound[row] as number,
      initials: words.text(initials[row] as number),
      birthDate: date[row] as number,
      sex: sex[row] as number,
    }
  }
}

export const signatureName = ({ bsn, givenNameSound, initials, birthDate, sex }: Signature): string =>
  `${bsn} ${givenNameSound} ${initials} ${birthDate} ${sex}`

const differ = (a: number, b: number): boolean => a !== 0 && b !== 0 && a !== b

const namesDiffer = (a: Signature, b: Signature): boolean =>
  differ(a.givenNameSound, b.givenNameSound) ||
  (a.initials !== '' && b.initials !== '' && !a.initials.startsWith(b.initials) && !b.initials.startsWith(a.initials))

/** Both have a number and these differ, or given names sound different, or neither's initials begin with the other's. */
export function areDistinct(a: Signature, b: Signature): boolean {
  return differ(a.bsn, b.bsn) || namesDiffer(a, b)
}

/**
 * For rows with the same number more has to differ: a calling name beside an official one is no reason to doubt a number, but
 * another name with another date of birth or sex is a relative's number filled in.
 */
export function areDistinctDespiteNumber(a: Signature, b: Signature): boolean {
  return differ(a.bsn, b.bsn) || (namesDiffer(a, b) && (differ(a.birthDate, b.birthDate) || differ(a.sex, b.sex)))
}
