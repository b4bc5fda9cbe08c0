/**
 * What is wrong with a recipe, before anybody signs it.
 * @module
 * @see linkage.md §0 and §3
 */
import {
  citizenNumberKey,
  householdKey,
  type LinkageProfile,
  type LinkageRecipe,
  type MatchKey,
  type MatchKeyId,
} from '@kruispunt/contracts'
import {
  addressParts,
  type Bilingual,
  dateFragmentParts,
  familyNameParts,
  ownNameParts,
  wholeDateParts,
} from './part-words.ts'
import { standardKey } from './standard-keys.ts'

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
  const faults: RecipeFaultCode[] = []
  if (!parts.some((part) => ownNameParts.has(part))) faults.push('no_first_name')
  const has = (kind: ReadonlySet<string>) => parts.some((part) => kind.has(part))
  const hasDate = has(wholeDateParts) || parts.filter((part) => dateFragmentParts.has(part)).length >= 2
  if ([has(familyNameParts), hasDate, has(addressParts)].filter(Boolean).length < 2) faults.push('too_little')
  return faults
}
