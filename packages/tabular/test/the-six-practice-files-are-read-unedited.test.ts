import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { codeListOf, inspectTable, isDimension, proposeMapping, recogniseFile } from '../src/index.ts'
import { inspected, plainBsn, practiceFile, readAll } from './helpers.ts'
import { practice } from './practice-specs.ts'

type Row = Record<string, string>
type Oracle = { delimiter: string; encoding?: string; dimensions: Record<string, (row: Row) => string> }

const get = (row: Row, column: string) => row[column] ?? ''
const yesNo = (value: string) => (/^j/i.test(value) ? 'yes' : 'no')
const ageAtEndOf2024 = (date: string) => (date === '' ? null : 2024 - Number(date.slice(0, 4)))
const ageBand = (age: number | null) => {
  if (age === null) return 'unknown'
  if (age < 18) return '0-17'
  if (age < 27) return '18-26'
  if (age < 45) return '27-44'
  if (age < 65) return '45-64'
  if (age < 75) return '65-74'
  return age < 85 ? '75-84' : '85+'
}
const wmo: Row = {
  geen: 'none',
  'huishoudelijke hulp': 'domestic-help',
  begeleiding: 'guidance',
  dagbesteding: 'day-care',
  'beschermd wonen': 'sheltered-living',
}
const kind: Row = {
  'verward gedrag': 'confused-behaviour',
  geluidsoverlast: 'noise',
  vervuiling: 'litter',
  burenruzie: 'quarrel',
  drugs: 'drugs',
}
const housing: Row = {
  eengezinswoning: 'house',
  'flat met lift': 'flat-lift',
  'flat zonder lift': 'flat-no-lift',
  seniorenwoning: 'senior',
}

/** The same dimensions by straight code on what csv-parse gives, with everything about the file filled in by hand. */
const oracles: Record<keyof typeof practice, Oracle> = {
  'gemeente-brp-wmo.csv': {
    delimiter: ';',
    dimensions: {
      neighbourhood: (row) => get(row, 'Buurtcode'),
      wmo: (row) => wmo[get(row, 'Wmo-voorziening')] ?? 'unknown',
      'social-assistance': (row) => yesNo(get(row, 'Bijstand')),
      age: (row) => ageBand(ageAtEndOf2024(get(row, 'Geboortedatum'))),
    },
  },
  'politie-meldingen.csv': {
    delimiter: ',',
    dimensions: {
      'report-kind': (row) => kind[get(row, 'melding_soort')] ?? 'unknown',
      'report-month': (row) =>
        `${get(row, 'melding_tijdstip').slice(6, 10)}-${get(row, 'melding_tijdstip').slice(3, 5)}`,
    },
  },
  'corporatie-huurders.csv': {
    delimiter: ';',
    encoding: 'windows-1252',
    dimensions: {
      'housing-type': (row) => housing[get(row, 'Woningtype')] ?? 'unknown',
      'rent-arrears': (row) => {
        const months = Number(get(row, 'Huurachterstand (mnd)'))
        return months === 0 ? 'none' : months < 3 ? '1-2' : '3+'
      },
      complaints: (row) => ['0', '1'][Number(get(row, 'Klachten'))] ?? '2+',
    },
  },
  'ggd-oggz.txt': {
    delimiter: '\t',
    dimensions: {
      oggz: (row) => yesNo(get(row, 'OGGZ-melding')),
      'care-avoider': (row) => yesNo(get(row, 'zorgmijder')),
      'oggz-month': (row) => get(row, 'maand').replace(/^(....)/, '$1-'),
    },
  },
  'zorg-clienten.csv': {
    delimiter: ';',
    dimensions: {
      indication: (row) => get(row, 'Indicatie'),
      extramural: (row) => yesNo(get(row, 'Extramuraal')),
      'care-hours': (row) => {
        const hours = Number(get(row, 'Uren per week').replace(',', '.'))
        return hours < 4 ? '0-4' : hours < 8 ? '4-8' : '8+'
      },
      'care-start': (row) => get(row, 'Startmaand'),
    },
  },
  'scholen-leerlingen.csv': {
    delimiter: ',',
    dimensions: {
      absence: (row) => {
        const days = Number(get(row, 'verzuimdagen'))
        return days === 0 ? '0' : days < 5 ? '1-4' : days < 16 ? '5-15' : '16+'
      },
      'school-type': (row) => get(row, 'schooltype'),
    },
  },
}

