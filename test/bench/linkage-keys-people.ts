/**
 * The municipality's export of an invented region as a node has it after reading: columns of text, and numbers.
 * @module
 */
import { bsnReader, type TextField } from '@kruispunt/linkage/node'
import { generateRegion } from '@kruispunt/synthetic-region'

/** Rows as batches of columns, as they come from a reader of files. */
export type Batch = { readonly rows: number; readonly texts: Readonly<Record<string, readonly string[]>> }
export type ReadExport = { readonly rows: number; readonly bsn: Int32Array; readonly batches: readonly Batch[] }

const fields: readonly (TextField | undefined)[] = [
  undefined,
  'givenNames',
  'initials',
  'surnamePrefix',
  'surname',
  'partnerSurnamePrefix',
  'partnerSurname',
  'sex',
  'birthDate',
  'postcode',
  'houseNumber',
  'houseNumberSuffix',
]
const rowsInBatch = 8192

/** Always the same people for the same number of them. */
export function readExport(residents: number): ReadExport {
  const readNumber = bsnReader()
  const numbers: number[] = []
  const batches: Batch[] = []
  let lines: string[][] = []
  const close = () => {
    const named = fields.flatMap((field, at) => (field === undefined ? [] : [[field, at] as const]))
    const texts = Object.fromEntries(named.map(([field, at]) => [field, lines.map((line) => line[at] ?? '')]))
    batches.push({ rows: lines.length, texts })
    lines = []
  }
  let rest = ''
  let isHeader = true
  for (const chunk of generateRegion({ seed: 20_241_231, residents }).exportFile('gemeente')) {
    const parts = (rest + new TextDecoder().decode(chunk)).split('\r\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      if (isHeader) {
        isHeader = false
        continue
      }
      const line = part.split(';')
      const digits = new TextEncoder().encode(line[0])
      numbers.push(readNumber(digits, 0, digits.length))
      lines.push(line)
      if (lines.length === rowsInBatch) close()
    }
  }
  if (lines.length > 0) close()
  return { rows: numbers.length, bsn: Int32Array.from(numbers), batches }
}
