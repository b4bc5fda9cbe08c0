/**
 * Postcodes of English-speaking countries.
 * @module
 */
import { lettersAndDigitsOf, plainText } from '../fold.ts'

/** `postcode` is whole, a-z and digits; `area` the coarser part that travels well. */
export type Postcode = { readonly postcode: string; readonly area: string }

const NO_POSTCODE: Postcode = { postcode: '', area: '' }

const BRITISH = /^[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}$/
const BRITISH_OUTWARD = /^[a-z]{1,2}[0-9][a-z0-9]?$/
const CANADIAN_OR_IRISH = /^(?:[a-z][0-9][a-z][0-9][a-z][0-9]|[a-z][0-9][0-9w][a-z0-9]{4})$/

/** Digits of an American ZIP code, before the four of ZIP+4. */
const ZIP_DIGITS = 5

/** Shortest number that is a postcode anywhere, once its zeros are off. */
const FEWEST_DIGITS = 3

function fromDigits(digits: string): Postcode {
  const whole = (digits.length === ZIP_DIGITS + 4 ? digits.slice(0, ZIP_DIGITS) : digits).replace(/^0+/, '')
  return whole.length < FEWEST_DIGITS ? NO_POSTCODE : { postcode: whole, area: whole }
}

/**
 * @returns a number: itself without leading zeros, which spreadsheets lose, as area too; British: the outward part as area,
 *   which may stand alone; Canadian and Irish: the first three signs as area; anything else is missing
 */
export function readPostcode(text: string): Postcode {
  const folded = lettersAndDigitsOf(plainText(text))
  if (/^[0-9]{3,6}$|^[0-9]{9}$/.test(folded)) return fromDigits(folded)
  if (BRITISH.test(folded)) return { postcode: folded, area: folded.slice(0, -3) }
  if (CANADIAN_OR_IRISH.test(folded)) return { postcode: folded, area: folded.slice(0, 3) }
  return BRITISH_OUTWARD.test(folded) ? { postcode: '', area: folded } : NO_POSTCODE
}
