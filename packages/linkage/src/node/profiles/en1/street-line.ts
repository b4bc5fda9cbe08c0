/**
 * English-style address lines: unit, number and the core of the street, in the orders people write them.
 * @module
 */
import { lettersAndDigitsOf, plainText } from '../fold.ts'
import { readSuffix } from '../house-number.ts'

/** All a-z and digits; '' means missing. */
export type StreetLine = { readonly unit: string; readonly number: string; readonly street: string }

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Kinds of street, whole and short: left out behind the name, since half of all sources shorten them. */
export const KINDS = words(
  'av ave avenue boulevard blvd cct circle cir circuit cl close court ct cove cr cres crescent dr drive esp esplanade gardens ' +
    'gdns gr grove highway hwy lane ln loop mews pde parade pkwy parkway pl place rd rise road row sq square st str street tce ' +
    'terr terrace walk way',
)

/** What a unit is called; the word after it is its number. */
const UNITS = words('# apartment apt flat room shop suite unit villa')

/** `12`, `12a`; `2/10` and `2a/10b` with the unit in front. */
const NUMBER = /^([0-9]{1,5})([a-z]?)$/
const UNIT_AND_NUMBER = /^([0-9]{1,5}[a-z]?)\/([0-9]{1,5}[a-z]?)$/

const withoutZeros = (signs: string): string => signs.replace(/^0+(?=.)/, '')

/** Bounds the work: no address has more words. */
const MOST_WORDS = 20

/** `letter` is the one behind the number, which says as much as a unit. */
type Found = { unit: string; number: string; letter: string }

/** Takes unit and number out of one part of a line and returns the words of the street that are left. */
function streetWords(part: string, found: Found): string[] {
  const street: string[] = []
  const pieces = part.match(/[a-z0-9]+(?:\/[a-z0-9]+)?|#/g)?.slice(0, MOST_WORDS) ?? []
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] as string
    const next = pieces[at + 1]
    if (UNITS.has(piece) && next !== undefined && /^[a-z]?[0-9]{1,4}[a-z]?$|^[a-z]$/.test(next)) {
      found.unit = withoutZeros(next)
      at++
      continue
    }
    const both = UNIT_AND_NUMBER.exec(piece)
    const number = NUMBER.exec(both?.[2] ?? piece)
    if (street.length > 0 || number === null) {
      street.push(piece)
      continue
    }
    // Two numbers in front: the first is the unit.
    if (found.number !== '' && found.unit === '') found.unit = found.number + found.letter
    if (both !== null) found.unit = withoutZeros(both[1] ?? '')
    found.number = withoutZeros(number[1] ?? '')
    found.letter = number[2] ?? ''
  }
  return street
}

function coreOf(street: readonly string[]): string {
  let to = street.length
  const named = street[0] === 'the' ? 2 : 1
  while (to > named && KINDS.has(street[to - 1] as string)) to--
  const core = lettersAndDigitsOf(street.slice(0, to).join(''))
  return NUMBER.test(core) ? '' : core
}

/**
 * @param text - a street with or without number and unit (`Flat 2, 10 High Street`, `2/10 High St`), or a number alone
 * @returns its parts; of several streets between commas the first whose last word is a kind of street, else the first
 */
export function readStreetLine(text: string): StreetLine {
  const found: Found = { unit: '', number: '', letter: '' }
  let street: readonly string[] = []
  let known = false
  for (const part of plainText(text).toLowerCase().replaceAll("'", '').split(',')) {
    const words = streetWords(part, found)
    const isKnown = words.length > 1 && KINDS.has(words.at(-1) as string)
    if (words.length > 0 && !known && (isKnown || street.length === 0)) street = words
    known ||= isKnown
  }
  const number = found.number === '0' ? '' : found.number
  return { unit: number === '' ? '' : readSuffix(found.letter + found.unit), number, street: coreOf(street) }
}
