/**
 * Calendar dates and months straight from bytes, in the ways Dutch systems write them.
 *
 * Dates are numbers `yyyymmdd`; month or day 00 means that part is not known. Pure, no clock, no time zone.
 * @module
 */

/** No date: empty or a placeholder such as 1900-01-01 or 9999-12-31. */
export const NO_DATE = 0
/** Something stands there that is not a date of the calendar. */
export const NOT_A_DATE = -1

const BLANK = 32
const ZERO = 48

const isDigit = (byte: number) => byte >= ZERO && byte <= 57
const isSeparator = (byte: number) => byte === 45 || byte === 47 || byte === 46

const daysInMonth = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Reads `yyyymmdd`, `yyyy-mm-dd` or `d-m-yyyy` (`-`, `/` or `.`), with or without a time behind it.
 * @returns `yyyymmdd`, {@link NO_DATE} or {@link NOT_A_DATE}; parts written as 00 stay 00
 */
export function parseDate(bytes: Uint8Array, start: number, end: number): number {
  const from = skipBlanks(bytes, start, end)
  const parts = datePart(bytes, from, end)
  if (parts.digits === 0) return from === end ? NO_DATE : NOT_A_DATE
  if (!timeFollows(bytes, parts.end, end)) return NOT_A_DATE
  if (parts.groups === 1 && parts.digits === 8)
    return checked(Math.floor(parts.first / 10000), Math.floor(parts.first / 100) % 100, parts.first % 100)
  if (parts.groups !== 3) return NOT_A_DATE
  if (parts.firstDigits === 4 && parts.lastDigits <= 2) return checked(parts.first, parts.second, parts.third)
  if (parts.lastDigits === 4 && parts.firstDigits <= 2) return checked(parts.third, parts.second, parts.first)
  return NOT_A_DATE
}

/**
 * Reads a month: `yyyymm`, `yyyy-mm`, `m-yyyy`, or any date {@link parseDate} reads.
 * @returns `yyyymm`, {@link NO_DATE} or {@link NOT_A_DATE}; a date without a month is {@link NO_DATE}
 */
export function parseMonth(bytes: Uint8Array, start: number, end: number): number {
  const from = skipBlanks(bytes, start, end)
  const parts = datePart(bytes, from, end)
  if (parts.groups === 1 && parts.digits === 6 && skipBlanks(bytes, parts.end, end) === end) {
    return checkedMonth(Math.floor(parts.first / 100), parts.first % 100)
  }
  if (parts.groups === 2 && skipBlanks(bytes, parts.end, end) === end) {
    if (parts.firstDigits === 4 && parts.lastDigits <= 2) return checkedMonth(parts.first, parts.second)
    if (parts.firstDigits <= 2 && parts.lastDigits === 4) return checkedMonth(parts.second, parts.first)
    return NOT_A_DATE
  }
  const date = parseDate(bytes, start, end)
  if (date <= 0) return date
  const month = Math.floor(date / 100)
  return month % 100 === 0 ? NO_DATE : month
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] === BLANK) at += 1
  return at
}

type Parts = {
  first: number
  second: number
  third: number
  groups: number
  digits: number
  firstDigits: number
  lastDigits: number
  end: number
}

/** One object for all calls: this runs a million times a file and makes nothing. */
const shared: Parts = { first: 0, second: 0, third: 0, groups: 0, digits: 0, firstDigits: 0, lastDigits: 0, end: 0 }

/** Up to three groups of digits with separators between them; `groups` is 9 if it is anything else. */
function datePart(bytes: Uint8Array, start: number, end: number): Parts {
  const parts = shared
  parts.first = parts.second = parts.third = parts.digits = parts.firstDigits = parts.lastDigits = 0
  parts.groups = 1
  let value = 0
  let at = start
  for (; at < end; at += 1) {
    const byte = bytes[at] as number
    if (isDigit(byte)) {
      value = value * 10 + byte - ZERO
      parts.lastDigits += 1
      parts.digits += 1
      if (parts.digits > 8) break
    } else if (isSeparator(byte) && parts.groups < 3 && parts.lastDigits > 0) {
      keep(parts, value)
      parts.groups += 1
      value = 0
      parts.lastDigits = 0
    } else break
  }
  keep(parts, value)
  if (parts.lastDigits === 0 || parts.digits > 8) parts.groups = 9
  parts.end = at
  return parts
}

function keep(parts: Parts, value: number): void {
  if (parts.groups === 1) {
    parts.first = value
    parts.firstDigits = parts.lastDigits
  } else if (parts.groups === 2) parts.second = value
  else parts.third = value
}

/** Nothing, or a time: `T` or a blank, then digits, colons, a fraction, a zone. */
function timeFollows(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true
  const first = bytes[start]
  if (first !== BLANK && first !== 84) return false
  for (let at = start + 1; at < end; at += 1) {
    const byte = bytes[at] as number
    const allowed =
      isDigit(byte) || byte === 58 || byte === 46 || byte === BLANK || byte === 90 || byte === 43 || byte === 45
    if (!allowed) return false
  }
  return true
}

function checked(year: number, month: number, day: number): number {
  if (year === 0 || year === 1 || year === 9999) return NO_DATE
  if (year === 1900 && month === 1 && day === 1) return NO_DATE
  if (month === 0 || day === 0)
    return year < 1800 || month > 12 || day > 31 ? NOT_A_DATE : year * 10000 + month * 100 + (month === 0 ? 0 : day)
  if (year < 1800 || month > 12 || day > (daysInMonth[month] as number)) return NOT_A_DATE
  if (month === 2 && day === 29 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return NOT_A_DATE
  return year * 10000 + month * 100 + day
}

function checkedMonth(year: number, month: number): number {
  if (year === 0 || year === 9999) return NO_DATE
  if (year < 1800 || month > 12) return NOT_A_DATE
  return month === 0 ? NO_DATE : year * 100 + month
}
