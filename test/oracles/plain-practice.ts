/**
 * The practice region counted in plain text: raw files in, joined on the citizen number, tables out. Shares no code with
 * the product, knows no pseudonym and hides nothing. What the product shows must equal this, cell by cell.
 * @module
 */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

type Row = Record<string, string>

const folder = new URL('../../infra/practice-region/', import.meta.url)
function read(file: string, encoding: string, delimiter: string): Row[] {
  const text = new TextDecoder(encoding).decode(readFileSync(new URL(file, folder)))
  return parse(text, { columns: true, delimiter, relax_quotes: true }) as Row[]
}

/** The eleven test, written out. */
export function plainBsn(raw: string): string | undefined {
  let digits = raw.replace(/[^0-9]/g, '')
  if (digits.length === 8) digits = `0${digits}`
  if (!/^\d{9}$/.test(digits) || digits.startsWith('00')) return undefined
  let sum = 0
  for (let i = 0; i < 8; i++) sum += (9 - i) * Number(digits[i])
  sum -= Number(digits[8])
  return sum > 0 && sum % 11 === 0 ? digits : undefined
}

export type Resident = {
  bsn: string | undefined
  wijk: string
  buurt: string
  wmo: string
  assistance: string
  birth: string
}
export type Report = { bsn: string | undefined; kind: string; month: string; quarter: string }

export function readResidents(): Resident[] {
  return read('gemeente-brp-wmo.csv', 'utf-8', ';').map((row) => ({
    bsn: plainBsn(row.BSN ?? ''),
    wijk: row.Wijkcode ?? '',
    buurt: row.Buurtcode ?? '',
    wmo: row['Wmo-voorziening'] ?? '',
    assistance: row.Bijstand ?? '',
    birth: row.Geboortedatum ?? '',
  }))
}

export function readReports(): Report[] {
  return read('politie-meldingen.csv', 'utf-8', ',').map((row) => {
    const [, month = '', year = ''] = /^\d\d-(\d\d)-(\d{4})/.exec(row.melding_tijdstip ?? '') ?? []
    return {
      bsn: plainBsn(row.bsn ?? ''),
      kind: row.melding_soort ?? '',
      month: `${year}-${month}`,
      quarter: `${year}-Q${Math.ceil(Number(month) / 3)}`,
    }
  })
}

/** Per partner the citizen numbers in its file, and the family names as they are written there. */
export function readPeople(): { party: string; bsns: Set<string>; surnames: Set<string> }[] {
  const files = [
    {
      party: 'gemeente',
      file: 'gemeente-brp-wmo.csv',
      encoding: 'utf-8',
      delimiter: ';',
      bsn: 'BSN',
      name: 'Geslachtsnaam',
    },
    {
      party: 'politie',
      file: 'politie-meldingen.csv',
      encoding: 'utf-8',
      delimiter: ',',
      bsn: 'bsn',
      name: 'achternaam',
    },
    {
      party: 'corporatie',
      file: 'corporatie-huurders.csv',
      encoding: 'windows-1252',
      delimiter: ';',
      bsn: '',
      name: 'Huurder',
    },
    { party: 'ggd', file: 'ggd-oggz.txt', encoding: 'utf-8', delimiter: '\t', bsn: 'bsn', name: 'naam' },
    { party: 'zorg', file: 'zorg-clienten.csv', encoding: 'utf-8', delimiter: ';', bsn: 'BSN', name: 'Achternaam' },
    {
      party: 'scholen',
      file: 'scholen-leerlingen.csv',
      encoding: 'utf-8',
      delimiter: ',',
      bsn: 'burgerservicenummer',
      name: 'achternaam',
    },
  ]
  return files.map(({ party, file, encoding, delimiter, bsn, name }) => {
    const rows = read(file, encoding, delimiter)
    return {
      party,
      bsns: bsnsOf(rows.map((row) => ({ bsn: plainBsn(row[bsn] ?? '') }))),
      surnames: new Set(rows.map((row) => row[name] ?? '')),
    }
  })
}

/** Counts of rows per key, with the distinct persons behind each: a row without a number is a person of its own. */
export function tally<T extends { bsn: string | undefined }>(rows: readonly T[], keyOf: (row: T) => readonly string[]) {
  const cells = new Map<string, { key: readonly string[]; rows: number; persons: Set<string> }>()
  rows.forEach((row, index) => {
    const key = keyOf(row)
    const name = key.join('|')
    const cell = cells.get(name) ?? { key, rows: 0, persons: new Set<string>() }
    cell.rows += 1
    cell.persons.add(row.bsn ?? `row ${index}`)
    cells.set(name, cell)
  })
  return cells
}

export const bsnsOf = (rows: readonly { bsn: string | undefined }[]) =>
  new Set(rows.map((row) => row.bsn).filter((bsn) => bsn !== undefined))
