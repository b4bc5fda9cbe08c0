/**
 * How a count runs over months or quarters.
 * @module
 */
import { type Interval, minus, plus, times } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import type { RequestOf } from '../request.ts'
import { shown } from '../shown.ts'
import { asCount, asNumber, inBoth, written } from '../words.ts'
import { relativeChange } from './differences.ts'
import { periodsOf } from './periods.ts'
import { whereWords } from './where.ts'

/** Slope of the line of least squares: a weighted sum of the counts, and so exact at the ends. */
function slopeOf(series: readonly Interval[]): Interval {
  const middle = (series.length - 1) / 2
  const square = series.reduce((sum, _, index) => sum + (index - middle) ** 2, 0)
  return series.map((count, index) => times((index - middle) / square, count)).reduce(plus)
}

export function trend(tables: Tables, request: RequestOf<'trend'>): Made {
  const table = tableAt(tables, request.table)
  const { period, within } = request
  eachOnce([period.dimension, ...Object.keys(within)])
  const axis = table.axis(period.dimension)
  const at = table.place(within)
  const { inYear, all } = periodsOf(table, period)
  const series = all.map(({ node }) => table.count(at.with(axis, node)))
  const against = (index: number, steps: number): object | null => {
    const [now, before] = [series[index], series[index - steps]]
    if (!now || !before) return null
    const relative = relativeChange(before, now)
    return { difference: shown(minus(now, before)), relative: relative && shown(relative) }
  }
  const slope = slopeOf(series)
  const [first, last] = [all[0], all.at(-1)]
  const where = whereWords(table, within)
  const each = inYear === 12 ? { nl: 'maand', en: 'month' } : { nl: 'kwartaal', en: 'quarter' }
  return {
    kind: 'descriptive',
    question: {
      nl: `Hoe verloopt het aantal ${table.answer.population.nl}${where.nl} per ${each.nl}?`,
      en: `How does the number of ${table.answer.population.en}${where.en} run by ${each.en}?`,
    },
    methods: [
      {
        name: {
          nl: 'Verandering ten opzichte van de periode ervoor en van dezelfde periode een jaar eerder; helling van de rechte lijn met de kleinste kwadraten.',
          en: 'Change on the period before and on the same period a year earlier; slope of the straight line of least squares.',
        },
        source: 'definition',
      },
    ],
    assumptions: [],
    limits: [
      {
        nl: 'De helling vat de reeks samen met een rechte lijn; seizoenen en sprongen ziet zij niet.',
        en: 'The slope sums the series up in a straight line; it does not see seasons and jumps.',
      },
    ],
    result: {
      periodsInYear: inYear,
      periods: all.map(({ code, label }, index) => ({
        code,
        label,
        count: shown(series[index] as Interval),
        sincePeriodBefore: against(index, 1),
        sinceYearBefore: against(index, inYear),
      })),
      slope: shown(slope),
    },
    findings: [
      inBoth(
        (language) =>
          ({
            nl: `Van ${first?.label.nl} tot en met ${last?.label.nl} ging het aantal van ${written(series[0] as Interval, asCount, language)} naar ${written(series.at(-1) as Interval, asCount, language)}.`,
            en: `From ${first?.label.en} to ${last?.label.en} the count went from ${written(series[0] as Interval, asCount, language)} to ${written(series.at(-1) as Interval, asCount, language)}.`,
          })[language],
      ),
      inBoth((language) => {
        const size = written(slope, asNumber, language)
        if (slope.low > 0)
          return {
            nl: `Gemiddeld kwamen er per ${each.nl} ${size} bij.`,
            en: `On average it rose by ${size} each ${each.en}.`,
          }[language]
        if (slope.high < 0) {
          const fall = written(times(-1, slope), asNumber, language)
          return {
            nl: `Gemiddeld gingen er per ${each.nl} ${fall} af.`,
            en: `On average it fell by ${fall} each ${each.en}.`,
          }[language]
        }
        return slope.low === 0 && slope.high === 0
          ? { nl: 'Gemiddeld bleef het gelijk.', en: 'On average it stayed the same.' }[language]
          : {
              nl: 'Of het toeneemt of afneemt, staat niet vast: daarvoor is te veel onderdrukt.',
              en: 'Whether it rises or falls is not certain: too much is withheld for that.',
            }[language]
      }),
    ],
  }
}
