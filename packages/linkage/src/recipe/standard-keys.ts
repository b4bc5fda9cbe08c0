/**
 * The standard match keys as data: which parts have to be equal for two subjects to share a key.
 * @module
 * @see linkage.md §3
 */
import {
  citizenNumberKey,
  householdKey,
  type KeyPart,
  type LinkageProfile,
  type MatchKey,
  type MatchKeyId,
} from '@kruispunt/contracts'
import { englishKeys } from './english-keys.ts'

const table: Readonly<Record<string, readonly KeyPart[]>> = {
  [citizenNumberKey]: ['citizenNumber'],
  N1: ['initial', 'surname', 'birthDate'],
  /** saves twins with one initial */
  N2: ['givenName', 'surname', 'birthDate'],
  N3: ['initial', 'surnameSound', 'birthDate', 'sex'],
  N4: ['givenNameSound', 'surnameSound', 'birthDate'],
  /** surname changed */
  N5: ['initial', 'birthDate', 'addressWithoutSuffix'],
  /** names swapped */
  N6: ['namesSorted', 'birthDate'],
  N7: ['initial', 'surnameSound', 'birthDateSorted', 'sex', 'postcodeArea'],
  N8: ['givenName', 'surname', 'birthYear', 'birthMonth', 'postcodeArea'],
  N9: ['givenName', 'surname', 'birthMonth', 'birthDay', 'addressWithoutSuffix'],
  N10: ['givenName', 'surname', 'birthYear', 'addressWithoutSuffix'],
  N11: ['allInitials', 'surname', 'address', 'birthYear'],
  N12: ['initial', 'surname', 'birthYear', 'birthMonth', 'addressWithoutSuffix'],
  N13: ['initial', 'surname', 'birthYear', 'birthDay', 'addressWithoutSuffix'],
  N14: ['initial', 'surname', 'birthMonth', 'birthDay', 'addressWithoutSuffix'],
  /** the one person key without a first name: only where a near-complete register takes part */
  N15: ['surname', 'birthDate', 'sex', 'address'],
  E1: ['initial', 'surnameOneOut', 'birthDate', 'sex'],
  E2: ['initial', 'surname', 'birthDateOneMasked', 'sex'],
  E3: ['initial', 'surnameOneOut', 'birthYear', 'addressWithoutSuffix'],
  E4: ['initial', 'surname', 'birthDateOneMasked', 'addressWithoutSuffix'],
  /** date missing or quite wrong */
  E5: ['givenName', 'surname', 'address'],
  E6: ['allInitials', 'surname', 'sex', 'address'],
  [householdKey]: ['address'],
}

/** The standard keys of every profile, in the order of linkage.md: B1, N1–N15, E1–E6, H1. */
export const standardKeys: readonly MatchKey[] = Object.entries(table).map(([id, parts]) => ({
  id: id as MatchKeyId,
  parts: [...parts],
}))

/** The standard keys of one profile: those of every profile, and its own. */
export function standardKeysOf(profile: LinkageProfile): readonly MatchKey[] {
  return profile === 'en1' ? [...standardKeys, ...englishKeys] : standardKeys
}

/** @returns undefined for an id that no standard gives a meaning to under this profile */
export function standardKey(profile: LinkageProfile, id: string): MatchKey | undefined {
  return standardKeysOf(profile).find((key) => key.id === id)
}
