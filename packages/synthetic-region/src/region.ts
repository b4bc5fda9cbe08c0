/**
 * An invented municipality and what its six partners would export about the people in it, from a seed.
 *
 * Same seed and size, same bytes. Nothing here knows a real person; see `citizen-numbers.ts` for the numbers used.
 * @module
 */
import { SyntheticRegionError } from './errors.ts'
import { corporatie } from './exports/corporatie.ts'
import type { ExportFormat } from './exports/export-format.ts'
import { gemeente } from './exports/gemeente.ts'
import { ggd } from './exports/ggd.ts'
import { politie } from './exports/politie.ts'
import { scholen } from './exports/scholen.ts'
import { zorg } from './exports/zorg.ts'
import { createPeople, type People } from './people.ts'
import { createRandom, shuffled } from './random.ts'
import { encodeWindows1252 } from './windows-1252.ts'

const formats = { gemeente, politie, corporatie, ggd, zorg, scholen } as const

/** The partners of the practice region, by the name of their file. */
export type Partner = keyof typeof formats
export const partners = Object.keys(formats) as readonly Partner[]

export type Region = {
  /** the truth behind the exports */
  readonly people: People
  /** the partner's raw export, header included, in chunks of some 64 KiB; every call begins anew */
  readonly exportFile: (partner: Partner) => Iterable<Uint8Array>
  readonly fileName: (partner: Partner) => string
  /** per row below the header, in the order of the file: the id of the person it is about */
  readonly personOfRows: (partner: Partner) => Uint32Array
}

/**
 * @param options.seed - a whole number of 32 bits
 * @param options.residents - how many people live in the region; another twentieth is known to partners only
 * @throws {@link SyntheticRegionError} `seed_malformed`, `residents_malformed`
 */
export function generateRegion({ seed, residents }: { seed: number; residents: number }): Region {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw new SyntheticRegionError('seed_malformed')
  if (!Number.isInteger(residents) || residents < 1 || residents > 8_000_000) {
    throw new SyntheticRegionError('residents_malformed')
  }
  const people = createPeople(seed, residents)
  const streamOf = (partner: Partner): number => 10 + partners.indexOf(partner)
  const personOfRows = (partner: Partner): Uint32Array => {
    const random = createRandom(seed, streamOf(partner))
    const rows: number[] = []
    for (let id = 0; id < people.count; id++) {
      const count = formats[partner].rowsOf(people.at(id), random)
      for (let row = 0; row < count; row++) rows.push(id)
    }
    return shuffled(Uint32Array.from(rows), random)
  }
  return {
    people,
    fileName: (partner) => formats[partner].fileName,
    personOfRows,
    exportFile: (partner) => writeExport(formats[partner], people, personOfRows(partner), [seed, streamOf(partner)]),
  }
}

const chunkLetters = 1 << 16

function* writeExport(
  format: ExportFormat,
  people: People,
  rows: Uint32Array,
  stream: readonly number[],
): Generator<Uint8Array> {
  const encode = format.encoding === 'windows-1252' ? encodeWindows1252 : (text: string) => Buffer.from(text, 'utf8')
  let text = format.encoding === 'utf-8 with BOM' ? '\ufeff' : ''
  text += format.header.join(format.delimiter) + format.newline
  for (const [row, id] of rows.entries()) {
    const random = createRandom(...stream, row)
    // A relative is the next one in the list as often as not.
    const other = () => people.at((id + 1) % people.count)
    const fields = format.fields(people.at(id), { random, other, residents: people.residents })
    text += fields.join(format.delimiter) + format.newline
    if (text.length < chunkLetters) continue
    yield encode(text)
    text = ''
  }
  if (text !== '') yield encode(text)
}
