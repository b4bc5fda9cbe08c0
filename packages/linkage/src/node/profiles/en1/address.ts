/**
 * English-style addresses: a postcode without street letters holds many streets, so street and number are part of the address.
 * @module
 */
import { readSuffix } from '../house-number.ts'
import type { NormalAddress, RawPerson } from '../types.ts'
import { readPostcode } from './postcode.ts'
import type { StreetLine } from './street-line.ts'

export type AddressReaders = {
  readonly streetLine: (text: string) => StreetLine
  /** letters of the name of a place */
  readonly place: (text: string) => string
}

/** First letters of street and place that are kept: slips of the pen are mostly further on. */
const LETTERS_KEPT = 4

/**
 * The whole address needs postcode, number and street; the looser one number and street only, so that a slip in the
 * postcode does not part two rows that agree in everything else. A key that needs the area names `postcodeArea` as well.
 * @param read - the function of `./street-line.ts`, or the same with a memory before it
 */
export function englishAddress(raw: RawPerson, read: AddressReaders): NormalAddress {
  const { postcode, area } = readPostcode(raw.postcode ?? '')
  const line = read.streetLine(raw.street ?? '')
  const own = raw.houseNumber ? read.streetLine(raw.houseNumber) : line
  const number = own.number === '' ? line.number : own.number
  const street = line.street.slice(0, LETTERS_KEPT)
  const place = raw.place ? read.place(raw.place).slice(0, LETTERS_KEPT) : ''
  const known = { postcodeArea: area, street, place }
  if (number === '' || street === '') return { ...known, address: '', addressWithoutSuffix: '' }
  const unit = own.unit === '' ? line.unit : own.unit
  const suffix = raw.houseNumberSuffix ? readSuffix(raw.houseNumberSuffix) : ''
  const address = `${postcode}|${number}|${line.street}|${suffix === '' ? unit : suffix}`
  return { ...known, address: postcode === '' ? '' : address, addressWithoutSuffix: `${number}|${street}` }
}
