/**
 * Texts in both languages, and figures as people write them in each.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { type Interval, isExact } from './interval.ts'

export type Language = 'nl' | 'en'
const languages: readonly Language[] = ['nl', 'en']

/** One text for each language. */
export const inBoth = (text: (language: Language) => string): Bilingual => ({ nl: text('nl'), en: text('en') })

/** How figures of a kind are written. */
export type Writing = (value: number, language: Language) => string

export const asCount: Writing = (value, language) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)
export const asNumber: Writing = (value, language) =>
  new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value)
export const asPercent: Writing = (value, language) =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value * 100)}%`
export const asPoints: Writing = (value, language) =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value * 100)} ${{ nl: 'procentpunt', en: 'percentage points' }[language]}`
/** A p value: below a thousandth nobody reads the digits. */
export const asChance: Writing = (value, language) =>
  value < 0.001
    ? { nl: 'kleiner dan 0,001', en: 'below 0.001' }[language]
    : new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value)

/** `12%`, or `tussen 10% en 14%` where it is not known more closely. */
export function written(interval: Interval, writing: Writing, language: Language): string {
  const [low, high] = [writing(interval.low, language), writing(interval.high, language)]
  if (isExact(interval) || low === high) return low
  return { nl: `tussen ${low} en ${high}`, en: `between ${low} and ${high}` }[language]
}

/** `van 10% tot 14%`: confidence limits, the outer ones where they are intervals themselves. */
export const limitsWritten = (low: Interval, high: Interval, writing: Writing, language: Language): string =>
  ({
    nl: `van ${writing(low.low, language)} tot ${writing(high.high, language)}`,
    en: `from ${writing(low.low, language)} to ${writing(high.high, language)}`,
  })[language]

export function listed(items: readonly Bilingual[]): Bilingual {
  const [nl = '', en = ''] = languages.map((language) => {
    const texts = items.map((item) => item[language])
    const and = { nl: ' en ', en: ' and ' }[language]
    return texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')}${and}${texts.at(-1)}`
  })
  return { nl, en }
}
