/**
 * Under which headers exports keep what people are recognised by, in Dutch and English, and those of public test sets. Case,
 * spaces and signs do not count.
 * @module
 */
import type { IdentifierField } from '@kruispunt/contracts'

/** Fields of a recipe, and what only files have: a name in one column, a date in three. */
export type FileField = IdentifierField | 'fullName' | 'birthYear' | 'birthMonth' | 'birthDay'

const sentences: Readonly<Record<FileField, string>> = {
  citizenNumber: 'bsn, burgerservicenummer, bsn nummer, bsn nr, sofinummer, citizen number',
  surname: [
    'surname, achternaam, geslachtsnaam, familienaam, last name, lastname, family name, lname, sname, naam, ',
    'huurder, bewoner, client, cliënt, hoofdhuurder, pername2, naam eigen, eigen naam, geboortenaam, ',
    'birth name, naam1, last nm, lname c1, meisjesnaam, maiden name, surname 1, anaam, achternaam eigen, ',
    'eigen achternaam',
  ].join(''),
  surnamePrefix: [
    'tussenvoegsel, tussenv, tussenvoegsels, tv, voorvoegsel, voorvoegsels, vvgsl, surname prefix, name prefix, ',
    'prefix, infix, voorv, voorvoegsel geslachtsnaam, tsv, vvgs, tussenvoegsel s',
  ].join(''),
  partnerSurname: [
    'geslachtsnaam partner, achternaam partner, naam partner, partnernaam, partner surname, partner name, ',
    'achternaam echtgenoot, gehuwde naam, partner last name, geslachtsnaam echtgenoot',
  ].join(''),
  partnerSurnamePrefix:
    'voorvoegsel partner, tussenvoegsel partner, voorvoegsels partner, partner surname prefix, partner prefix',
  givenNames: [
    'given name, given names, voornamen, voornaam, first name, firstname, first names, forename, forenames, ',
    'givenname, fname, pername1, doopnamen, eerste voornaam, first nm, fname c1, voorn, christian name, vnaam, ',
    'given, name first, firstname 1, forename 1',
  ].join(''),
  initials: 'voorletters, initialen, initials, voorletter, initial, vl, voorl, init',
  callingName: 'roepnaam, calling name, known as, nickname, preferred name, roepn',
  birthDate: [
    'geboortedatum, geb datum, gebdatum, gebdat, geb dat, geboortedat, datum geboorte, date of birth, ',
    'birth date, birthdate, dob, birthday, gbdatum, date birth, geboren, birth dt, geb, geb dt, dob yyyy mm dd, ',
    'geboorte, born, geboortedag en jaar',
  ].join(''),
  sex: [
    'geslacht, sex, gender, m/v, mv, man/vrouw, gender code, geslachtsaanduiding, sekse, sexe, gesl, m/v/x, ',
    'm v x, man/vrouw/anders, sex code, gender cd, m/f',
  ].join(''),
  postcode: [
    'postcode, pc, pc6, postal code, zip, zip code, zipcode, postcode fake, enumpc, post code, pcode, zip5, ',
    'postkode, postcd, postcode6, postcode 6, pc 6',
  ].join(''),
  houseNumber: [
    'huisnummer, huisnr, nr, house number, street number, house no, hse num, huis nr, nummer, streetno, ',
    'house nr, hse no, hnr, street nr, house num, huisnum, hn',
  ].join(''),
  houseNumberSuffix: [
    'toevoeging, toev, huisnummertoevoeging, huisletter, huisnr toev, house number suffix, suffix, addition, ',
    'unit, flat, house number addition, house letter, toevoeg, nr toev, hnr toev, house nr suffix, ',
    'house nr add, house nr addition, huisnummer toevoeging, huisnr toevoeging',
  ].join(''),
  street: [
    'straat, straatnaam, adres, street, street name, address, address 1, str nam, openbare ruimte, enumcap, ',
    'cap add, addr, street address, strt, address line 1, adres straat, streetname, straat en huisnummer, ',
    'adresregel',
  ].join(''),
  place: [
    'woonplaats, plaats, plaatsnaam, gemeente, suburb, city, town, place, birth place, geboorteplaats, ',
    'parochie, parish, municipality, stad, locality, village, city town, woonpl, res city, wpl',
  ].join(''),
  addressId: 'nummeraanduiding, bag id, nummeraanduiding id, bag nummeraanduiding, address id, uprn',
  fullName: [
    'full name, fullname, volledige naam, name, volledigenaam, first and surname, person name, naam volledig, ',
    'naam huurder, naam client, naam cliënt, naam bewoner, naam leerling, naam patiënt, patiënt, patient, ',
    'leerling, inwoner',
  ].join(''),
  birthYear: [
    'geboortejaar, birth year, year of birth, dob year, yob, by, birthyear, byear, geb jaar, dob y, gebjaar, ',
    'year birth',
  ].join(''),
  birthMonth: [
    'geboortemaand, birth month, dob month, dob mon, month of birth, bm, mob, bmonth, geb maand, dob m, ',
    'gebmaand, month birth',
  ].join(''),
  birthDay: [
    'geboortedag, birth day of month, dob day, day of birth, bd, bday, geb dag, dob d, gebdag, birth day, ',
    'day birth',
  ].join(''),
}

const listed = (sentence: string): readonly string[] => sentence.split(', ')

export const knownHeaders = Object.fromEntries(
  Object.entries(sentences).map(([field, sentence]) => [field, listed(sentence)]),
) as Readonly<Record<FileField, readonly string[]>>

/**
 * Headers that name a row, those of rows before those of people: in a labelled file the latter often say who is who. What they
 * hold is written beside every row of the output and never compared.
 */
export const rowIdHeaders = listed(
  [
    'id, rec id, recid, record id, recordid, unique id, uniqueid, row id, rowid, rij, census id, rec nr, recno, ',
    'rec no, row, record, record nr, row nr, rijnummer, volgnummer, idx, index, key, id row, uuid, source id, ',
    'person id, persoon id, klantnummer, klant id, cliëntnummer, clientnummer, client id, leerlingnummer, ',
    'huurdernummer, patient id, patiëntnummer',
  ].join(''),
)
