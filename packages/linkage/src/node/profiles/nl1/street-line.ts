/**
 * Dutch address lines that hold the house number, and sometimes the postcode, behind the street.
 * @module
 */
import { plainText } from '../fold.ts'
import { type HouseNumber, NO_NUMBER, readHouseNumber } from '../house-number.ts'
import { NO_POSTCODE, type Postcode, readPostcode } from './postcode.ts'

export type StreetLine = HouseNumber & Postcode

const NO_LINE: StreetLine = { ...NO_NUMBER, ...NO_POSTCODE }

/** Bounds the work: no address has more words. */
const MOST_WORDS = 30

const ORDINAL = /^[0-9]+(?:e|de|ste)$/
const YEAR = /^(?:1[5-9]|20)[0-9]{2}(?![0-9])/
const SHORT = /^[a-z0-9/|.-]{1,4}$/
const LONGER_SUFFIXES = new Set('achter begane beneden boven grond links rechts zwart'.split(' '))

const startsWithDigit = (word: string | undefined): boolean => word !== undefined && word >= '0' && word < ':'

/** The postcode at this word, in one piece or two. */
function postcodeAt(words: readonly string[], at: number): Postcode {
  const word = words[at] ?? ''
  if (/^[1-9][0-9]{3}[a-z]{2}$/.test(word)) return readPostcode(word)
  const letters = words[at + 1] ?? ''
  return /^[1-9][0-9]{3}$/.test(word) && /^[a-z]{2}$/.test(letters) ? readPostcode(word + letters) : NO_POSTCODE
}

/** Where the house number stands: the first number behind a word, but not `1e`, nor 1945 in `Plein 1945 12`. */
function numberAt(words: readonly string[]): number {
  const name = words.findIndex((word) => /[a-z]/.test(word) && !startsWithDigit(word))
  if (name === -1) return -1
  return words.findIndex((word, at) => {
    if (at <= name || !/^[0-9]{1,5}(?![0-9])/.test(word) || ORDINAL.test(word)) return false
    return !(YEAR.test(word) && startsWithDigit(words[at + 1])) && postcodeAt(words, at).area === ''
  })
}

/** @returns number, suffix and postcode of a line such as `Dorpsstraat 12 a, 9911 DB Loppersum`, each missing if not there */
export function readStreetLine(text: string): StreetLine {
  const words =
    plainText(text)
      .toLowerCase()
      .match(/[^\s,]+|,/g)
      ?.slice(0, MOST_WORDS) ?? []
  const at = numberAt(words)
  if (at === -1) return NO_LINE
  let to = at + 1
  const isSuffix = (word: string): boolean => SHORT.test(word) || LONGER_SUFFIXES.has(word)
  while (to < words.length && isSuffix(words[to] as string) && postcodeAt(words, to).area === '') to++
  let postcode = NO_POSTCODE
  for (let next = to; next < words.length && postcode.area === ''; next++) postcode = postcodeAt(words, next)
  return { ...readHouseNumber(words.slice(at, to).join(' ')), ...postcode }
}
