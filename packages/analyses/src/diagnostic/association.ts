/**
 * Whether two variables of a table hang together.
 * @module
 */

import { whereWords } from '../descriptive/where.ts'
import { both, type Interval, isExact, sumOf } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { shown } from '../shown.ts'
import { asChance, asNumber, asPercent, inBoth, written } from '../words.ts'
import { type Association, associationOf } from './chi-square.ts'

export function association(tables: Tables, request: RequestOf<'association'>): Made {
  const table = tableAt(tables, request.table)
  const { rows, columns, within } = request
  eachOnce([rows.dimension, columns.dimension, ...Object.keys(within)])
  const at = table.place(within)
  const [down, across] = [table.axis(rows.dimension), table.axis(columns.dimension)]
  const [inRows, inColumns] = [table.categories(rows), table.categories(columns)]
  const counts = inRows.chosen.map((row) =>
    inColumns.chosen.map((column) => table.count(at.with(down, row.node).with(across, column.node))),
  )
  const rowSums = inRows.chosen.map((row, index) =>
    both(sumOf(counts[index] ?? []), table.countIn(at.with(down, row.node), across, inColumns)),
  )
  const columnSums = inColumns.chosen.map((column, index) =>
    both(
      sumOf(counts.map((line) => line[index] as Interval)),
      table.countIn(at.with(across, column.node), down, inRows),
    ),
  )
  // A category that surely holds nobody is no category of these people; one that may or may not leaves open what is compared.
  const there = (sums: readonly Interval[]): number[] => sums.flatMap((sum, index) => (sum.high > 0 ? [index] : []))
  const [rowsThere, columnsThere] = [there(rowSums), there(columnSums)]
  const kept = [...rowsThere.map((index) => rowSums[index]), ...columnsThere.map((index) => columnSums[index])]
  refuseUnless(
    kept.every((sum) => sum !== undefined && sum.low > 0),
    'group_may_be_empty',
  )
  refuseUnless(rowsThere.length >= 2 && columnsThere.length >= 2, 'too_few_categories')
  const found = associationOf({
    counts: rowsThere.map((row) => columnsThere.map((column) => counts[row]?.[column] as Interval)),
    rows: rowsThere.map((row) => rowSums[row] as Interval),
    columns: columnsThere.map((column) => columnSums[column] as Interval),
  })
  const [one, other] = [table.label(rows.dimension), table.label(columns.dimension)]
  const where = whereWords(table, within)
  return {
    kind: 'diagnostic',
    question: {
      nl: `Hangen ${one.nl} en ${other.nl} samen onder de ${table.answer.population.nl}${where.nl}?`,
      en: `Do ${one.en} and ${other.en} hang together among the ${table.answer.population.en}${where.en}?`,
    },
    methods: [
      {
        name: {
          nl: 'Chi-kwadraattoets van Pearson, zonder continuïteitscorrectie.',
          en: "Pearson's chi-square test, without continuity correction.",
        },
        source: 'Pearson, Philosophical Magazine 50 (1900) 157',
      },
      {
        name: {
          nl: 'Cramérs V, en V gecorrigeerd voor toeval: V zelf valt gemiddeld te hoog uit, het meest bij veel categorieën en weinig mensen.',
          en: "Cramér's V, and V corrected for chance: V itself is too high on average, most so with many categories and few people.",
        },
        source: 'Cramér, Mathematical Methods of Statistics (1946) 21.9; Bergsma, J. Korean Stat. Soc. 42 (2013) 323',
      },
    ],
    assumptions: [
      {
        nl: 'Iedere persoon telt in één cel.',
        en: 'Each person counts in one cell.',
      },
      {
        nl: 'De verwachte aantallen zijn niet te klein: hoogstens een vijfde van de cellen onder 5.',
        en: 'Expected counts are not too small: at most a fifth of the cells below 5.',
      },
    ],
    limits: [
      {
        nl: 'Samenhang is geen oorzaak. Bij grote aantallen is ook een zwakke samenhang geen toeval: kijk naar V.',
        en: 'Hanging together is no cause. With large counts a weak link is no chance either: look at V.',
      },
    ],
    result: {
      rows: rowsThere.map((row) => inRows.chosen[row]?.code),
      columns: columnsThere.map((column) => inColumns.chosen[column]?.code),
      persons: shown(found.persons),
      chiSquare: shown(found.chiSquare),
      degreesOfFreedom: found.degrees,
      p: shown(found.p),
      cramersV: shown(found.cramersV),
      correctedV: shown(found.correctedV),
      smallExpected: shown(found.smallExpected),
    },
    findings: findings(found, one, other),
  }
}

/** Where the least is too small to matter, the most says it all. */
function chanceWords(p: Interval, language: 'nl' | 'en'): string {
  if (p.low >= 0.001 || p.high < 0.001) return written(p, asChance, language)
  return `${{ nl: 'hoogstens', en: 'at most' }[language]} ${asChance(p.high, language)}`
}

type Label = { readonly nl: string; readonly en: string }

function findings({ p, cramersV, correctedV, smallExpected }: Association, one: Label, other: Label): Made['findings'] {
  const verdict =
    p.high < 0.05
      ? { nl: `${one.nl} en ${other.nl} hangen samen`, en: `${one.en} and ${other.en} hang together` }
      : p.low >= 0.05
        ? {
            nl: `Een samenhang tussen ${one.nl} en ${other.nl} is niet aangetoond`,
            en: `No link between ${one.en} and ${other.en} was shown`,
          }
        : {
            nl: `Of ${one.nl} en ${other.nl} samenhangen, staat niet vast: daarvoor is te veel onderdrukt`,
            en: `Whether ${one.en} and ${other.en} hang together is not certain: too much is withheld for that`,
          }
  return [
    inBoth(
      (language) =>
        ({
          nl: `${verdict.nl} (p ${chanceWords(p, language)}).`,
          en: `${verdict.en} (p ${chanceWords(p, language)}).`,
        })[language],
    ),
    inBoth(
      (language) =>
        ({
          nl: `De sterkte is ${written(cramersV, asNumber, language)} op een schaal van 0 tot 1 (Cramérs V); gecorrigeerd voor toeval ${written(correctedV, asNumber, language)}.`,
          en: `Its strength is ${written(cramersV, asNumber, language)} on a scale from 0 to 1 (Cramér's V); corrected for chance ${written(correctedV, asNumber, language)}.`,
        })[language],
    ),
    ...(smallExpected.high > 0.2
      ? [
          inBoth(
            (language) =>
              ({
                nl: `Let op: in ${written(smallExpected, asPercent, language)} van de cellen zijn er minder dan 5 te verwachten${isExact(smallExpected) ? '' : ', naar gelang van wat onderdrukt is'}. De p-waarde is dan onbetrouwbaar; voeg categorieën samen.`,
                en: `Mind: in ${written(smallExpected, asPercent, language)} of the cells fewer than 5 are expected${isExact(smallExpected) ? '' : ', depending on what is withheld'}. The p value is unreliable then; join categories.`,
              })[language],
          ),
        ]
      : []),
  ]
}
