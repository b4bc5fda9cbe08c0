/**
 * How the partners of an agreement recognise the same person: which fields, under which rules of normalisation, in which
 * combinations. Part of the agreement, so every officer signs the same recipe (linkage.md §2–4).
 * @module
 */
import { z } from 'zod'

/** A field of a raw export that helps to recognise a person. It feeds match keys and never travels. */
export const identifierField = z.enum([
  'citizenNumber',
  'surname',
  'surnamePrefix',
  'partnerSurname',
  'partnerSurnamePrefix',
  'givenNames',
  'initials',
  'callingName',
  'birthDate',
  'sex',
  'postcode',
  'houseNumber',
  'houseNumberSuffix',
  'street',
  'place',
  'addressId',
])
export type IdentifierField = z.infer<typeof identifierField>

/** Rules of normalisation, by version: two versions never make the same tokens. */
export const linkageProfile = z.enum(['nl1', 'en1'])
export type LinkageProfile = z.infer<typeof linkageProfile>

/** What a match key is made of, after normalisation. Sets give one value per element. */
export const keyPart = z.enum([
  'citizenNumber',
  /** first given name */
  'givenName',
  'givenNameSound',
  /** first letters of initials and of given name: a set */
  'initial',
  'allInitials',
  /** cores of own name, partner name and halves of a double name: a set */
  'surname',
  'surnameSound',
  /** first given name and surname, sorted: finds swapped names */
  'namesSorted',
  /** surname with nothing, or one letter, left out: a set */
  'surnameOneOut',
  'birthDate',
  /** year, then month and day sorted: finds swapped days and months */
  'birthDateSorted',
  /** date with one digit masked: a set */
  'birthDateOneMasked',
  'birthYear',
  'birthMonth',
  'birthDay',
  'sex',
  /** four digits of a Dutch postcode; the outward part of another */
  'postcodeArea',
  /** postcode, house number and suffix, or the id of the address where the source has one */
  'address',
  /** postcode and house number */
  'addressWithoutSuffix',
  /** first letters of the street, and of the place, where a postcode does not say them */
  'street',
  'place',
])
export type KeyPart = z.infer<typeof keyPart>

/** Letters, then a number: `B1`, `N12`, `H1`. T and a number is tentative: it counts only where the other keys bear it out. */
export const matchKeyId = z.string().regex(/^[A-Z]{1,3}[0-9]{1,2}$/)
export type MatchKeyId = z.infer<typeof matchKeyId>

/** One match key: equal values of all its parts, in this order. `B1` is the citizen number alone, `H1` the address alone. */
export const matchKey = z.strictObject({ id: matchKeyId, parts: z.array(keyPart).min(1).max(6) })
export type MatchKey = z.infer<typeof matchKey>

export const linkageRecipe = z.strictObject({
  profile: linkageProfile,
  keys: z.array(matchKey).min(1).max(60),
  /**
   * `key`: equal citizen numbers link. `veto`: they do not, different ones still keep people apart. Either way only
   * parties with a legal ground use them.
   */
  citizenNumber: z.enum(['key', 'veto']),
  /** Two people with one citizen number and no other key in common: a relative's number, or nobody else's mistake. */
  suspects: z.enum(['keep', 'drop']),
  /** Shared keys (other than the citizen number) that two subjects need at least; 1 is usual, more is stricter. */
  fewestKeys: z.int().min(1).max(10),
  /** Whether calling names are looked up in the profile's table (Kees may be Cornelis). */
  callingNames: z.boolean(),
  /** Invented people that every delivery carries beside the real ones, to show that all nodes make the same tokens of the same people. */
  selfTest: z.int().min(20).max(500).optional(),
})
export type LinkageRecipe = z.infer<typeof linkageRecipe>

/** Standard definition of the citizen number's key, and of the household's. */
export const citizenNumberKey = 'B1' as MatchKeyId
export const householdKey = 'H1' as MatchKeyId

/**
 * Keys of which an extract says which subjects have a value: 1 without, 2 with. Filling hides it for the others. Two people
 * with different citizen numbers could become one, and somebody without an address a household of its own, if a job did not
 * know it for these two.
 */
export const keysWithPresence: readonly MatchKeyId[] = [citizenNumberKey, householdKey]
export const presenceColumn = (key: MatchKeyId): `present:${string}` => `present:${key}`

/** Columns about the invented people of a self-test: tokens of a key, and per row the number of its person + 1. */
export const decoyColumn = (key: MatchKeyId): `decoy:${string}` => `decoy:${key}`
export const decoyPersonColumn = 'decoy:person'

/** A recipe that links on the citizen number alone. */
export const citizenNumberRecipe: LinkageRecipe = {
  profile: 'nl1',
  keys: [{ id: citizenNumberKey, parts: ['citizenNumber'] }],
  citizenNumber: 'key',
  suspects: 'keep',
  fewestKeys: 1,
  callingNames: false,
}
