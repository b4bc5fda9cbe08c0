/**
 * What a partner would otherwise write in an afternoon: csv-parse, one HMAC a row, a pseudonymised CSV.
 *
 * It streams and it checks nothing: no eleven test, no code lists, no merging, no shuffling, no encryption, no sync.
 * @module
 */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import type { Outcome } from './node-way-outcome.ts'

const kept = ['Buurtcode', 'Wmo-voorziening', 'Bijstand', 'Geboortedatum'] as const

export async function plainWay(path: string): Promise<Outcome> {
  const key = createSecretKey(randomBytes(32))
  const target = `${path}.pseudonymised`
  let places: readonly number[] | null = null
  let bsnPlace = 0
  let rows = 0
  let withNumber = 0
  const pseudonymise = new Transform({
    writableObjectMode: true,
    transform(record: readonly string[], _encoding, done) {
      if (places === null) {
        bsnPlace = record.indexOf('BSN')
        places = kept.map((column) => record.indexOf(column))
        return done(null, `pseudonym;${kept.join(';')}\n`)
      }
      const bsn = record[bsnPlace] ?? ''
      rows += 1
      if (bsn !== '') withNumber += 1
      const pseudonym = bsn === '' ? '' : createHmac('sha256', key).update(bsn).digest('hex')
      done(null, `${pseudonym};${places.map((place) => record[place]).join(';')}\n`)
    },
  })
  try {
    const records = parse({ delimiter: ';', bom: true })
    await pipeline(createReadStream(path), records, pseudonymise, createWriteStream(target))
    return { rows, withNumber, persons: null, bytesWritten: (await stat(target)).size }
  } finally {
    await rm(target, { force: true })
  }
}
