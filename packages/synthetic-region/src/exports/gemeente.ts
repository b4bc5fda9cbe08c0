/** The municipality's residents with their Wmo provisions: close to complete, close to right. @module */
import { asWritten, dateAsHeld, initialsOf, numberAsHeld, postcodeAsHeld } from '../mess.ts'
import type { ExportFormat } from './export-format.ts'

const provisions = ['huishoudelijke hulp', 'begeleiding', 'dagbesteding', 'beschermd wonen', 'beschermd wonen'] as const

export const gemeente: ExportFormat = {
  fileName: 'gemeente-brp-wmo.csv',
  header: [
    'BSN',
    'Voornamen',
    'Voorletters',
    'Voorvoegsel',
    'Geslachtsnaam',
    'Voorvoegsel partner',
    'Geslachtsnaam partner',
    'Geslacht',
    'Geboortedatum',
    'Postcode',
    'Huisnr',
    'Toev',
    'Wijkcode',
    'Buurtcode',
    'Wmo-voorziening',
    'Bijstand',
    'Peilmaand',
  ],
  delimiter: ';',
  newline: '\r\n',
  encoding: 'utf-8 with BOM',
  rowsOf: ({ isResident }) => (isResident ? 1 : 0),
  fields: (person, { random, other }) => {
    const { givenNames, surname, partnerSurname, address, sex, age } = person
    const date = dateAsHeld(person, { missing: 0.0002, swapped: 0.001 }, random)
    const district = `9999${String(Math.floor(address.neighbourhood / 5)).padStart(2, '0')}`
    const names = random.chance(0.001) ? '' : asWritten(givenNames.join(' '), { typos: 0.002, wrongSet: 0.003 }, random)
    return [
      numberAsHeld(person, other(), { missing: 0.001, wrongDigit: 0, somebodyElses: 0, dotted: 0 }, random),
      names,
      initialsOf(givenNames),
      surname.prefix,
      asWritten(surname.core, { typos: 0.002, wrongSet: 0.003 }, random),
      partnerSurname?.prefix ?? '',
      partnerSurname?.core ?? '',
      random.chance(0.001) ? '' : sex,
      date === undefined ? '' : `${date.year}${date.month}${date.day}`,
      postcodeAsHeld(address.postcode, { missing: 0.001, blank: 0, lower: 0 }, random),
      String(address.houseNumber),
      address.addition,
      `WK${district}`,
      `BU${district}${String(address.neighbourhood % 5).padStart(2, '0')}`,
      random.chance(age >= 75 ? 0.4 : 0.1) ? random.pick(provisions) : 'geen',
      random.chance(age >= 18 && age < 67 ? 0.14 : 0.02) ? 'ja' : 'nee',
      '2024-12',
    ]
  },
}
