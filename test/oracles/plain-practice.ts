/**
 * The six raw files of the practice region, read without any code of the product.
 * @module
 */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { RawPerson } from './nl1/person.ts'

export type Columns = Readonly<Record<string, string>>
export type RawRow = {
  /** What recognises the person, under the names of the agreement. */
  readonly person: RawPerson
  readonly bsn: string | undefined
  /** The whole row under its own headings. */
  readonly columns: Columns
}
export type RawExtract = {
  readonly party: string
  readonly mayUseBsn: boolean
  readonly rows: readonly RawRow[]
}

type File = {
  readonly party: string
  readonly file: string
  readonly encoding: string
  readonly delimiter: string
  readonly bsn: string | null
  readonly fields: Readonly<Record<string, string>>
}

const files: readonly File[] = [
  {
    party: 'gemeente',
    file: 'gemeente-brp-wmo.csv',
    encoding: 'utf-8',
    delimiter: ';',
    bsn: 'BSN',
    fields: {
      givenNames: 'Voornamen',
      initials: 'Voorletters',
      surname: 'Geslachtsnaam',
      partnerSurname: 'Geslachtsnaam partner',
      sex: 'Geslacht',
      birthDate: 'Geboortedatum',
      postcode: 'Postcode',
      houseNumber: 'Huisnr',
      houseNumberSuffix: 'Toev',
    },
  },
  {
    party: 'politie',
    file: 'politie-meldingen.csv',
    encoding: 'utf-8',
    delimiter: ',',
    bsn: 'bsn',
    fields: {
      givenNames: 'voornaam',
      surname: 'achternaam',
      sex: 'geslacht',
      birthDate: 'geb_datum',
      postcode: 'postcode',
      houseNumber: 'huisnr',
      houseNumberSuffix: 'toev',
    },
  },
  {
    party: 'corporatie',
    file: 'corporatie-huurders.csv',
    encoding: 'windows-1252',
    delimiter: ';',
    bsn: null,
    fields: {
      surname: 'Huurder',
      initials: 'Voorletters',
      sex: 'M/V',
      birthDate: 'Geb.datum',
      postcode: 'Postcode',
      houseNumber: 'Nr',
      houseNumberSuffix: 'Toevoeging',
    },
  },
  {
    party: 'ggd',
    file: 'ggd-oggz.txt',
    encoding: 'utf-8',
    delimiter: '\t',
    bsn: 'bsn',
    fields: {
      callingName: 'roepnaam',
      surname: 'naam',
      sex: 'geslacht (1=m,2=v)',
      birthDate: 'geboortedatum',
      postcode: 'pc',
      houseNumber: 'huisnummer',
    },
  },
  {
    party: 'zorg',
    file: 'zorg-clienten.csv',
    encoding: 'utf-8',
    delimiter: ';',
    bsn: 'BSN',
    fields: {
      initials: 'Initialen',
      surname: 'Achternaam',
      sex: 'Geslacht',
      birthDate: 'GebDat',
      postcode: 'Postcode',
      houseNumber: 'Huisnummer',
    },
  },
  {
    party: 'scholen',
    file: 'scholen-leerlingen.csv',
    encoding: 'utf-8',
    delimiter: ',',
    bsn: 'burgerservicenummer',
    fields: {
      callingName: 'roepnaam',
      surname: 'achternaam',
      sex: 'geslacht',
      birthDate: 'geboortedatum',
      postcode: 'postcode',
      houseNumber: 'huisnummer',
    },
  },
]

/** The eleven test, written out. */
export function plainBsn(raw: string): string | undefined {
  let digits = raw.replace(/[-\s.'"/]/g, '')
  if (digits.length === 8) digits = `0${digits}`
  if (!/^\d{9}$/.test(digits) || digits.startsWith('00')) return undefined
  let sum = 0
  for (let i = 0; i < 8; i++) sum += (9 - i) * Number(digits[i])
  sum -= Number(digits[8])
  return sum > 0 && sum % 11 === 0 ? digits : undefined
}

function read(file: string, encoding: string, delimiter: string): Columns[] {
  const bytes = readFileSync(new URL(`../../infra/practice-region/${file}`, import.meta.url))
  const text = new TextDecoder(encoding).decode(bytes)
  return parse(text, { columns: true, delimiter, relax_quotes: true }) as Columns[]
}

/** In the order of the agreement. */
export function readPractice(): RawExtract[] {
  return files.map(({ party, file, encoding, delimiter, bsn, fields }) => ({
    party,
    mayUseBsn: bsn !== null,
    rows: read(file, encoding, delimiter).map((columns) => ({
      person: Object.fromEntries(
        Object.entries(fields).map(([field, header]) => {
          const value = columns[header]
          if (value === undefined) throw new Error(`no column for ${field} in ${file}`)
          return [field, value]
        }),
      ),
      bsn: bsn === null ? undefined : plainBsn(columns[bsn] ?? ''),
      columns,
    })),
  }))
}

type Numbered = { readonly bsn: string | undefined }
const rowsOf = (party: string): readonly RawRow[] =>
  readPractice().find((extract) => extract.party === party)?.rows ?? []

/** The municipality's rows by what they say, for who needs no linkage. */
export const readResidents = () =>
  rowsOf('gemeente').map(({ bsn, columns }) => ({
    bsn,
    buurt: columns.Buurtcode ?? '',
    wmo: columns['Wmo-voorziening'] ?? '',
    assistance: columns.Bijstand ?? '',
  }))

/** The reports of the police, likewise. */
export const readReports = () =>
  rowsOf('politie').map(({ bsn, columns }) => {
    const [, month = '', year = ''] = /^\d\d-(\d\d)-(\d{4})/.exec(columns.melding_tijdstip ?? '') ?? []
    return { bsn, kind: columns.melding_soort ?? '', month: `${year}-${month}` }
  })

/** How many rows have each key. */
export function tally<T>(rows: readonly T[], keyOf: (row: T) => readonly string[]) {
  const cells = new Map<string, { rows: number }>()
  for (const row of rows) {
    const name = keyOf(row).join('|')
    cells.set(name, { rows: (cells.get(name)?.rows ?? 0) + 1 })
  }
  return cells
}

export const bsnsOf = (rows: readonly Numbered[]): Set<string> => new Set(rows.flatMap(({ bsn }) => bsn ?? []))
