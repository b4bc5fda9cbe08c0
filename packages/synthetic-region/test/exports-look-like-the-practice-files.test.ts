import { describe, expect, it } from 'vitest'
import { generateRegion, partners } from '../src/index.ts'
import { bytesOf, formats, practiceBytes, rowsOf } from './reading.ts'

const region = generateRegion({ seed: 1, residents: 8097 })
const firstLine = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.indexOf('\n') + 1)
/** Each field's shape: digits as 9, letters as a, so that dates and codes can be compared. */
const shape = (text: string): string => text.replace(/\d+/g, '9').replace(/\p{L}+/gu, 'a')

describe.each(partners.map((partner) => [partner] as const))(
  'the export of %s looks like the practice file',
  (partner) => {
    const practice = practiceBytes(region.fileName(partner))
    const made = bytesOf(region, partner)

    it('begins with the same bytes, header and line end included', () => {
      expect(firstLine(made)).toStrictEqual(firstLine(practice))
      expect(made.includes('\r')).toBe(practice.includes('\r'))
    })

    it('has about as many rows, and as many empty fields', () => {
      const [rows, practiceRows] = [rowsOf(made, partner), rowsOf(practice, partner)]
      expect(rows.length / practiceRows.length).toBeGreaterThan(0.7)
      expect(rows.length / practiceRows.length).toBeLessThan(1.5)
      for (const column of Object.keys(practiceRows[0] ?? {})) {
        const empty = (list: Record<string, string>[]): number =>
          list.filter((row) => row[column] === '').length / list.length
        expect(Math.abs(empty(rows) - empty(practiceRows)), column).toBeLessThan(0.12)
      }
    })

    it('writes codes and dates in the same shapes', () => {
      const [rows, practiceRows] = [rowsOf(made, partner), rowsOf(practice, partner)]
      const steady = Object.keys(practiceRows[0] ?? {}).filter((column) =>
        /geb|peil|maand|tijd|wijk|buurt|geslacht$|uren|huur$/i.test(column),
      )
      expect(steady.length).toBeGreaterThan(0)
      for (const column of steady) {
        const shapes = new Set(practiceRows.map((row) => shape(row[column] as string)))
        for (const row of rows) expect(shapes, column).toContain(shape(row[column] as string))
      }
    })

    it('uses the same words for everything that is a choice', () => {
      const [rows, practiceRows] = [rowsOf(made, partner), rowsOf(practice, partner)]
      for (const column of Object.keys(practiceRows[0] ?? {})) {
        const words = new Set(practiceRows.map((row) => row[column] as string))
        if (words.size > 8) continue
        for (const row of rows) expect(words, column).toContain(row[column] as string)
      }
    })
  },
)

describe('the mess is there', () => {
  it('has wrong numbers, dotted numbers, duplicates and text in the wrong character set', () => {
    const rows = rowsOf(bytesOf(region, 'ggd'), 'ggd')
    const numbers = rows.map((row) => row[formats.ggd.number] as string)
    expect(numbers.some((number) => /^\d{4}\.\d{2}\.\d{3}$/.test(number))).toBe(true)
    expect(new Set(numbers).size).toBeLessThan(numbers.length)
    const truth = region.personOfRows('ggd')
    const wrong = numbers.filter((number, row) => {
      const real = region.people.at(truth[row] as number).citizenNumber
      return number !== '' && number.replaceAll('.', '') !== real
    })
    expect(wrong.length).toBeGreaterThan(5)
    expect(wrong.length).toBeLessThan(60)
    const gemeente = new TextDecoder().decode(bytesOf(region, 'gemeente'))
    expect(gemeente).toMatch(/Ã[\u0080-\u00bf]/)
  })

  it('keeps what Windows-1252 cannot write readable', () => {
    const names = rowsOf(bytesOf(region, 'corporatie'), 'corporatie').map((row) => row['Huurder'] as string)
    expect(names.some((name) => /[éëïöüç]/.test(name))).toBe(true)
    expect(names.join('')).not.toContain('?')
  })
})
