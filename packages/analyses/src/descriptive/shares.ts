/**
 * Which part of a whole each category is.
 * @module
 */
import { type Interval, sumOf } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { shown } from '../shown.ts'
import type { Chosen, Place, Table } from '../tables/table.ts'
import { asCount, asPercent, inBoth, written } from '../words.ts'
import { whereWords } from './where.ts'

/**
 * A part of a whole. It rises with the part and falls with the rest of the whole.
 * @param rest - the other parts added up; the whole, known in another way, may say more of it
 */
function shareIn(part: Interval, rest: Interval, whole: Interval): Interval {
  const most = Math.max(0, Math.min(rest.high, whole.high - part.low))
  const least = Math.max(0, Math.max(rest.low, whole.low - part.high))
  return {
    low: part.low === 0 ? 0 : part.low / (part.low + most),
    high: part.high === 0 ? 0 : part.high / (part.high + least),
  }
}

/** Counts and shares of all categories at a place. @throws AnalysisError `group_may_be_empty`, `too_few_categories` */
export function sharesAt(
  table: Table,
  at: Place,
  axis: number,
  categories: { readonly chosen: readonly Chosen[]; readonly left: readonly Chosen[] },
): {
  readonly whole: Interval
  readonly parts: readonly (Chosen & { readonly count: Interval; readonly share: Interval })[]
} {
  const { chosen } = categories
  refuseUnless(chosen.length >= 2, 'too_few_categories')
  const whole = table.countIn(at, axis, categories)
  refuseUnless(whole.low > 0, 'group_may_be_empty')
  const counts = chosen.map(({ node }) => table.count(at.with(axis, node)))
  const all = sumOf(counts)
  return {
    whole,
    parts: chosen.map((category, index) => {
      const count = counts[index] as Interval
      // All but this one: taken away from its own sum, each end from the same end.
      const rest = { low: all.low - count.low, high: all.high - count.high }
      return { ...category, count, share: shareIn(count, rest, whole) }
    }),
  }
}

export function shares(tables: Tables, request: RequestOf<'shares'>): Made {
  const table = tableAt(tables, request.table)
  const { of, within } = request
  eachOnce([of.dimension, ...Object.keys(within)])
  const at = table.place(within)
  const { whole, parts } = sharesAt(table, at, table.axis(of.dimension), table.categories(of))
  const variable = table.label(of.dimension)
  const where = whereWords(table, within)
  const largest = parts.toSorted((a, b) => b.share.low - a.share.low)[0]
  // Surely the largest: no other can reach it.
  const isSure = parts.every((part) => part === largest || part.share.high <= (largest?.share.low ?? 0))
  return {
    kind: 'descriptive',
    question: inBoth(
      (language) =>
        ({
          nl: `Hoe zijn de ${table.answer.population.nl}${where.nl} verdeeld naar ${variable.nl}?`,
          en: `How are the ${table.answer.population.en}${where.en} divided by ${variable.en}?`,
        })[language],
    ),
    methods: [
      {
        name: {
          nl: 'Aandeel: het aantal in een categorie, gedeeld door het aantal in alle gekozen categorieën samen.',
          en: 'Share: the count of a category, divided by that of all chosen categories together.',
        },
        source: 'definition',
      },
    ],
    assumptions: [],
    limits: [],
    result: {
      whole: shown(whole),
      categories: parts.map(({ code, label, count, share }) => ({
        code,
        label,
        count: shown(count),
        share: shown(share),
      })),
    },
    findings: [
      ...(largest && isSure
        ? [
            inBoth(
              (language) =>
                ({
                  nl: `De grootste groep is ${largest.label.nl}: ${written(largest.count, asCount, language)} van ${written(whole, asCount, language)}, dat is ${written(largest.share, asPercent, language)}.`,
                  en: `The largest group is ${largest.label.en}: ${written(largest.count, asCount, language)} of ${written(whole, asCount, language)}, which is ${written(largest.share, asPercent, language)}.`,
                })[language],
            ),
          ]
        : [
            {
              nl: 'Welke groep de grootste is, staat niet vast: daarvoor is te veel onderdrukt.',
              en: 'Which group is the largest is not certain: too much is withheld for that.',
            },
          ]),
    ],
  }
}
