/**
 * Dutch addresses, from §7 of the written standard.
 * @module
 */
import { lettersAndDigitsOf, plainText, small } from './text.ts'

export type PlainAddress = { readonly area: string; readonly full: string; readonly withoutSuffix: string }
type Fields = {
  readonly postcode?: string
  readonly houseNumber?: string
  readonly houseNumberSuffix?: string
  readonly street?: string
  readonly addressId?: string
}
type Postcode = { readonly area: string; readonly code: string }
type House = { readonly number: string; readonly suffix: string }

const noSuffix = new Set(['geen', 'nvt', 'null', 'onbekend', 'none', 'nan'])
const nearby = new Set('achter begane beneden boven grond links rechts zwart'.split(' '))

function postcodeOf(raw: string): Postcode {
  const text = small(raw)
  const bare = lettersAndDigitsOf(text).replace(/^nl/, '')
  if (/^[1-9]\d{3}[a-z]{2}$/.test(bare)) return { area: bare.slice(0, 4), code: bare }
  const [, digits, letters] = /^[\t-\r ]*(?:nl[\t-\r -]*)?([1-9]\d{3})[\t-\r ]*([a-z]{2})(?![a-z0-9])/.exec(text) ?? []
  if (digits !== undefined && letters !== undefined) return { area: digits, code: digits + letters }
  return { area: /^[1-9]\d{3}$/.test(bare) ? bare : '', code: '' }
}

function suffixOf(text: string): string {
  const suffix = lettersAndDigitsOf(text)
  if (noSuffix.has(suffix)) return ''
  if (suffix === 'huis') return 'hs'
  return /^\d+$/.test(suffix) ? suffix.replace(/^0+/, '') : suffix
}

function houseOf(field: string, column: string): House {
  const text = small(field)
  const run = /\d+/.exec(text)?.[0] ?? ''
  const number = run.replace(/^0+/, '')
  const behind = run === '' ? '' : suffixOf(text.slice(text.indexOf(run) + run.length))
  const own = suffixOf(small(column))
  const suffix = own.startsWith(behind) ? own : suffixOf(behind + own)
  return { number: number.length > 5 ? '' : number, suffix }
}

/** Number and postcode written behind a street, for what is missing elsewhere. */
function lineOf(raw: string): { house: string | undefined; postcode: Postcode } {
  const words = (
    small(raw)
      .replace(/,/g, ' , ')
      .match(/[^\t-\r ]+/g) ?? []
  ).slice(0, 30)
  const postcodeAt = (at: number): Postcode | undefined => {
    const one = /^([1-9]\d{3})([a-z]{2})$/.exec(words[at] ?? '')
    if (one !== null) return { area: one[1] ?? '', code: one[0] }
    const [area = '', letters = ''] = [words[at], words[at + 1]]
    return /^[1-9]\d{3}$/.test(area) && /^[a-z]{2}$/.test(letters) ? { area, code: area + letters } : undefined
  }
  const start = words.findIndex((word, at) => {
    const isStreetBefore = words.slice(0, at).some((front) => /[a-z]/.test(front) && !/^\d/.test(front))
    if (!/^\d{1,5}(?!\d)/.test(word) || !isStreetBefore) return false
    if (/^\d+(e|de|ste)$/.test(word) || postcodeAt(at) !== undefined) return false
    return !(/^(1[5-9]|20)\d\d(?!\d)/.test(word) && /^\d/.test(words[at + 1] ?? ''))
  })
  let end = start + 1
  const belongs = (word: string): boolean => /^[a-z0-9/|.-]{1,4}$/.test(word) || nearby.has(word)
  while (start >= 0 && end < words.length && postcodeAt(end) === undefined && belongs(words[end] ?? '')) end += 1
  const found = words.flatMap((_, at) => (start >= 0 && at >= end ? (postcodeAt(at) ?? []) : []))[0]
  return {
    house: start < 0 ? undefined : words.slice(start, end).join(' '),
    postcode: found ?? { area: '', code: '' },
  }
}

export function plainAddress({
  postcode = '',
  houseNumber = '',
  houseNumberSuffix = '',
  street = '',
  addressId = '',
}: Fields): PlainAddress {
  let code = postcodeOf(postcode)
  let house = houseOf(houseNumber, houseNumberSuffix)
  if (street !== '' && (house.number === '' || code.area === '')) {
    const line = lineOf(street)
    if (house.number === '' && line.house !== undefined) house = houseOf(line.house, houseNumberSuffix)
    if (code.area === '') code = line.postcode
  }
  const id = plainText(addressId).replace(/^[\t-\r ]+|[\t-\r ]+$/g, '')
  const isKnown = code.code !== '' && house.number !== ''
  const written = isKnown ? `${code.code}|${house.number}|${house.suffix}` : ''
  return {
    area: code.area,
    full: /^\d{4}20\d{10}$/.test(id) ? id : written,
    withoutSuffix: isKnown ? `${code.code}|${house.number}` : '',
  }
}
