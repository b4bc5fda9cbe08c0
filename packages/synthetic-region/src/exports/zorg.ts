/** The care provider's clients: initials only, double surnames. @module */
import { asWritten, dateAsHeld, houseNumberInOne, initialsOf, joined, numberAsHeld, postcodeAsHeld } from '../mess.ts'
import { type ExportFormat, monthOf2024, withComma } from './export-format.ts'

const indications = ['VV4', 'VV5', 'VV6', 'LG4', 'GGZ-W1', 'GGZ-W3'] as const

export const zorg: ExportFormat = {
  fileName: 'zorg-clienten.csv',
  header: [
    'BSN',
    'Initialen',
    'Achternaam',
    'Geslacht',
    'GebDat',
    'Postcode',
    'Huisnummer',
    'Indicatie',
    'Extramuraal',
    'Uren per week',
    'Startmaand',
  ],
  delimiter: ';',
  newline: '\r\n',
  encoding: 'utf-8',
  rowsOf: ({ isResident, age }, random) =>
    random.chance(isResident ? (age >= 75 ? 0.55 : 0.18) : 0.1) ? (random.chance(0.012) ? 2 : 1) : 0,
  fields: (person, { random, other }) => {
    const { givenNames, surname, partnerSurname, address, sex } = person
    const date = dateAsHeld(person, { missing: 0.001, swapped: 0.004 }, random)
    const own = joined(surname.prefix, surname.core, random.chance(0.7))
    const isDouble = partnerSurname !== undefined && random.chance(0.7)
    const name = isDouble ? `${own} - ${joined(partnerSurname.prefix, partnerSurname.core)}` : own
    return [
      numberAsHeld(person, other(), { missing: 0.017, wrongDigit: 0.002, somebodyElses: 0.004, dotted: 0.004 }, random),
      initialsOf(givenNames),
      asWritten(name, { typos: 0.015, capitals: 0.02, wrongSet: 0.005 }, random),
      random.chance(0.012) ? '' : sex,
      date === undefined ? '' : `${date.year}${date.month}${date.day}`,
      postcodeAsHeld(address.postcode, { missing: 0.007, blank: 0.3, lower: 0.15 }, random),
      random.chance(0.03)
        ? String(address.houseNumber)
        : houseNumberInOne(address.houseNumber, address.addition, random),
      random.pick(indications),
      random.chance(0.69) ? 'Ja' : 'Nee',
      withComma(1 + 15 * random.next() ** 2, 1),
      `2024-${monthOf2024(random)}`,
    ]
  },
}
