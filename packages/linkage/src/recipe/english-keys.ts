/**
 * The standard match keys of profile en1, beside N1–N14: any three of names, date and pieces of the address.
 *
 * Where a postcode holds many streets and sources slip in every field, an address is never equal as a whole often enough;
 * its pieces are. P keys have an own name, or a whole date with two pieces of address. T keys do without, or with less: they
 * find people of whom both name and date are wrong, and take relatives for one person unless the void rule sees both of them.
 * They are for whole registers, in which whoever lives at an address is in both files or in neither.
 * @module
 */
import type { KeyPart, MatchKey, MatchKeyId } from '@kruispunt/contracts'

const persons: readonly (readonly KeyPart[])[] = [
  ['givenNameSound', 'surnameSound', 'birthDateSorted'],
  ['givenNameSound', 'surnameSound', 'postcodeArea'],
  ['givenNameSound', 'surnameSound', 'place'],
  ['givenNameSound', 'surnameSound', 'street'],
  ['namesSorted', 'postcodeArea'],
  ['namesSorted', 'place'],
  ['namesSorted', 'street'],
  ['givenNameSound', 'birthDateSorted', 'postcodeArea'],
  ['givenNameSound', 'birthDateSorted', 'place'],
  ['givenNameSound', 'birthDateSorted', 'street'],
  ['surnameSound', 'birthDateSorted', 'postcodeArea'],
  ['surnameSound', 'birthDateSorted', 'place'],
  ['surnameSound', 'birthDateSorted', 'street'],
  ['birthDateSorted', 'postcodeArea', 'street'],
  ['birthDateSorted', 'postcodeArea', 'place'],
  ['birthDateSorted', 'street', 'place'],
  ['birthDateSorted', 'addressWithoutSuffix'],
  ['givenNameSound', 'postcodeArea', 'street'],
  ['givenNameSound', 'street', 'place'],
  ['givenNameSound', 'addressWithoutSuffix'],
  ['initial', 'postcodeArea', 'addressWithoutSuffix'],
  ['initial', 'place', 'addressWithoutSuffix'],
  ['initial', 'surnameSound', 'addressWithoutSuffix'],
  ['initial', 'postcodeArea', 'street', 'place'],
  ['initial', 'surnameSound', 'postcodeArea', 'street'],
  ['initial', 'surnameSound', 'street', 'place'],
]

const wholeRegisters: readonly (readonly KeyPart[])[] = [
  ['givenName', 'birthDate'],
  ['surname', 'birthDate'],
  ['birthDate', 'postcodeArea'],
  ['birthDate', 'place'],
  ['birthDate', 'street'],
  ['givenNameSound', 'postcodeArea', 'place'],
  ['initial', 'surnameSound', 'postcodeArea', 'place'],
  ['postcodeArea', 'street', 'place'],
  ['place', 'addressWithoutSuffix'],
  ['postcodeArea', 'addressWithoutSuffix'],
  ['surnameSound', 'street', 'place'],
  ['surnameSound', 'addressWithoutSuffix'],
]

const numbered = (letter: 'P' | 'T', keys: readonly (readonly KeyPart[])[]): MatchKey[] =>
  keys.map((parts, at) => ({ id: `${letter}${at + 1}` as MatchKeyId, parts: [...parts] }))

/** P1–P26, T1–T12. */
export const englishKeys: readonly MatchKey[] = [...numbered('P', persons), ...numbered('T', wholeRegisters)]
