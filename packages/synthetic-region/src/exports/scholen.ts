/** The schools' pupils. @module */
import { asWritten, dateAsHeld, numberAsHeld, postcodeAsHeld } from '../mess.ts'
import type { ExportFormat } from './export-format.ts'

const kinds = ['po', 'so', 'vmbo', 'havo', 'vwo'] as const

export const scholen: ExportFormat = {
  fileName: 'scholen-leerlingen.csv',
  header: [
    'burgerservicenummer',
    'roepnaam',
    'tussenvoegsel',
    'achternaam',
    'geslacht',
    'geboortedatum',
    'postcode',
    'huisnummer',
    'verzuimdagen',
    'schooltype',
  ],
  delimiter: ',',
  newline: '\r\n',
  encoding: 'utf-8',
  rowsOf: ({ age, isResident }, random) => (age >= 4 && age < 18 && random.chance(isResident ? 0.6 : 0.3) ? 1 : 0),
  fields: (person, { random, other }) => {
    const { givenNames, surname, address, sex } = person
    const date = dateAsHeld(person, { missing: 0.001, swapped: 0.002 }, random)
    const prefix = random.chance(0.1)
      ? surname.prefix.replace(/^van der$/, 'v.d.').replace(/^van$/, 'v')
      : surname.prefix
    return [
      numberAsHeld(person, other(), { missing: 0.015, wrongDigit: 0.004, somebodyElses: 0.003, dotted: 0.003 }, random),
      random.chance(0.02) ? '' : asWritten(givenNames[0] as string, { typos: 0.01, wrongSet: 0.01 }, random),
      random.chance(0.03) ? prefix.toUpperCase() : prefix,
      asWritten(surname.core, { typos: 0.01, capitals: 0.03, wrongSet: 0.01 }, random),
      random.chance(0.013) ? '' : sex,
      date === undefined ? '' : `${date.year}-${date.month}-${date.day}`,
      postcodeAsHeld(address.postcode, { missing: 0.007, blank: 0.2, lower: 0.13 }, random),
      String(address.houseNumber),
      String(random.chance(0.35) ? 0 : Math.floor(40 * random.next() ** 3)),
      random.pick(kinds),
    ]
  },
}
