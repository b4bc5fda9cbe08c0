/**
 * Looks for citizen numbers, names, dates of birth, postcodes and byte strings in every file of a folder: as they are, in
 * two-byte text, in hexadecimal, in base64, and backwards.
 * @module
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Secrets = {
  /** Nine digits each. */
  readonly numbers: ReadonlySet<string>
  /** Words of at least six letters, spelt as in the source. */
  readonly names: ReadonlySet<string>
  /** As written, with the digits alone or with signs between them. */
  readonly dates: ReadonlySet<string>
  /** Six signs without a blank, letters small. */
  readonly postcodes: ReadonlySet<string>
  /** Latin-1 text of 16 bytes each. */
  readonly tokens: ReadonlySet<string>
}
export type Leak = {
  readonly file: string
  readonly kind: 'number' | 'name' | 'date' | 'postcode' | 'token'
  readonly reading: string
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .toSorted()
}

/** Says in which file and how written, not what. */
export function findLeaks(folder: string, secrets: Secrets): Leak[] {
  return filesIn(folder).flatMap((file) =>
    readings(readFileSync(file)).flatMap(({ reading, text }) =>
      kindsIn(text, secrets).map((kind): Leak => ({ file: file.slice(folder.length + 1), kind, reading })),
    ),
  )
}

/** The same bytes in every way they can be read; Latin-1 keeps each byte one character. */
function readings(bytes: Buffer): { reading: string; text: string }[] {
  const raw = bytes.toString('latin1')
  const straight = [
    { reading: 'plain', text: raw },
    ...[0, 1].map((start) => ({ reading: 'two-byte text', text: everyOther(bytes, start) })),
    ...decodedRuns(raw, /[0-9a-fA-F]{12,}/g, 'hex', 2).map((text) => ({ reading: 'hex', text })),
    ...decodedRuns(raw, /[A-Za-z0-9+/_-]{8,}/g, 'base64', 4).map((text) => ({ reading: 'base64', text })),
  ]
  const backwards = straight.map(({ reading, text }) => ({
    reading: `${reading}, backwards`,
    text: [...text].reverse().join(''),
  }))
  return [...straight, ...backwards]
}

function everyOther(bytes: Buffer, start: number): string {
  const kept = Buffer.alloc(Math.ceil((bytes.length - start) / 2))
  for (let at = start; at < bytes.length; at += 2) kept[(at - start) / 2] = bytes[at] ?? 0
  return kept.toString('latin1')
}

/** Every run of the alphabet, decoded from each place where a group of characters may begin. */
function decodedRuns(raw: string, alphabet: RegExp, encoding: 'hex' | 'base64', group: number): string[] {
  const runs = raw.match(alphabet) ?? []
  return Array.from({ length: group }, (_, start) =>
    runs.map((run) => Buffer.from(run.slice(start), encoding).toString('latin1')).join('\n'),
  )
}

function kindsIn(text: string, { numbers, names, dates, postcodes, tokens }: Secrets): Leak['kind'][] {
  const found = new Set<Leak['kind']>()
  for (const { 0: digits, index } of text.matchAll(/(?<!\d)\d{9}(?!\d)/g))
    if (numbers.has(digits) && !isInDigest(text, index)) found.add('number')
  for (const [word] of text.matchAll(/[A-Za-z]{6,}/g)) if (names.has(word)) found.add('name')
  // Eight digits in a row are common within hashes, so what stands around them must not be part of one.
  for (const [date] of text.matchAll(/(?<![0-9a-f])(?:\d{8}|\d\d-\d\d-\d{4}|\d{4}-\d\d-\d\d)(?![0-9a-f])/g))
    if (dates.has(date)) found.add('date')
  for (const { 0: code } of text.matchAll(/(?<![A-Za-z0-9])[1-9]\d{3} ?[A-Za-z]{2}(?![A-Za-z0-9])/g))
    if (postcodes.has(code.replace(' ', '').toLowerCase())) found.add('postcode')
  if (tokens.size > 0)
    for (let at = 0; at + 16 <= text.length; at++) if (tokens.has(text.slice(at, at + 16))) found.add('token')
  return [...found]
}

/** Nine digits in a row also occur by chance, now and then, within the many hashes and identifiers of 16 or more digits. */
function isInDigest(text: string, index: number): boolean {
  let start = index
  while (start > 0 && /[0-9a-f]/.test(text[start - 1] ?? '')) start -= 1
  let end = index + 9
  while (end < text.length && /[0-9a-f]/.test(text[end] ?? '')) end += 1
  const length = end - start
  return length >= 16 && length % 16 === 0
}
