/**
 * Dutch addresses: postcode, number and suffix say everything; the street is read only where it holds these (linkage.md §2.7).
 * @module
 */
import { lettersAndDigitsOf, plainText } from '../fold.ts'
import { type HouseNumber, joinSuffixes, NO_NUMBER, readHouseNumber } from '../house-number.ts'
import type { RawPerson } from '../types.ts'

/** `postcode` is four digits and two letters or ''; `area` its digits, also where the letters are missing. */
export type Postcode = { readonly postcode: string; readonly area: string }

const NO_POSTCODE: Postcode = { postcode: '', area: '' }

/** @returns the postcode at the front of a field; a country code before it and a place behind it are passed over */
export function readPostcode(text: string): Postcode {
  const folded = lettersAndDigitsOf(plainText(text))
  const whole = /^(?:nl)?([1-9][0-9]{3})([a-z]{2})?$/.exec(folded)
  if (whole !== null) return { postcode: whole[2] === undefined ? '' : `${whole[1]}${whole[2]}`, area: whole[1] ?? '' }
  const front = /^\s*(?:nl[\s-]*)?([1-9][0-9]{3})\s*([a-z]{2})(?![a-z0-9])/i.exec(plainText(text))
  if (front === null) return NO_POSTCODE
  return { postcode: `${front[1]}${front[2]}`.toLowerCase(), area: front[1] ?? '' }
}

type StreetLine = HouseNumber & Postcode

const NO_LINE: StreetLine = { ...NO_NUMBER, ...NO_POSTCODE }

/** A year in the name of a street: `Plein 1945 12`. */
const YEAR_IN_NAME = /^(.*[a-z].*?\s(?:1[5-9]|20)[0-9]{2}(?:-(?:1[5-9]|20)[0-9]{2})?)(?=\s+[0-9])/

/** @returns number, suffix and postcode of a whole address line such as `Dorpsstraat 12a, 9911 DB Loppersum` */
export function readStreetLine(text: string): StreetLine {
  const lower = plainText(text).toLowerCase()
  const afterYear = YEAR_IN_NAME.exec(lower)?.[1]?.length ?? 0
  const start = /[a-z][^0-9]*?[\s.,]/.exec(lower)
  if (start === null) return NO_LINE
  const rest = afterYear > 0 ? lower.slice(afterYear) : lower
  const house = /(?:^|[\s.,])([0-9]{1,5})(?![0-9])(?!(?:e|de|ste)\b)([^,]*)/.exec(rest)
  if (house === null) return NO_LINE
  const behind = rest.slice(house.index + house[0].length - (house[2] ?? '').length)
  const postcode = /(?:^|[\s,])([1-9][0-9]{3}\s*[a-z]{2})(?![a-z0-9])/.exec(behind)
  const suffix = (postcode === null ? behind : behind.slice(0, postcode.index)).split(',')[0] ?? ''
  return {
    ...readHouseNumber(`${house[1]} ${suffix}`),
    ...(postcode === null ? NO_POSTCODE : readPostcode(postcode[1] ?? '')),
  }
}

/** A BAG nummeraanduiding: municipality (4), object type 20, sequence (10). Ids of other objects are not addresses. */
export function readAddressId(text: string): string {
  const id = text.trim()
  return /^[0-9]{4}20[0-9]{10}$/.test(id) ? id : ''
}

export type Address = { readonly postcodeArea: string; readonly address: string; readonly addressWithoutSuffix: string }

export type AddressReaders = {
  readonly postcode: (text: string) => Postcode
  readonly houseNumber: (text: string) => HouseNumber
  readonly suffix: (text: string) => string
  readonly streetLine: (text: string) => StreetLine
}

/** @param read - the functions of this module, or the same with a memory before them */
export function dutchAddress(raw: RawPerson, read: AddressReaders): Address {
  let { postcode, area } = read.postcode(raw.postcode ?? '')
  let house = read.houseNumber(raw.houseNumber ?? '')
  if (raw.street !== undefined && raw.street !== '' && (house.number === '' || area === '')) {
    const line = read.streetLine(raw.street)
    if (house.number === '') house = line
    if (area === '') ({ postcode, area } = line)
  }
  const id = raw.addressId === undefined ? '' : readAddressId(raw.addressId)
  if (postcode === '' || house.number === '') return { postcodeArea: area, address: id, addressWithoutSuffix: '' }
  const addressWithoutSuffix = `${postcode}|${house.number}`
  const suffix = joinSuffixes(house.suffix, read.suffix(raw.houseNumberSuffix ?? ''))
  return { postcodeArea: area, address: id === '' ? `${addressWithoutSuffix}|${suffix}` : id, addressWithoutSuffix }
}
