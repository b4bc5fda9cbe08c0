/** The public health service's clients: a spreadsheet saved as text, leading zeros lost. @module */
import { asWritten, dateAsHeld, houseNumberInOne, joined, numberAsHeld, postcodeAsHeld } from '../mess.ts'
import { type ExportFormat, monthOf2024 } from './export-format.ts'

export const ggd: ExportFormat = {
  fileName: 'ggd-oggz.txt',
  header: [
    'bsn',
    'roepnaam',
    'naam',
    'geslacht (1=m,2=v)',
    'geboortedatum',
    'pc',
    'huisnummer',
    'OGGZ-melding',
    'zorgmijder',
    'maand',
  ],
  delimiter: '\t',
  newline: '\r\n',
  encoding: 'utf-8',
  rowsOf: ({ isResident }, random) => (random.chance(isResident ? 0.36 : 0.1) ? (random.chance(0.01) ? 2 : 1) : 0),
  fields: (person, { random, other }) => {
    const { givenNames, surname, partnerSurname, address, sex } = person
    const date = dateAsHeld(person, { missing: 0.002, swapped: 0.004 }, random)
    const own = joined(surname.prefix, surname.core, true)
    const isDouble = partnerSurname !== undefined && random.chance(0.5)
    const name = isDouble ? `${own} - ${joined(partnerSurname.prefix, partnerSurname.core)}` : own
    return [
      numberAsHeld(
        person,
        other(),
        { missing: 0.03, wrongDigit: 0.003, somebodyElses: 0.004, dotted: 0.002 },
        random,
      ).replace(/^0+/, ''),
      random.chance(0.009)
        ? ''
        : asWritten(random.pick(givenNames.slice(0, 2)), { typos: 0.01, wrongSet: 0.01 }, random),
      asWritten(name, { typos: 0.02, wrongSet: 0.01 }, random),
      random.chance(0.009) ? '' : sex === 'M' ? '1' : '2',
      date === undefined ? '' : `${date.day}-${date.month}-${date.year}`,
      postcodeAsHeld(address.postcode, { missing: 0.011, blank: 1, lower: 0.15 }, random),
      houseNumberInOne(address.houseNumber, address.addition, random),
      random.chance(0.18) ? 'J' : 'N',
      random.chance(0.075) ? 'J' : 'N',
      `2024${monthOf2024(random)}`,
    ]
  },
}