const names = Object.keys(practice) as (keyof typeof practice)[]

describe('the six practice files are read unedited', () => {
  it.each(names)('%s: every column is found for sure and no row is bad', async (name) => {
    const spec = practice[name]
    const mapping = proposeMapping(inspected(practiceFile(name)), spec)
    expect(mapping.fields.map(({ field, confidence }) => [field, confidence])).toStrictEqual(
      spec.fields.map(({ id }) => [id, 'sure']),
    )
    expect(recogniseFile(mapping, spec)).toBeNull()
    const { report } = await readAll(practiceFile(name), spec)
    expect(report.rowsBad).toBe(0)
    expect(report.findings.filter(({ code }) => !code.startsWith('bsn_'))).toStrictEqual([])
  })

  it.each(names)('%s: every row has the code that straight code gives it', async (name) => {
    const spec = practice[name]
    const { delimiter, encoding, dimensions } = oracles[name]
    const text = new TextDecoder(encoding ?? 'utf-8').decode(practiceFile(name))
    const rows = parse<Row>(text, { delimiter, columns: true, bom: true })
    const { batches, report } = await readAll(practiceFile(name), spec)
    expect(report.rowsRead).toBe(rows.length)
    for (const field of spec.fields) {
      if (!isDimension(field.target)) continue
      const codes = codeListOf(field).codes.map(({ code }) => code)
      const found = batches.flatMap((batch) => Array.from(batch.codes[field.id] ?? [], (index) => codes[index]))
      const oracle = dimensions[field.id]
      expect(found).toStrictEqual(rows.map((row) => oracle?.(row)))
      expect(report.totals[field.id]).toStrictEqual(codes.map((code) => found.filter((other) => other === code).length))
    }
    const column = ['BSN', 'bsn', 'burgerservicenummer'].find((header) => rows[0] !== undefined && header in rows[0])
    const numbers = batches.flatMap(({ bsn }) => [...(bsn ?? [])])
    const expected =
      column === undefined
        ? []
        : rows.map((row) => plainBsn(new TextEncoder().encode(get(row, column)), 0, get(row, column).length))
    expect(numbers).toStrictEqual(expected)
  })

  it('sees the encoding, the delimiter and the line end of each', () => {
    const seen = names.map((name) => {
      const { encoding, byteOrderMark, delimiter, lineEnd, wrongCharset } = inspected(practiceFile(name))
      return [encoding, byteOrderMark, delimiter, lineEnd, wrongCharset]
    })
    expect(seen).toStrictEqual([
      ['utf-8', true, ';', 'crlf', true],
      ['utf-8', false, ',', 'lf', true],
      ['windows-1252', false, ';', 'crlf', true],
      ['utf-8', false, '\t', 'crlf', true],
      ['utf-8', false, ';', 'crlf', true],
      ['utf-8', false, ',', 'crlf', true],
    ])
  })

  it.each(names)('%s is recognised as the wrong file for every other partner', (name) => {
    const inspection = inspected(practiceFile(name))
    for (const other of names) {
      if (other === name) continue
      const refusal = recogniseFile(proposeMapping(inspection, practice[other]), practice[other])
      expect(refusal?.code, other).toBe('wrong_file')
      expect(refusal?.missing.length).toBeGreaterThan(0)
      expect(refusal?.message.nl).toContain(refusal?.missing[0]?.nl)
    }
  })

  it('keeps no value of a person in an inspection, whatever the file', () => {
    for (const name of names) {
      const text = new TextDecoder('windows-1252').decode(practiceFile(name))
      const outcome = JSON.stringify(inspectTable(practiceFile(name)))
      const cells = text
        .split(/\r?\n/)
        .slice(1, 400)
        .flatMap((line) => line.split(/[;,\t]/))
      // A number of nines is how a shape is written, and somebody typed one.
      const telling = cells.filter((cell) => !/^9+$/.test(cell) && /\d{6}|^[A-Z][a-z]{5,}$/.test(cell))
      expect(telling.length).toBeGreaterThan(100)
      expect(telling.filter((cell) => outcome.includes(cell))).toStrictEqual([])
    }
  })
})
