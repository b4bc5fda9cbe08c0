/**
 * The synthetic export: the rows of the municipality's practice file over and over, each with a citizen number of its own.
 *
 * No random source: every run reads the same bytes. One row in a hundred repeats the number of an earlier row, one has none.
 * @module
 */
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { finished } from 'node:stream/promises'

const practiceFile = new URL('../../infra/practice-region/gemeente-brp-wmo.csv', import.meta.url)

/** The check digit that makes eight digits pass the eleven test, or 10 when there is none. */
function checkDigit(prefix: number): number {
  let sum = 0
  let rest = prefix
  for (let weight = 2; weight <= 9; weight += 1) {
    sum += weight * (rest % 10)
    rest = Math.floor(rest / 10)
  }
  return sum % 11
}

/** Different valid numbers, spread over the whole range as in a register that has grown for decades. */
function* numbers(): Generator<string> {
  // The step has no factor in common with 90,000,000, so no prefix comes twice.
  for (let at = 0; ; at = (at + 56_812_417) % 90_000_000) {
    const check = checkDigit(10_000_000 + at)
    if (check < 10) yield `${10_000_000 + at}${check}`
  }
}

/** @returns how many rows carry a number, and how many different persons the rows are about */
export async function writeExport(path: string, rows: number): Promise<{ withNumber: number; persons: number }> {
  const [header = '', ...lines] = readFileSync(practiceFile, 'utf8').trimEnd().split('\r\n')
  const bodies = lines.map((line) => line.slice(line.indexOf(';')))
  const file = createWriteStream(path)
  const fresh = numbers()
  let repeated = ''
  let text = `${header}\r\n`
  let withNumber = 0
  let persons = 0
  for (let row = 0; row < rows; row += 1) {
    const turn = row % 100
    const number = turn === 98 ? '' : turn === 99 ? repeated : (fresh.next().value as string)
    if (turn === 0) repeated = number
    if (turn !== 98) withNumber += 1
    if (turn !== 99) persons += 1
    text += `${number}${bodies[row % bodies.length]}\r\n`
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await finished(file)
  return { withNumber, persons }
}
