/**
 * Dutch addresses: postcode, number and suffix say everything; the street is read only where it holds these (linkage.md §2.7).
 * @module
 */
import { plainText } from '../fold.ts'
import { joinSuffixes, readHouseNumber, readSuffix } from '../house-number.ts'
import type { NormalAddress, RawPerson } from '../types.ts'
import { readPostcode } from './postcode.ts'
import type { StreetLine } from './street-line.ts'

/** A BAG nummeraanduiding: municipality (4), object type 20, sequence (10). Ids of other objects are not addresses. */
function readAddressId(text: string): string {
  return /^\s*([0-9]{4}20[0-9]{10})\s*$/.exec(plainText(text))?.[1] ?? ''
}

export type AddressReaders = { readonly streetLine: (text: string) => StreetLine }

/** @param read - the function of `./street-line.ts`, or the same with a memory before it */
export function dutchAddress(raw: RawPerson, read: AddressReaders): NormalAddress {
  let { postcode, area } = readPostcode(raw.postcode ?? '')
  let house = readHouseNumber(raw.houseNumber ?? '')
  if (raw.street && (house.number === '' || area === '')) {
    const line = read.streetLine(raw.street)
    if (house.number === '') house = line
    if (area === '') ({ postcode, area } = line)
  }
  const id = raw.addressId ? readAddressId(raw.addressId) : ''
  const known = { postcodeArea: area, street: '', place: '' }
  if (postcode === '' || house.number === '') return { ...known, address: id, addressWithoutSuffix: '' }
  const addressWithoutSuffix = `${postcode}|${house.number}`
  const own = raw.houseNumberSuffix ? readSuffix(raw.houseNumberSuffix) : ''
  const address = `${addressWithoutSuffix}|${joinSuffixes(house.suffix, own)}`
  return { ...known, address: id === '' ? address : id, addressWithoutSuffix }
}
