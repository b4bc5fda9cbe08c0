/**
 * The standard match keys of profile en1: any three of names, date and pieces of the address.
 *
 * Where a postcode holds many streets and sources slip in every field, an address is never equal as a whole often enough;
 * its pieces are. P keys have three kinds of evidence, and among them what no other member of a household shares. T keys have
 * less and are tentative (`./tentative.ts`): between two whole registers they find people of whom both name and date are wrong,
 * between parts of a population they would take relatives for one person.
 * @module
 */
import type { KeyPart, MatchKey, MatchKeyId } from '@kruispunt/contracts'

const firm: readonly (readonly KeyPart[])[] = [
  ['givenNameSound', 'surnameSound', 'birthDateSorted'],
  ['givenNameSound', 'surnameSound', 'postcodeArea'],
  ['givenNameSound', 'surnameSound', 'place'],
  ['givenNameSound', 'surnameSound', 'street'],
  ['namesSorted', 'birthDateSorted'],
  ['namesSorted', 'postcodeArea'],
  ['namesSorted', 'place'],
  ['namesSorted', 'street'],
  ['givenNameSound', 'birthDateSorted', 'postcodeArea'],
  ['givenNameSound', 'birthDateSorted', 'place'],
  ['givenNameSound', 'birthDateSorted', 'street'],
  ['surnameSound', 'birthDateSorted', 'postcodeArea'],
  ['surnameSound', 'birthDateSorted', 'place'],
  ['surnameSound', 'birthDateSorted', 'street'],
  ['initial', 'surnameSound', 'birthDateSorted'],
  ['initial', 'surnameOneOut', 'birthDate'],
  ['givenName', 'surname', 'birthDateOneMasked'],
  ['givenName', 'birthDateOneMasked', 'postcodeArea'],
  ['givenName', 'birthDateOneMasked', 'place'],
  ['birthDateSorted', 'postcodeArea', 'street'],
  ['birthDateSorted', 'street', 'place'],
  ['birthDateSorted', 'addressWithoutSuffix'],
  ['givenNameSound', 'postcodeArea', 'street'],
  ['givenNameSound', 'street', 'place'],
  ['givenNameSound', 'addressWithoutSuffix'],
  ['surname', 'birthDateOneMasked', 'postcodeArea'],
  ['surname', 'birthDateOneMasked', 'place'],
  ['givenName', 'surnameOneOut', 'postcodeArea'],
  ['givenName', 'surnameOneOut', 'place'],
]

const tentative: readonly (readonly KeyPart[])[] = [
  ['givenName', 'birthDate'],
  ['surname', 'birthDate'],
  ['birthDate', 'postcodeArea'],
  ['birthDate', 'place'],
  ['birthDate', 'street'],
  ['givenNameSound', 'surnameSound', 'birthYear', 'sex'],
  ['namesSorted', 'birthYear', 'sex'],
  ['initial', 'surnameSound', 'birthYear', 'postcodeArea'],
  ['initial', 'surnameSound', 'birthYear', 'place'],
  ['givenNameSound', 'postcodeArea', 'place'],
  ['initial', 'surnameSound', 'postcodeArea', 'place'],
  ['initial', 'surnameSound', 'postcodeArea', 'street'],
  ['initial', 'surnameSound', 'street', 'place'],
  ['initial', 'surnameSound', 'addressWithoutSuffix'],
  ['initial', 'postcodeArea', 'street', 'place'],
  ['initial', 'postcodeArea', 'addressWithoutSuffix'],
  ['initial', 'place', 'addressWithoutSuffix'],
  ['surnameSound', 'street', 'place'],
  ['surname', 'addressWithoutSuffix'],
  ['postcodeArea', 'street', 'place'],
  ['postcodeArea', 'addressWithoutSuffix'],
  ['place', 'addressWithoutSuffix'],
]

const numbered = (letter: 'P' | 'T', keys: readonly (readonly KeyPart[])[]): MatchKey[] =>
  keys.map((parts, at) => ({ id: `${letter}${at + 1}` as MatchKeyId, parts: [...parts] }))

/** P1–P29, T1–T22. */
export const englishKeys: readonly MatchKey[] = [...numbered('P', firm), ...numbered('T', tentative)]
