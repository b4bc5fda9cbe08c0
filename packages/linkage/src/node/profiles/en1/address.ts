/**
 * English-style addresses: postcode, number and the core of the street name, because these postcodes hold many streets.
 * @module
 */
import { lettersAndDigitsOf, plainText } from '../fold.ts'
import { joinSuffixes, readHouseNumber, readSuffix } from '../house-number.ts'
import type { NormalPerson, RawPerson } from '../types.ts'

const TYPES = new Set(
  'ave av avenue boulevard blvd circuit cct cir close cl court ct cove crescent cres cr drive dr esplanade esp gardens gdns grove gr highway hwy lane ln loop mews parade pde place pl rise road rd row square sq street st str terrace tce terr view walk way'.split(
    ' ',
  ),
)

/** @returns the whole number, or the outward part of a British postcode, or the first three signs of another */
export function postcodeArea(text: string): string {
  const folded = lettersAndDigitsOf(plainText(text))
  if (/^[0-9]{3,10}$/.test(folded)) return folded
  if (/^[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}$/.test(folded)) return folded.slice(0, -3)
  return ''
}

/** @returns the words of a street without its kind, joined; the kind alone when nothing else is there */
export function streetCore(text: string): string {
  const words = plainText(text)
    .toLowerCase()
    .split(/[^a-z0-9']+/)
    .map(lettersAndDigitsOf)
    .filter((word) => word !== '')
  while (words.length > 1 && /^[0-9]/.test(words[0] as string)) words.shift()
  while (words.length > 1 && TYPES.has(words.at(-1) as string)) words.pop()
  return words.join('')
}

export function englishAddress(
  raw: RawPerson,
): Pick<NormalPerson, 'postcodeArea' | 'address' | 'addressWithoutSuffix'> {
  const postcode = lettersAndDigitsOf(plainText(raw.postcode ?? ''))
  const area = postcodeArea(raw.postcode ?? '')
  const own = readHouseNumber(raw.houseNumber ?? '')
  const house = own.number === '' ? readHouseNumber(raw.street ?? '') : own
  const street = streetCore(raw.street ?? '')
  if (area === '' || house.number === '' || street === '')
    return { postcodeArea: area, address: '', addressWithoutSuffix: '' }
  const addressWithoutSuffix = `${postcode}|${house.number}|${street}`
  const unit = joinSuffixes(own.suffix, readSuffix(raw.houseNumberSuffix ?? ''))
  return { postcodeArea: area, address: `${addressWithoutSuffix}|${unit}`, addressWithoutSuffix }
}
