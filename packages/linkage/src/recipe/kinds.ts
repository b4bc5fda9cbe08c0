/**
 * What kind of evidence a part of a key is.
 * @module
 * @see linkage.md §0
 */
import type { KeyPart } from '@kruispunt/contracts'

/** Parts that tell twins and members of one household apart: no person key goes without one (linkage.md §0.2). */
export const ownNameParts: ReadonlySet<KeyPart> = new Set([
  'givenName',
  'givenNameSound',
  'initial',
  'allInitials',
  'namesSorted',
])

export const familyNameParts: ReadonlySet<KeyPart> = new Set([
  'surname',
  'surnameSound',
  'namesSorted',
  'surnameOneOut',
])

/** Of those, what members of a household seldom share. */
export const givenNameParts: ReadonlySet<KeyPart> = new Set(['givenName', 'givenNameSound', 'namesSorted'])

/** A whole date of birth in one part. */
export const wholeDateParts: ReadonlySet<KeyPart> = new Set(['birthDate', 'birthDateSorted', 'birthDateOneMasked'])
export const dateFragmentParts: ReadonlySet<KeyPart> = new Set(['birthYear', 'birthMonth', 'birthDay'])
export const addressParts: ReadonlySet<KeyPart> = new Set(['address', 'addressWithoutSuffix'])

/** Pieces of an address; a whole one holds all three. */
export const areaParts: ReadonlySet<KeyPart> = new Set(['postcodeArea', 'place', 'address'])
export const streetParts: ReadonlySet<KeyPart> = new Set(['street', 'address', 'addressWithoutSuffix'])
export const numberParts: ReadonlySet<KeyPart> = new Set(['address', 'addressWithoutSuffix'])
