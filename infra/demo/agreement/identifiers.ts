/**
 * Under which headings each partner of the practice region carries what recognises its people.
 * @module
 */
import type { Dataset, IdentifierField } from '@kruispunt/contracts'

type Identifiers = Dataset['identifiers']

const listed = (headers: Partial<Record<IdentifierField, string>>): Identifiers =>
  Object.entries(headers).map(([field, header]) => ({ field: field as IdentifierField, headers: [header] }))

export const identifiersOf: Readonly<Record<string, Identifiers>> = {
  gemeente: listed({
    citizenNumber: 'BSN',
    givenNames: 'Voornamen',
    initials: 'Voorletters',
    surnamePrefix: 'Voorvoegsel',
    surname: 'Geslachtsnaam',
    partnerSurnamePrefix: 'Voorvoegsel partner',
    partnerSurname: 'Geslachtsnaam partner',
    sex: 'Geslacht',
    birthDate: 'Geboortedatum',
    postcode: 'Postcode',
    houseNumber: 'Huisnr',
    houseNumberSuffix: 'Toev',
  }),
  politie: listed({
    citizenNumber: 'bsn',
    givenNames: 'voornaam',
    surnamePrefix: 'tussenv',
    surname: 'achternaam',
    sex: 'geslacht',
    birthDate: 'geb_datum',
    postcode: 'postcode',
    houseNumber: 'huisnr',
    houseNumberSuffix: 'toev',
  }),
  corporatie: listed({
    surname: 'Huurder',
    initials: 'Voorletters',
    sex: 'M/V',
    birthDate: 'Geb.datum',
    postcode: 'Postcode',
    houseNumber: 'Nr',
    houseNumberSuffix: 'Toevoeging',
  }),
  ggd: listed({
    citizenNumber: 'bsn',
    callingName: 'roepnaam',
    surname: 'naam',
    sex: 'geslacht',
    birthDate: 'geboortedatum',
    postcode: 'pc',
    houseNumber: 'huisnummer',
  }),
  zorg: listed({
    citizenNumber: 'BSN',
    initials: 'Initialen',
    surname: 'Achternaam',
    sex: 'Geslacht',
    birthDate: 'GebDat',
    postcode: 'Postcode',
    houseNumber: 'Huisnummer',
  }),
  scholen: listed({
    citizenNumber: 'burgerservicenummer',
    callingName: 'roepnaam',
    surnamePrefix: 'tussenvoegsel',
    surname: 'achternaam',
    sex: 'geslacht',
    birthDate: 'geboortedatum',
    postcode: 'postcode',
    houseNumber: 'huisnummer',
  }),
}
