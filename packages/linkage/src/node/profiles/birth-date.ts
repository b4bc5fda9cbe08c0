/**
 * Dates of birth as registers write them: each part stands by itself, so a source that knows the year alone still has a year.
 * @module
 */
import { plainText } from './fold.ts'

/** Four, two and two digits; '' where the source did not know, or could not be right. */
export type BirthDate = { readonly year: string; readonly month: string; readonly day: string }

const NO_DATE: BirthDate = { year: '', month: '', day: '' }

/** The first and last year read. Wide, because archives are linked too; what programs write for "unknown" lies outside. */
const FIRST_YEAR = 1000
const LAST_YEAR = 2199

/** What programs put where nothing was known. 1 January of other years is kept: people without papers got it for real. */
const PLACEHOLDERS = new Set([19000101, 18991230, 18991231, 17530101, 11111111])

/** Three letters tell the months of both languages apart; `mrt` is the usual Dutch short form. */
const MONTHS = new Map(
  Object.entries({
    ...{ jan: 1, feb: 2, maa: 3, mrt: 3, mar: 3, apr: 4, mei: 5, may: 5, jun: 6, jul: 7, aug: 8 },
    ...{ sep: 9, okt: 10, oct: 10, nov: 11, dec: 12 },
  }),
)

const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
const YEARS = Array.from({ length: LAST_YEAR + 1 }, (_, year) => String(year).padStart(4, '0'))

/** Parts outside their range are missing; a day that its month does not have is missing. */
function fromParts(year: number, month: number, day: number): BirthDate {
  if (year < FIRST_YEAR || year > LAST_YEAR || PLACEHOLDERS.has(year * 10_000 + month * 100 + day)) return NO_DATE
  const goodMonth = month >= 1 && month <= 12
  const goodDay = day >= 1 && day <= (goodMonth ? daysIn(year, month) : 31)
  return {
    year: YEARS[year] as string,
    month: goodMonth ? (TWO_DIGITS[month] as string) : '',
    day: goodDay ? (TWO_DIGITS[day] as string) : '',
  }
}

/** Day first; the other way round only where the first cannot be, as in 12/31/1980. */
const dayFirst = (day: number, month: number, year: number): BirthDate =>
  month > 12 && day <= 12 ? fromParts(year, day, month) : fromParts(year, month, day)

/** Eight digits are year first, unless that cannot be a date and day first can. */
function fromEight(whole: number): BirthDate {
  const [year, month, day] = [Math.floor(whole / 10_000), Math.floor(whole / 100) % 100, whole % 100]
  if (year >= FIRST_YEAR && month <= 12 && day <= 31) return fromParts(year, month, day)
  const dayMonthYear = fromParts(whole % 10_000, Math.floor(whole / 10_000) % 100, Math.floor(whole / 1_000_000))
  return dayMonthYear.month !== '' && dayMonthYear.day !== '' ? dayMonthYear : fromParts(year, month, day)
}

/** One run of digits: a year, a date, or a date that a spreadsheet took the first zero of, which is day first. */
function fromRun(digits: string): BirthDate {
  const whole = Number(digits)
  if (digits.length === 4) return fromParts(whole, 0, 0)
  if (digits.length === 8) return fromEight(whole)
  if (digits.length !== 7) return NO_DATE
  return fromParts(whole % 10_000, Math.floor(whole / 10_000) % 100, Math.floor(whole / 1_000_000))
}

/** One piece of a written date: its digits, or the number of a month in words, with how many digits stood there. */
type Piece = { readonly number: number; readonly digits: number }

/** The first three pieces; a clock time behind them is never reached. Words that are no month are passed over. */
function piecesOf(lower: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [piece] of lower.matchAll(/[0-9]+|[a-z]+/g)) {
    if (pieces.length === 3) break
    const month = MONTHS.get(piece.slice(0, 3))
    if (piece >= 'a') {
      if (month !== undefined) pieces.push({ number: month, digits: 0 })
    } else pieces.push({ number: Number(piece), digits: piece.length })
  }
  return pieces
}

function readPieces(lower: string): BirthDate {
  const [first, second, third] = piecesOf(lower)
  if (first === undefined) return NO_DATE
  const alone = second === undefined || first.digits > 4
  if (alone) return first.digits === 0 ? NO_DATE : fromRun(/[0-9]+/.exec(lower)?.[0] ?? '')
  if (third === undefined) {
    if (first.digits === 4 && second.digits < 3) return fromParts(first.number, second.number, 0)
    return second.digits === 4 && first.digits < 3 ? fromParts(second.number, first.number, 0) : NO_DATE
  }
  if (first.digits === 4 && second.digits < 3 && third.digits < 3) {
    const isDayFirst = third.digits === 0
    if (isDayFirst && second.digits === 0) return NO_DATE
    const [month, day] = isDayFirst ? [third.number, second.number] : [second.number, third.number]
    return fromParts(first.number, month, day)
  }
  // A year of two digits is not guessed at: the centenarian and the baby both exist.
  if (third.digits !== 4 || first.digits > 2 || second.digits > 2) return NO_DATE
  if (first.digits === 0) return second.digits === 0 ? NO_DATE : fromParts(third.number, first.number, second.number)
  if (second.digits === 0) return fromParts(third.number, second.number, first.number)
  return dayFirst(first.number, second.number, third.number)
}

/** @returns the number of `count` digits at `at`, or NaN when anything else stands there */
function digitsAt(text: string, at: number, count: number): number {
  let number = 0
  for (let next = at; next < at + count; next++) {
    const digit = text.charCodeAt(next) - 0x30
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

const isSeparator = (unit: number): boolean => unit === 0x2d || unit === 0x2f || unit === 0x2e

/** The three fixed shapes nearly every row has, without a regular expression; undefined for any other. */
function readFixed(text: string): BirthDate | undefined {
  if (text.length === 8) {
    const whole = digitsAt(text, 0, 8)
    return Number.isNaN(whole) ? undefined : fromEight(whole)
  }
  if (text.length !== 10) return undefined
  if (isSeparator(text.charCodeAt(4)) && isSeparator(text.charCodeAt(7))) {
    const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2)]
    return Number.isNaN(year + month + day) ? undefined : fromParts(year, month, day)
  }
  if (!isSeparator(text.charCodeAt(2)) || !isSeparator(text.charCodeAt(5))) return undefined
  const [day, month, year] = [digitsAt(text, 0, 2), digitsAt(text, 3, 2), digitsAt(text, 6, 4)]
  return Number.isNaN(year + month + day) ? undefined : dayFirst(day, month, year)
}

/** @returns what can be read; every part '' when nothing can, never an error */
export const readBirthDate = (text: string): BirthDate =>
  readFixed(text) ?? (text === '' ? NO_DATE : readPieces(plainText(text).toLowerCase()))
