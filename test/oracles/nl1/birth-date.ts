/**
 * Year, month and day of a date of birth, from §5 of the written standard.
 * @module
 */
import { small } from './text.ts'

const months: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  maa: 3,
  mrt: 3,
  mar: 3,
  apr: 4,
  mei: 5,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  okt: 10,
  oct: 10,
  nov: 11,
  dec: 12,
}
const fillers = new Set(['1900-01-01', '1899-12-30', '1899-12-31', '1753-01-01', '1111-11-11'])

export type PlainDate = { readonly year: string; readonly month: string; readonly day: string }
type Parts = { readonly year: number; readonly month?: number; readonly day?: number }
const missing: PlainDate = { year: '', month: '', day: '' }

const isWord = (piece: string): boolean => /^[a-z]/.test(piece)
const isShort = (piece: string): boolean => isWord(piece) || piece.length <= 2
const numberOf = (piece: string): number => (isWord(piece) ? (months[piece.slice(0, 3)] ?? 0) : Number(piece))
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
const isReal = ({ year, month = 0, day = 0 }: Parts): boolean =>
  year >= 1000 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

function ofRun(run: string): Parts | undefined {
  if (run.length === 4) return { year: Number(run) }
  const written = run.length === 7 ? `0${run}` : run
  if (written.length !== 8) return undefined
  const at = (from: number, to: number): number => Number(written.slice(from, to))
  const dayFirst = { year: at(4, 8), month: at(2, 4), day: at(0, 2) }
  if (run.length === 7) return dayFirst
  const yearFirst = { year: at(0, 4), month: at(4, 6), day: at(6, 8) }
  if (yearFirst.year >= 1000 && yearFirst.month <= 12 && yearFirst.day <= 31) return yearFirst
  return isReal(dayFirst) ? dayFirst : yearFirst
}

function ofThree(a: string, b: string, c: string): Parts | undefined {
  const isYear = (piece: string): boolean => /^\d{4}$/.test(piece)
  const read = (year: string, month: string, day: string, isDayFirst = false): Parts | undefined => {
    if (!isShort(month) || !isShort(day) || isWord(day)) return undefined
    const parts = { year: Number(year), month: numberOf(month), day: numberOf(day) }
    const isTurned = isDayFirst && !isWord(month) && parts.month > 12 && parts.day <= 12
    return isTurned ? { ...parts, month: parts.day, day: parts.month } : parts
  }
  if (isYear(a)) return isWord(c) && !isWord(b) ? read(a, c, b) : read(a, b, c)
  if (isYear(c)) return isWord(a) ? read(c, a, b) : read(c, b, a, true)
  return undefined
}

function partsOf(raw: string): Parts | undefined {
  const [a, b, c] = (small(raw).match(/\d+|[a-z]+/g) ?? [])
    .filter((piece) => !isWord(piece) || piece.slice(0, 3) in months)
    .slice(0, 3)
  if (a === undefined) return undefined
  if (b === undefined || (!isWord(a) && a.length > 4)) return isWord(a) ? undefined : ofRun(a)
  if (c !== undefined) return ofThree(a, b, c)
  const [year, other] = /^\d{4}$/.test(a) ? [a, b] : [b, a]
  return /^\d{4}$/.test(year) && isShort(other) ? { year: Number(year), month: numberOf(other) } : undefined
}

export function plainBirthDate(raw: string): PlainDate {
  const parts = partsOf(raw)
  if (parts === undefined || parts.year < 1000 || parts.year > 2199) return missing
  const two = (number: number): string => String(number).padStart(2, '0')
  const { year, month = 0, day = 0 } = parts
  if (fillers.has(`${year}-${two(month)}-${two(day)}`)) return missing
  const isMonth = month >= 1 && month <= 12
  const isDay = day >= 1 && day <= (isMonth ? daysIn(year, month) : 31)
  return { year: String(year), month: isMonth ? two(month) : '', day: isDay ? two(day) : '' }
}
