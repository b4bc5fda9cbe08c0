/**
 * Invented rows shaped like a municipality's extract: twelve columns, about 90 bytes each.
 * @module
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

const header = [
  'BSN',
  'Voornamen',
  'Voorvoegsel',
  'Geslachtsnaam',
  'Geslacht',
  'Geboortedatum',
  'Postcode',
  'Huisnr',
  'Buurtcode',
  'Wmo-voorziening',
  'Bijstand',
  'Peilmaand',
]
const provisions = ['geen', 'geen', 'geen', 'huishoudelijke hulp', 'begeleiding', 'dagbesteding', 'beschermd wonen']
const names = ['Joesoef Valentino', 'Bas Tim', 'Joëlle', 'Margaretha Nova', 'Thijs', 'Chadija Lisa']
const two = (number: number) => String(number).padStart(2, '0')

/** @param quoted - puts every field between quotation marks */
export async function writeRows(path: string, rows: number, quoted: boolean): Promise<void> {
  const file = createWriteStream(path)
  const line = (fields: readonly string[]) =>
    `${quoted ? fields.map((field) => `"${field}"`).join(';') : fields.join(';')}\r\n`
  let text = line(header)
  for (let row = 0; row < rows; row += 1) {
    // A simple congruence spreads the values without a random source, so that every run reads the same bytes.
    const mixed = Math.imul(row + 1, 0x9e3779b1) >>> 0
    text += line([
      String(100_000_000 + (mixed % 899_999_999)),
      names[mixed % 6] ?? '',
      mixed % 4 === 0 ? 'van der' : '',
      'Grevelink',
      mixed % 2 === 0 ? 'M' : 'V',
      `${1930 + (mixed % 90)}${two(1 + (mixed % 12))}${two(1 + (mixed % 28))}`,
      '9938LC',
      String(1 + (mixed % 150)),
      `BU99990${mixed % 8}0${mixed % 5}`,
      provisions[mixed % 7] ?? '',
      mixed % 9 === 0 ? 'ja' : 'nee',
      '2024-12',
    ])
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await finished(file)
}
