/**
 * How well the deliveries of a job were linked, for a terminal: what it means in words first, then the figures.
 * @module
 */
import type { LinkQuality } from '@kruispunt/contracts'
import type { Language } from './output.ts'

const texts = {
  nl: {
    persons: 'personen samen',
    party: 'partner',
    subjects: 'personen',
    linked: 'elders bekend',
    ambiguous: 'niet te onderscheiden',
    pair: 'samen bekend bij',
    ofA: 'van de eerste',
    ofB: 'van de tweede',
    precision: 'terecht',
    recall: 'gevonden',
    households: 'huishoudens',
    selfTest: 'zelftest: verzonnen mensen',
    expected: 'bij beide',
    recovered: 'teruggevonden',
    wrong: 'verkeerd',
    legend:
      'terecht: deel van de koppelingen dat klopt; gevonden: deel van wie bij beide bekend is. x: te weinig om te tonen; ~: schatting zonder zekerheid',
  },
  en: {
    persons: 'persons together',
    party: 'partner',
    subjects: 'persons',
    linked: 'known elsewhere',
    ambiguous: 'ambiguous',
    pair: 'known to both',
    ofA: 'of the first',
    ofB: 'of the second',
    precision: 'right',
    recall: 'found',
    households: 'households',
    selfTest: 'self-test: invented people',
    expected: 'at both',
    recovered: 'found again',
    wrong: 'wrong',
    legend:
      'right: share of the links that are true; found: share of those known to both. x: too few to show; ~: an estimate without certainty',
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
  const estimate = ({ share: value, flaw }: LinkQuality['quality']['precision']) =>
    value === null ? 'x' : `${flaw === null ? '' : '~ '}${share.format(value)}`
  const table = (rows: readonly (readonly string[])[]) => {
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
    return rows.map((row) =>
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join('  '),
    )
  }
  return [
    ...quality.explanation.map((sentence) => sentence[language]),
    '',
    ...table([
      [words.party, words.subjects, words.linked, words.ambiguous],
      ...quality.parties.map((party) => [
        party.party,
        count(party.subjects),
        rate(party.linkedToAny),
        count(party.ambiguous),
      ]),
    ]),
    '',
    ...table([
      [words.pair, words.subjects, words.ofA, words.ofB, words.precision, words.recall],
      ...quality.pairs.map((pair) => [
        `${pair.a} + ${pair.b}`,
        count(pair.linked),
        rate(pair.rateOfA),
        rate(pair.rateOfB),
        estimate(pair.quality.precision),
        estimate(pair.quality.recall),
      ]),
    ]),
    words.legend,
    '',
    ...(quality.selfTest === null
      ? []
      : [
          ...table([
            [words.selfTest, words.expected, words.recovered, words.wrong],
            ...quality.selfTest.pairs.map(({ a, b, expected, recovered, wrong }) => [
              `${a} + ${b}`,
              ...[expected, recovered, wrong].map((value) => number.format(value)),
            ]),
          ]),
          '',
        ]),
    `${words.persons}: ${count(quality.persons)}`,
    ...(quality.households === null ? [] : [`${words.households}: ${count(quality.households.households)}`]),
  ]
}
