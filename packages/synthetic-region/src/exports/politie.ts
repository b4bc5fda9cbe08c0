/** Police reports: several of one person, numbers often missing, written down at night. @module */
import { asWritten, dateAsHeld, numberAsHeld, postcodeAsHeld } from '../mess.ts'
import { drawAddress } from '../people.ts'
import { dayOf2024, type ExportFormat } from './export-format.ts'

const kinds = ['verward gedrag', 'verward gedrag', 'geluidsoverlast', 'vervuiling', 'burenruzie', 'drugs'] as const

export const politie: ExportFormat = {
  fileName: 'politie-meldingen.csv',
  header: [
    'bsn',
    'voornaam',
    'tussenv',
    'achternaam',
    'geslacht',
    'geb_datum',
    'postcode',
    'huisnr',
    'toev',
    'melding_soort',
    'melding_tijdstip',
  ],
  delimiter: ',',
  newline: '\n',
  encoding: 'utf-8',
  rowsOf: ({ age, isResident }, random) => {
    if (!random.chance(isResident ? (age < 16 ? 0.08 : 0.22) : 0.5)) return 0
    // Most have one report, a few very many.
    return Math.min(40, Math.ceil(random.next() ** -0.55 - 0.3))
  },
  fields: (person, { random, other, residents }) => {
    const { givenNames, surname, sex } = person
    const address = random.chance(0.06) ? drawAddress(random, residents) : person.address
    const date = dateAsHeld(person, { missing: 0.003, swapped: 0.01 }, random)
    const prefix = random.chance(0.15)
      ? surname.prefix.replace(/^van der$/, 'v.d.').replace(/^van$/, 'v')
      : surname.prefix
    const upper = random.chance(0.12)
    const written = (text: string): string => {
      const name = asWritten(text, { typos: 0.04, wrongSet: 0.02 }, random)
      return upper ? name.toUpperCase() : name
    }
    const { day, month, time } = dayOf2024(random)
    return [
      numberAsHeld(person, other(), { missing: 0.46, wrongDigit: 0.004, somebodyElses: 0.004, dotted: 0.003 }, random),
      random.chance(0.05) ? '' : written(random.chance(0.05) ? `${givenNames[0]?.[0]}.` : (givenNames[0] as string)),
      upper ? prefix.toUpperCase() : prefix,
      written(surname.core),
      random.chance(0.05) ? '' : sex,
      date === undefined ? '' : `${date.day}-${date.month}-${date.year}`,
      postcodeAsHeld(address.postcode, { missing: 0.05, blank: 0.5, lower: 0.19 }, random),
      String(address.houseNumber),
      random.chance(0.3) ? '' : address.addition,
      random.pick(kinds),
      `${day}-${month}-2024 ${time}`,
    ]
  },
}
