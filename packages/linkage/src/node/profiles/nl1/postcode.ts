/**
 * Dutch postcodes: four digits, the first not zero, and two letters.
 * @module
 */
import { lettersAndDigitsOf, plainText } from '../fold.ts'

/** `postcode` is four digits and two small letters, or ''; `area` its digits, also where the letters are missing. */
export type Postcode = { readonly postcode: string; readonly area: string }

export const NO_POSTCODE: Postcode = { postcode: '', area: '' }

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39
const isLetter = (unit: number): boolean => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a)

/** Nearly every row: `9911DB` or `9911 DB`, in either case, without a regular expression. */
function readUsual(text: string): Postcode | undefined {
  const last = text.length - 1
  if ((last !== 5 && last !== 6) || text.charCodeAt(0) === 0x30) return undefined
  for (let at = 0; at < 4; at++) if (!isDigit(text.charCodeAt(at))) return undefined
  if (last === 6 && text.charCodeAt(4) !== 0x20) return undefined
  if (!isLetter(text.charCodeAt(last - 1)) || !isLetter(text.charCodeAt(last))) return undefined
  const area = text.slice(0, 4)
  return { postcode: area + text.slice(last - 1).toLowerCase(), area }
}

/** A country code may stand before it, a place behind it; between digits and letters any blanks. */
const WITH_PLACE = /^\s*(?:nl[\s-]*)?([1-9][0-9]{3})\s*([a-z]{2})(?![a-z0-9])/

/** @returns the postcode of a field; its digits alone where there are no letters; otherwise missing */
export function readPostcode(text: string): Postcode {
  const usual = readUsual(text)
  if (usual !== undefined || text === '') return usual ?? NO_POSTCODE
  const plain = plainText(text)
  const [, digits, letters = ''] =
    /^(?:nl)?([1-9][0-9]{3})([a-z]{2})?$/.exec(lettersAndDigitsOf(plain)) ?? WITH_PLACE.exec(plain.toLowerCase()) ?? []
  if (digits === undefined) return NO_POSTCODE
  return { postcode: letters === '' ? '' : digits + letters, area: digits }
}
