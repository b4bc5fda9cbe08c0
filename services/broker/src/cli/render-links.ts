/**
 * How well the deliveries of a job were linked, for a terminal.
 * @module
 */
import type { LinkQuality } from '@kruispunt/contracts'
import type { Language } from './output.ts'

const texts = {
  nl: {
    persons: 'personen samen',
    party: 'partner',
    subjects: 'personen',
    withKey: 'met sleutel',
    linked: 'elders bekend',
    pair: 'samen bekend bij',
  },
  en: {
    persons: 'persons together',
    party: 'partner',
    subjects: 'persons',
    withKey: 'with key',
    linked: 'known elsewhere',
    pair: 'known to both',
  },
} as const

/** Lines. What is too few to show is an `x`. */
export function renderLinkQuality(quality: LinkQuality, language: Language): string[] {
  const words = texts[language]
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB'
  const share = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const number = new Intl.NumberFormat(locale)
  const count = (value: number | null) => (value === null ? 'x' : number.format(value))
  const rate = (value: number | null) => (value === null ? 'x' : share.format(value))
  const table = (rows: readonly (readonly string[])[]) => {
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
    return rows.map((row) =>
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join('  '),
    )
  }
  return [
    ...table([
      [words.party, words.subjects, words.withKey, words.linked],
      ...quality.parties.map((party) => [
        party.party,
        count(party.subjects),
        rate(party.withKey),
        rate(party.linkedToAny),
      ]),
    ]),
    '',
    ...table([
      [words.pair, words.subjects],
      ...quality.pairs.map((pair) => [`${pair.a} + ${pair.b}`, count(pair.linked)]),
    ]),
    '',
    `${words.persons}: ${count(quality.persons)}`,
  ]
}
