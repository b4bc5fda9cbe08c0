/**
 * What is wrong with a recipe, before anybody signs it.
 * @module
 * @see linkage.md §0 and §3
 */
import {
  citizenNumberKey,
  householdKey,
  type KeyPart,
  type LinkageProfile,
  type LinkageRecipe,
  type MatchKey,
  type MatchKeyId,
} from '@kruispunt/contracts'
import {
  addressParts,
  areaParts,
  dateFragmentParts,
  familyNameParts,
  givenNameParts,
  numberParts,
  ownNameParts,
  streetParts,
  wholeDateParts,
} from './kinds.ts'
import type { Bilingual } from './part-words.ts'
import { standardKey } from './standard-keys.ts'
import { isTentative } from './tentative.ts'

const messages = {
  key_twice: { nl: 'twee sleutels hebben dezelfde naam', en: 'two keys have the same id' },
  same_parts: { nl: 'twee sleutels bestaan uit dezelfde delen', en: 'two keys are made of the same parts' },
  part_twice: { nl: 'een deel staat twee keer in de sleutel', en: 'a part stands in the key twice' },
  standard_key_changed: {
    nl: 'deze naam hoort bij een standaardsleutel met andere delen',
    en: 'this id belongs to a standard key with other parts',
  },
  citizen_number_key_malformed: {
    nl: 'B1 bestaat uit het burgerservicenummer en niets anders',
    en: 'B1 is the citizen number and nothing else',
  },
  citizen_number_elsewhere: {
    nl: 'het burgerservicenummer mag alleen in B1 staan',
    en: 'the citizen number may stand in B1 only',
  },
  citizen_number_not_allowed: {
    nl: 'er is geen wettelijke grondslag om het burgerservicenummer te gebruiken',
    en: 'there is no legal ground to use the citizen number',
  },
  household_key_malformed: {
    nl: 'H1 bestaat uit het adres en niets anders',
    en: 'H1 is the address and nothing else',
  },
  no_first_name: {
    nl: 'zonder voornaam of voorletter vallen tweelingen en huisgenoten samen',
    en: 'without a first name or initial twins and members of a household fall together',
  },
  too_little: {
    nl: 'een sleutel heeft er ten minste twee nodig: achternaam, geboortedatum (of twee delen ervan), adres',
    en: 'a key needs at least two of: surname, date of birth (or two parts of it), address',
  },
  shared_by_household: {
    nl: 'wat een huishouden deelt is niet genoeg: een hele voornaam of een geboortedatum is nodig',
    en: 'what a household shares is not enough: a whole given name or a date of birth is needed',
  },
  fewer_than_three: {
    nl: 'een sleutel heeft er ten minste drie nodig: eigen naam, achternaam, geboortedatum, postcodegebied of plaats, straat, huisnummer',
    en: 'a key needs at least three of: own name, surname, date of birth, postcode area or place, street, house number',
  },
  fewer_than_two: {
    nl: 'een voorlopige sleutel heeft er ten minste twee nodig: eigen naam, achternaam, geboortedatum, postcodegebied of plaats, straat, huisnummer',
    en: 'a tentative key needs at least two of: own name, surname, date of birth, postcode area or place, street, house number',
  },
  no_person_key: {
    nl: 'geen enkele sleutel herkent personen',
    en: 'no key recognises persons',
  },
} as const satisfies Record<string, Bilingual>
export type RecipeFaultCode = keyof typeof messages

/** `keyId` is null for what concerns the recipe as a whole. */
export type RecipeFault = {
  readonly code: RecipeFaultCode
  readonly keyId: MatchKeyId | null
  readonly message: Bilingual
}

/**
 * @param recipe - of the right shape (`linkageRecipe` of the contracts)
 * @param use.citizenNumberAllowed - whether there is a legal ground; the node asks for its own party
 * @returns all faults, in the order of the keys; none means that tokens can be made by it
 */
export function recipeFaults(
  recipe: LinkageRecipe,
  { citizenNumberAllowed }: { readonly citizenNumberAllowed: boolean },
): RecipeFault[] {
  const faults: RecipeFault[] = []
  const add = (code: RecipeFaultCode, keyId: MatchKeyId | null) =>
    void faults.push({ code, keyId, message: messages[code] })
  const ids = new Set<string>()
  const combinations = new Set<string>()
  for (const key of recipe.keys) {
    if (ids.has(key.id)) add('key_twice', key.id)
    ids.add(key.id)
    const combination = key.parts.toSorted().join(' ')
    if (combinations.has(combination)) add('same_parts', key.id)
    combinations.add(combination)
    for (const code of keyFaults(key, recipe.profile, citizenNumberAllowed)) add(code, key.id)
  }
  if (recipe.keys.every(({ id }) => id === householdKey)) add('no_person_key', null)
  return faults
}

function keyFaults(key: MatchKey, profile: LinkageProfile, citizenNumberAllowed: boolean): RecipeFaultCode[] {
  const { id, parts } = key
  if (id === citizenNumberKey) {
    if (parts.length !== 1 || parts[0] !== 'citizenNumber') return ['citizen_number_key_malformed']
    return citizenNumberAllowed ? [] : ['citizen_number_not_allowed']
  }
  if (parts.includes('citizenNumber')) return ['citizen_number_elsewhere']
  if (id === householdKey) return parts.length === 1 && parts[0] === 'address' ? [] : ['household_key_malformed']
  if (new Set(parts).size !== parts.length) return ['part_twice']
  const standard = standardKey(profile, id)
  // The weights, the vectors and the words of a standard key go with its parts.
  if (standard !== undefined) return standard.parts.join() === parts.join() ? [] : ['standard_key_changed']
  return evidenceFaults[profile](key)
}

const has = ({ parts }: MatchKey, kind: ReadonlySet<KeyPart>): boolean => parts.some((part) => kind.has(part))

/** A whole date, or two parts of one. */
const hasDate = (key: MatchKey): boolean =>
  has(key, wholeDateParts) || key.parts.filter((part) => dateFragmentParts.has(part)).length >= 2

function dutchFaults(key: MatchKey): RecipeFaultCode[] {
  const faults: RecipeFaultCode[] = []
  if (!has(key, ownNameParts)) faults.push('no_first_name')
  const kinds = [has(key, familyNameParts), hasDate(key), has(key, addressParts)]
  if (kinds.filter(Boolean).length < 2) faults.push('too_little')
  return faults
}

/**
 * Slips in every field leave no one field to insist on, so what counts is how many kinds of evidence there are, pieces of an
 * address each by itself; and that one is not shared by a household, as every twelfth initial is.
 */
function englishFaults(key: MatchKey): RecipeFaultCode[] {
  const places = [areaParts, streetParts, numberParts].map((kind) => has(key, kind))
  const kinds = [has(key, ownNameParts), has(key, familyNameParts), hasDate(key), ...places].filter(Boolean).length
  if (isTentative(key.id)) return kinds < 2 ? ['fewer_than_two'] : []
  const faults: RecipeFaultCode[] = []
  if (!has(key, givenNameParts) && !hasDate(key)) faults.push('shared_by_household')
  if (kinds < 3) faults.push('fewer_than_three')
  return faults
}

const evidenceFaults: Readonly<Record<LinkageProfile, (key: MatchKey) => RecipeFaultCode[]>> = {
  nl1: dutchFaults,
  en1: englishFaults,
}
