/**
 * What each part of a match key is called.
 * @module
 * @see linkage.md §3
 */
import type { KeyPart } from '@kruispunt/contracts'

export type Bilingual = { readonly nl: string; readonly en: string }

export const partWords: Readonly<Record<KeyPart, Bilingual>> = {
  citizenNumber: { nl: 'burgerservicenummer', en: 'citizen number' },
  givenName: { nl: 'eerste voornaam', en: 'first given name' },
  givenNameSound: { nl: 'klank van de eerste voornaam', en: 'sound of the first given name' },
  initial: { nl: 'eerste voorletter', en: 'first initial' },
  allInitials: { nl: 'alle voorletters', en: 'all initials' },
  surname: { nl: 'achternaam', en: 'surname' },
  surnameSound: { nl: 'klank van de achternaam', en: 'sound of the surname' },
  namesSorted: { nl: 'voornaam en achternaam in willekeurige volgorde', en: 'given name and surname in either order' },
  surnameOneOut: {
    nl: 'achternaam met hoogstens één letter weggelaten',
    en: 'surname with at most one letter left out',
  },
  birthDate: { nl: 'geboortedatum', en: 'date of birth' },
  birthDateSorted: {
    nl: 'geboortedatum (dag en maand verwisselbaar)',
    en: 'date of birth (day and month in either order)',
  },
  birthDateOneMasked: { nl: 'geboortedatum met één cijfer onleesbaar', en: 'date of birth with one digit masked' },
  birthYear: { nl: 'geboortejaar', en: 'year of birth' },
  birthMonth: { nl: 'geboortemaand', en: 'month of birth' },
  birthDay: { nl: 'geboortedag', en: 'day of birth' },
  sex: { nl: 'geslacht', en: 'sex' },
  postcodeArea: { nl: 'postcodegebied', en: 'postcode area' },
  address: { nl: 'adres', en: 'address' },
  addressWithoutSuffix: { nl: 'adres zonder toevoeging', en: 'address without suffix' },
  street: { nl: 'eerste letters van de straat', en: 'first letters of the street' },
  place: { nl: 'eerste letters van de plaats', en: 'first letters of the place' },
}
