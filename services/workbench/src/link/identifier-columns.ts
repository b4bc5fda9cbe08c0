/**
 * Under which headers exports keep what people are recognised by, in Dutch and English, and those of public test sets.
 * @module
 */
import type { IdentifierField, LinkageProfile } from '@kruispunt/contracts'
import type { DatasetSpec, FieldSpec } from '@kruispunt/tabular'

/** Fields of a recipe, and what only files have: a name in one column, a date in three. */
export type FileField = IdentifierField | 'fullName' | 'birthYear' | 'birthMonth' | 'birthDay'

const headers: Readonly<Record<FileField, readonly string[]>> = {
  citizenNumber: ['bsn', 'burgerservicenummer', 'bsn nummer', 'bsn nr', 'sofinummer', 'citizen number'],
  surname: [
    'surname',
    'achternaam',
    'geslachtsnaam',
    'familienaam',
    'last name',
    'lastname',
    'family name',
    'lname',
    'sname',
    'naam',
    'huurder',
    'bewoner',
    'client',
    'cliënt',
    'hoofdhuurder',
    'pername2',
    'naam eigen',
    'eigen naam',
    'geboortenaam',
    'birth name',
    'naam1',
  ],
  surnamePrefix: [
    'tussenvoegsel',
    'tussenv',
    'tussenvoegsels',
    'tv',
    'voorvoegsel',
    'voorvoegsels',
    'vvgsl',
    'surname prefix',
    'name prefix',
    'prefix',
    'infix',
    'voorv',
    'voorvoegsel geslachtsnaam',
  ],
  partnerSurname: [
    'geslachtsnaam partner',
    'achternaam partner',
    'naam partner',
    'partnernaam',
    'partner surname',
    'partner name',
    'achternaam echtgenoot',
    'gehuwde naam',
  ],
  partnerSurnamePrefix: [
    'voorvoegsel partner',
    'tussenvoegsel partner',
    'voorvoegsels partner',
    'partner surname prefix',
    'partner prefix',
  ],
  givenNames: [
    'given name',
    'given names',
    'voornamen',
    'voornaam',
    'first name',
    'firstname',
    'first names',
    'forename',
    'forenames',
    'givenname',
    'fname',
    'pername1',
    'doopnamen',
    'eerste voornaam',
  ],
  initials: ['voorletters', 'initialen', 'initials', 'voorletter', 'initial', 'vl'],
  callingName: ['roepnaam', 'calling name', 'known as', 'nickname', 'preferred name'],
  birthDate: [
    'geboortedatum',
    'geb datum',
    'gebdatum',
    'gebdat',
    'geb dat',
    'geboortedat',
    'datum geboorte',
    'date of birth',
    'birth date',
    'birthdate',
    'dob',
    'birthday',
    'gbdatum',
    'date birth',
    'geboren',
  ],
  sex: ['geslacht', 'sex', 'gender', 'm/v', 'mv', 'man/vrouw', 'gender code', 'geslachtsaanduiding'],
  postcode: [
    'postcode',
    'pc',
    'pc6',
    'postal code',
    'zip',
    'zip code',
    'zipcode',
    'postcode fake',
    'enumpc',
    'post code',
  ],
  houseNumber: [
    'huisnummer',
    'huisnr',
    'nr',
    'house number',
    'street number',
    'house no',
    'hse num',
    'huis nr',
    'nummer',
    'streetno',
  ],
  houseNumberSuffix: [
    'toevoeging',
    'toev',
    'huisnummertoevoeging',
    'huisletter',
    'huisnr toev',
    'house number suffix',
    'suffix',
    'addition',
    'unit',
    'flat',
  ],
  street: [
    'straat',
    'straatnaam',
    'adres',
    'street',
    'street name',
    'address',
    'address 1',
    'str nam',
    'openbare ruimte',
    'enumcap',
    'cap add',
  ],
  place: [
    'woonplaats',
    'plaats',
    'plaatsnaam',
    'gemeente',
    'suburb',
    'city',
    'town',
    'place',
    'birth place',
    'geboorteplaats',
    'parochie',
    'parish',
    'municipality',
  ],
  addressId: ['nummeraanduiding', 'bag id', 'nummeraanduiding id', 'bag nummeraanduiding', 'address id', 'uprn'],
  fullName: ['full name', 'fullname', 'volledige naam', 'name', 'volledigenaam', 'first and surname', 'person name'],
  birthYear: ['geboortejaar', 'birth year', 'year of birth', 'dob year', 'yob', 'by', 'birthyear'],
  birthMonth: ['geboortemaand', 'birth month', 'dob month', 'dob mon', 'month of birth', 'bm', 'mob'],
  birthDay: ['geboortedag', 'birth day of month', 'dob day', 'day of birth', 'bd'],
}

export const fileFields = Object.keys(headers) as readonly FileField[]

/** Headers that name a row; it is written beside every row of the output and never compared. */
const rowIds = [
  'id',
  'rec id',
  'recid',
  'record id',
  'recordid',
  'unique id',
  'uniqueid',
  'row id',
  'rowid',
  'rij',
  'census id',
  'person id',
]

export const rowIdField = '_id'
export const truthField = '_truth'

/**
 * What the reader looks for in a file.
 * @param truth - header of the column that says which rows are one person, if any
 */
export function identifierSpec(profile: LinkageProfile, truth: string | null): DatasetSpec {
  const field = (id: string, aliases: readonly string[], kind: 'bsn' | 'text'): FieldSpec => ({
    id,
    label: { nl: id, en: id },
    aliases,
    required: false,
    target: { kind },
  })
  return {
    id: 'identifiers',
    grain: 'person',
    fields: [
      ...fileFields
        // The eleven-test is Dutch; numbers of other countries stay out of it.
        .filter((id) => id !== 'citizenNumber' || profile === 'nl1')
        .map((id) => field(id, headers[id], id === 'citizenNumber' ? 'bsn' : 'text')),
      field(rowIdField, rowIds, 'text'),
      ...(truth === null ? [] : [field(truthField, [truth], 'text')]),
    ],
  }
}
