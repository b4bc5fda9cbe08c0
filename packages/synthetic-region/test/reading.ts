/** Reading an export back, for tests: the generated files quote nothing. @module */
import { readFileSync } from 'node:fs'
import type { Partner, Region } from '../src/index.ts'

export const formats = {
  gemeente: { delimiter: ';', encoding: 'utf-8', number: 'BSN' },
  politie: { delimiter: ',', encoding: 'utf-8', number: 'bsn' },
  corporatie: { delimiter: ';', encoding: 'windows-1252', number: '' },
  ggd: { delimiter: '\t', encoding: 'utf-8', number: 'bsn' },
  zorg: { delimiter: ';', encoding: 'utf-8', number: 'BSN' },
  scholen: { delimiter: ',', encoding: 'utf-8', number: 'burgerservicenummer' },
} as const

export const bytesOf = (region: Region, partner: Partner): Buffer => Buffer.concat([...region.exportFile(partner)])

export const practiceBytes = (fileName: string): Buffer =>
  readFileSync(new URL(`../../../infra/practice-region/${fileName}`, import.meta.url))

/** Rows as objects by the names of the header. */
export function rowsOf(bytes: Buffer, partner: Partner): Record<string, string>[] {
  const { delimiter, encoding } = formats[partner]
  const [header = '', ...lines] = new TextDecoder(encoding, { fatal: true }).decode(bytes).split(/\r?\n/)
  const names = header.split(delimiter)
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const fields = line.split(delimiter)
      if (fields.length !== names.length) throw new Error('a row has another number of fields than the header')
      return Object.fromEntries(names.map((name, at) => [name, fields[at] as string]))
    })
}

export function passesElevenTest(number: string): boolean {
  const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  return /^\d{9}$/.test(number) && sum % 11 === 0
}
