/** The housing corporation's tenants: no citizen number, an old system. @module */
import { asWritten, dateAsHeld, initialsOf, postcodeAsHeld } from '../mess.ts'
import { type ExportFormat, withComma } from './export-format.ts'

const dwellings = ['eengezinswoning', 'seniorenwoning', 'flat met lift', 'flat zonder lift'] as const

export const corporatie: ExportFormat = {
  fileName: 'corporatie-huurders.csv',
  header: [
    'Huurder',
    'Voorletters',
    'M/V',
    'Geb.datum',
    'Postcode',
    'Nr',
    'Toevoeging',
    'Woningtype',
    'Huurachterstand (mnd)',
    'Klachten',
    'Netto huur',
  ],
  delimiter: ';',
  newline: '\r\n',
  encoding: 'windows-1252',
  rowsOf: ({ isResident, household }, random) =>
    // Whole households rent: every third one does.
    isResident && Math.imul(household + 1, 0x9e3779b1) >>> 0 < 0.36 * 2 ** 32 ? (random.chance(0.01) ? 2 : 1) : 0,
  fields: (person, { random }) => {
    const { givenNames, surname, partnerSurname, address, sex } = person
    const date = dateAsHeld(person, { missing: 0.001, swapped: 0.004 }, random)
    const names = partnerSurname !== undefined && random.chance(0.6) ? `-${partnerSurname.core}` : ''
    const core = asWritten(surname.core + names, { typos: 0.015, wrongSet: 0.003 }, random)
    return [
      surname.prefix === '' ? core : `${core}, ${surname.prefix}`,
      initialsOf(givenNames),
      random.chance(0.033) ? '' : sex,
      date === undefined ? '' : `${date.day}-${date.month}-${date.year}`,
      postcodeAsHeld(address.postcode, { missing: 0.027, blank: 0.5, lower: 0.15 }, random),
      String(address.houseNumber),
      address.addition,
      random.pick(dwellings),
      String(random.chance(0.14) ? 1 + random.below(8) : 0),
      String(random.chance(0.5) ? 0 : random.chance(0.87) ? 1 : 2 + random.below(3)),
      withComma(550 + 350 * random.next(), 2),
    ]
  },
}
