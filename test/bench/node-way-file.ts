/**
 * The synthetic export: the municipality's of an invented region, one row a resident.
 * @module
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { generateRegion } from '@kruispunt/synthetic-region'

const seed = 20_241_231
const [delimiter, lineEnd] = [0x3b, 0x0a]

/** How often a line begins without a citizen number. Chunks are whole lines. */
function linesWithoutNumber(chunk: Uint8Array): number {
  let lines = 0
  let before = lineEnd
  for (const byte of chunk) {
    if (byte === delimiter && before === lineEnd) lines += 1
    before = byte
  }
  return lines
}

/** @returns how many rows carry a number, and how many different persons the rows are about */
export async function writeExport(path: string, rows: number): Promise<{ withNumber: number; persons: number }> {
  const region = generateRegion({ seed, residents: rows })
  const file = createWriteStream(path)
  let without = 0
  for (const chunk of region.exportFile('gemeente')) {
    without += linesWithoutNumber(chunk)
    if (!file.write(chunk)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return { withNumber: rows - without, persons: new Set(region.personOfRows('gemeente')).size }
}
