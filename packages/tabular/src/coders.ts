/**
 * From the bytes of one field to a code of its list: one coder per dimension, made once per file.
 *
 * A coder answers the index of the code (0 = `unknown`, said by an empty field) or a negative {@link Trouble}; the reader
 * then writes `unknown` and notes the finding.
 * @module
 */
import { type CodeList, codeListOf, type DimensionTarget, monthNumber } from './code-list.ts'
import { NO_DATE, NOT_A_DATE, parseDate, parseMonth } from './dates.ts'
import { TabularError } from './errors.ts'
import { type DecimalMark, parseNumber } from './numbers.ts'
import type { CategoryCode, FieldSpec, NumberBand } from './spec.ts'
import { decodeField, foldValue, isMissing } from './text.ts'
import { type Coder, valueCache } from './value-cache.ts'

/** Why a value has no code. */
export const Trouble = {
  unlisted: -1,
  date: -2,
  future: -3,
  age: -4,
  outsidePeriod: -5,
  number: -6,
  outsideBands: -7,
} as const

const OLDEST = 125

/**
 * @param mark - how decimals are written in this column of this file
 * @throws TabularError `spec_invalid`
 */
export function coderFor(field: FieldSpec & { target: DimensionTarget }, mark: DecimalMark): Coder {
  const { target } = field
  const list = codeListOf(field)
  switch (target.kind) {
    case 'category':
      return wordCoder(list, target.codes)
    case 'yesNo':
      return wordCoder(list, [
        { ...codeAt(list, 1), accepts: ['j', 'y', '1', 'true', 'waar', 'x'] },
        { ...codeAt(list, 2), accepts: ['n', '0', 'false', 'onwaar'] },
      ])
    case 'area':
      // Spreadsheets and some systems drop the letters of a neighbourhood code.
      return wordCoder(
        list,
        target.areas.map((area) => ({ ...area, accepts: [area.code.replace(/^[A-Z]+/, '')] })),
      )
    case 'ageBand':
      return ageCoder(target.referenceDate, target.from)
    case 'month':
      return monthCoder(target.from, target.to)
    case 'numberBand':
      return numberCoder(target.bands, mark)
  }
}

function codeAt(list: CodeList, index: number): CategoryCode {
  return list.codes[index] as CategoryCode
}

function wordCoder(list: CodeList, codes: readonly CategoryCode[]): Coder {
  const indexOf = new Map<string, number>()
  for (const [position, { code, label, accepts = [] }] of codes.entries()) {
    for (const word of [code, label.nl, label.en, ...accepts]) {
      const folded = foldValue(word)
      // First come, first served, but never into `unknown`: the list starts at index 1.
      if (folded !== '' && !indexOf.has(folded)) indexOf.set(folded, position + 1)
    }
  }
  if (list.codes.length !== codes.length + 1) throw new Error('the code list and the codes differ')
  return valueCache((bytes, start, end) => {
    const folded = foldValue(decodeField(bytes, start, end))
    return indexOf.get(folded) ?? (isMissing(folded) ? 0 : Trouble.unlisted)
  })
}

/** A field that could not be read may still be a word for "not known". */
function orMissing(trouble: number, bytes: Uint8Array, start: number, end: number): number {
  return isMissing(foldValue(decodeField(bytes, start, end))) ? 0 : trouble
}

function ageCoder(referenceDate: string, from: readonly number[]): Coder {
  const digits = new TextEncoder().encode(referenceDate)
  const reference = parseDate(digits, 0, digits.length)
  if (!/^\d{4}-\d\d-\d\d$/.test(referenceDate) || reference <= 0 || reference % 100 === 0)
    throw new TabularError('spec_invalid')
  const bandOf = new Uint16Array(OLDEST + 1).map((_, age) => from.filter((low) => low <= age).length)
  return (bytes, start, end) => {
    const birth = parseDate(bytes, start, end)
    if (birth === NO_DATE) return 0
    if (birth === NOT_A_DATE) return orMissing(Trouble.date, bytes, start, end)
    if (birth > reference) return Trouble.future
    // With an unknown month or day there are two possible ages; they count only when both lie in one band.
    const oldest = Math.floor((reference - earliest(birth)) / 10000)
    if (oldest > OLDEST) return Trouble.age
    const youngest = Math.max(0, Math.floor((reference - latest(birth)) / 10000))
    const band = bandOf[oldest] as number
    return band === bandOf[youngest] ? band : 0
  }
}

const earliest = (date: number) => (date % 10000 === 0 ? date + 101 : date % 100 === 0 ? date + 1 : date)
const latest = (date: number) => (date % 10000 === 0 ? date + 1231 : date % 100 === 0 ? date + 31 : date)

function monthCoder(from: string, to: string): Coder {
  const first = monthNumber(from)
  const last = monthNumber(to)
  return (bytes, start, end) => {
    const month = parseMonth(bytes, start, end)
    if (month === NO_DATE) return 0
    if (month === NOT_A_DATE) return orMissing(Trouble.date, bytes, start, end)
    const at = Math.floor(month / 100) * 12 + (month % 100) - 1
    return at < first || at > last ? Trouble.outsidePeriod : at - first + 1
  }
}

function numberCoder(bands: readonly NumberBand[], mark: DecimalMark): Coder {
  return (bytes, start, end) => {
    const value = parseNumber(bytes, start, end, mark)
    if (value === undefined) return orMissing(Trouble.number, bytes, start, end)
    if (Number.isNaN(value)) return 0
    const band = bands.findIndex(({ from, below }) => value >= from && (below === undefined || value < below))
    return band < 0 ? Trouble.outsideBands : band + 1
  }
}
