/**
 * What differs between two places: two groups, two areas, or the same group in two releases.
 * @module
 */
import { type Interval, isExact, minus, ratio } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { AnalysisError, refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { shown } from '../shown.ts'
import { asCount, asPoints, inBoth, written } from '../words.ts'
import { sharesAt } from './shares.ts'
import { whereWords } from './where.ts'

/** By how much the second count is more than the first, as a part of the first; nothing where the first may be zero. */
export const relativeChange = (first: Interval, second: Interval): Interval | null => {
  if (first.low <= 0) return null
  const times = ratio(second, first)
  return { low: times.low - 1, high: times.high - 1 }
}

export function differences(tables: Tables, { of, first, second }: RequestOf<'differences'>): Made {
  const sides = [first, second].map(({ table: index, within }) => {
    const table = tableAt(tables, index)
    eachOnce([of.dimension, ...Object.keys(within)])
    const { whole, parts } = sharesAt(table, table.place(within), table.axis(of.dimension), table.categories(of))
    return { table, whole, parts, where: whereWords(table, within), variable: table.label(of.dimension) }
  })
  const [from, to] = sides
  if (!from || !to) throw new Error('two sides are two')
  refuseUnless(
    from.table.answer.unit === to.table.answer.unit &&
      from.table.answer.population.nl === to.table.answer.population.nl,
    'populations_differ',
  )
  const rows = from.parts.map((before) => {
    const after = to.parts.find(({ code }) => code === before.code)
    if (!after) throw new AnalysisError('category_unknown')
    return {
      code: before.code,
      label: before.label,
      first: { count: before.count, share: before.share },
      second: { count: after.count, share: after.share },
      difference: minus(after.count, before.count),
      relative: relativeChange(before.count, after.count),
      points: minus(after.share, before.share),
    }
  })
  refuseUnless(rows.length === to.parts.length, 'category_unknown')
  const surely = rows.filter(({ points }) => points.low > 0 || points.high < 0)
  const most = surely.toSorted((a, b) => nearest(b.points) - nearest(a.points))[0]
  const name = (side: typeof from): { nl: string; en: string } =>
    side.where.nl === ''
      ? { nl: 'het geheel', en: 'the whole' }
      : { nl: side.where.nl.trim(), en: side.where.en.trim() }
  const [one, other] = [name(from), name(to)]
  return {
    kind: 'descriptive',
    question: {
      nl: `Wat is het verschil naar ${from.variable.nl} tussen ${one.nl} en ${other.nl}?`,
      en: `What differs by ${from.variable.en} between ${one.en} and ${other.en}?`,
    },
    methods: [
      {
        name: {
          nl: 'Verschil: de tweede min de eerste, in aantallen, als deel van de eerste, en in procentpunten van het aandeel.',
          en: 'Difference: the second less the first, in counts, as a part of the first, and in percentage points of the share.',
        },
        source: 'definition',
      },
    ],
    assumptions: [],
    limits: [
      {
        nl: 'Een verschil zegt niet waardoor het komt, en kan toeval zijn.',
        en: 'A difference does not say why it is there, and may be chance.',
      },
    ],
    result: {
      whole: { first: shown(from.whole), second: shown(to.whole) },
      categories: rows.map(({ first: before, second: after, difference, relative, points, ...row }) => ({
        ...row,
        first: { count: shown(before.count), share: shown(before.share) },
        second: { count: shown(after.count), share: shown(after.share) },
        difference: shown(difference),
        relative: relative && shown(relative),
        points: shown(points),
      })),
    },
    findings: [
      most
        ? inBoth(
            (language) =>
              ({
                nl: `Het grootste zekere verschil is bij ${most.label.nl}: ${written(most.points, asPoints, language)}, in aantallen ${written(most.difference, asCount, language)}.`,
                en: `The largest certain difference is for ${most.label.en}: ${written(most.points, asPoints, language)}, in counts ${written(most.difference, asCount, language)}.`,
              })[language],
          )
        : rows.every(({ points }) => isExact(points))
          ? { nl: 'De aandelen zijn gelijk.', en: 'The shares are equal.' }
          : {
              nl: 'Of de aandelen verschillen, staat niet vast: daarvoor is te veel onderdrukt.',
              en: 'Whether the shares differ is not certain: too much is withheld for that.',
            },
    ],
  }
}

/** How far from nothing a difference is at the least. */
const nearest = ({ low, high }: Interval): number => Math.min(Math.abs(low), Math.abs(high))
