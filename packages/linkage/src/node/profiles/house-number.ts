/**
 * House numbers: the digits, and what comes behind them.
 * @module
 */
import { lettersAndDigitsOf, plainText } from './fold.ts'

/** `suffix` is a-z and digits, joined: `12-A`, `12 a` and `12|A` are one address. */
export type HouseNumber = { readonly number: string; readonly suffix: string }

export const NO_NUMBER: HouseNumber = { number: '', suffix: '' }

/** Longer runs of digits are not house numbers. */
const MOST_DIGITS = 5

const NO_SUFFIX = new Set(['geen', 'nvt', 'null', 'onbekend', 'none', 'nan'])

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '')

/** @returns the suffix as keys compare it: `hs` for huis, digits without leading zeros, '' for words that say none */
export function readSuffix(text: string): string {
  const folded = lettersAndDigitsOf(plainText(text))
  if (folded === '' || NO_SUFFIX.has(folded)) return ''
  if (folded === 'huis') return 'hs'
  return /^[0-9]+$/.test(folded) ? withoutZeros(folded) : folded
}

/** Nearly every row: a few digits and nothing else. */
function isShortNumber(text: string): boolean {
  if (text.length === 0 || text.length > MOST_DIGITS || text.charCodeAt(0) === 0x30) return false
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x30 || text.charCodeAt(at) > 0x39) return false
  return true
}

/** @returns number and suffix of one field; a number of nothing but zeros, or of more than five digits, is missing */
export function readHouseNumber(text: string): HouseNumber {
  if (isShortNumber(text)) return { number: text, suffix: '' }
  const plain = plainText(text)
  const found = /[0-9]+/.exec(plain)
  if (found === null) return NO_NUMBER
  const number = withoutZeros(found[0])
  if (number === '' || number.length > MOST_DIGITS) return NO_NUMBER
  return { number, suffix: readSuffix(plain.slice(found.index + found[0].length)) }
}

/** One suffix from two places; a source that writes it in both, whole or in part, has one suffix. */
export function joinSuffixes(inNumber: string, ownColumn: string): string {
  if (inNumber === '' || ownColumn.startsWith(inNumber)) return ownColumn
  return ownColumn === '' ? inNumber : readSuffix(inNumber + ownColumn)
}
