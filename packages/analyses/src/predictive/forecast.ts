/**
 * Totals of months or quarters to come, for groups, beside the simplest forecast there is.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { periodsOf } from '../descriptive/periods.ts'
import { whereWords } from '../descriptive/where.ts'
import { normalWidth } from '../distributions.ts'
import { type Interval, isExact } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { type Estimate, shown, shownEstimate } from '../shown.ts'
import { asCount, asNumber, inBoth, limitsWritten, written } from '../words.ts'
import { type Errors, rollingErrors } from './rolling-origin.ts'
import { Smoothing, seasonalNaive } from './smoothing.ts'

/** Whole years that a series must have: two to learn from, one to try the forecasts on. */
const leastYears = 3

/** Pieces of what is withheld that are tried one by one. */
const mostPieces = 500

type Which = 'smoothing' | 'naive' | 'open'

export function forecast(tables: Tables, request: RequestOf<'forecast'>): Made {
  const table = tableAt(tables, request.table)
  const { period, by, within, horizon, confidence } = request
  eachOnce([period.dimension, ...(by ? [by.dimension] : []), ...Object.keys(within)])
  const [axis, at] = [table.axis(period.dimension), table.place(within)]
  const { inYear, all, after } = periodsOf(table, period)
  refuseUnless(horizon <= inYear, 'horizon_too_long')
  refuseUnless(all.length >= leastYears * inYear, 'series_too_short')
  const places = by
    ? table
        .categories(by)
        .chosen.map(({ node, code, label }) => ({ code, label, at: at.with(table.axis(by.dimension), node) }))
    : [{ code: 'total', label: { nl: 'totaal', en: 'total' }, at }]
  const [models, width] = [new Smoothing(inYear), normalWidth(confidence)]
  const series = places.map(({ code, label, at: place }) => {
    const counts = all.map(({ node }) => table.count(place.with(axis, node)))
    const { steps, models: used } = models.forecast(counts, horizon, width, mostPieces)
    const errors = rollingErrors(counts, inYear, horizon, models)
    return {
      code,
      label,
      counts,
      steps,
      used,
      naive: seasonalNaive(counts, inYear, horizon, width),
      errors,
      better: betterOf(errors),
    }
  })
  const codes = Array.from({ length: horizon }, (_, ahead) => after(ahead + 1))
  const where = whereWords(table, within)
  const each = inYear === 12 ? { nl: 'maand', en: 'month' } : { nl: 'kwartaal', en: 'quarter' }
  return {
    kind: 'predictive',
    question: {
      nl: `Hoeveel ${table.answer.population.nl}${where.nl} zijn er per ${each.nl} te verwachten van ${codes[0]} tot en met ${codes.at(-1)}${by ? `, per ${table.label(by.dimension).nl}` : ''}?`,
      en: `How many ${table.answer.population.en}${where.en} are to be expected each ${each.en} from ${codes[0]} to ${codes.at(-1)}${by ? `, by ${table.label(by.dimension).en}` : ''}?`,
    },
    methods: methods(confidence * 100),
    assumptions: [
      {
        nl: 'Wat de reeks tot nu toe deed, blijft zij doen: er komt geen nieuwe regel, geen crisis en geen andere manier van tellen.',
        en: 'What the series did so far it goes on doing: no new rule, no crisis and no other way of counting.',
      },
      {
        nl: 'Afwijkingen zijn los van elkaar, even groot in alle perioden en normaal verdeeld.',
        en: 'Errors are independent, equally large in all periods and normally distributed.',
      },
    ],
    limits: [
      {
        nl: 'De marges rekenen niet mee dat het model en zijn getallen geschat zijn: in het echt zijn zij wat te smal.',
        en: 'The margins leave out that the model and its numbers are estimates: in truth they are somewhat too narrow.',
      },
      {
        nl: 'Dit gaat over aantallen van groepen. Wie er bij zullen horen, valt er niet uit af te leiden.',
        en: 'This is about counts of groups. Who will be among them does not follow from it.',
      },
    ],
    result: {
      confidence,
      periodsInYear: inYear,
      series: series.map(({ code, label, counts, steps, used, naive, errors, better }) => ({
        code,
        label,
        history: all.map((past, index) => ({ code: past.code, count: shown(counts[index] as Interval) })),
        models: used,
        forecasts: codes.map((coming, ahead) => ({
          code: coming,
          smoothing: shownEstimate(steps[ahead] as Estimate),
          naive: shownEstimate(naive[ahead] as Estimate),
        })),
        meanAbsoluteError: {
          smoothing: shown(errors.smoothing),
          naive: shown(errors.naive),
          forecasts: errors.forecasts,
        },
        better,
      })),
    },
    findings: series.flatMap(({ label, steps, naive, errors, better }) => [
      firstStep(label, codes[0] ?? '', (better === 'naive' ? naive[0] : steps[0]) as Estimate, confidence),
      whichIsBetter(label, errors, better),
    ]),
  }
}

/** Which was nearer over the last year: certain only where all that withheld periods can be say the same. */
function betterOf({ smoothing, naive }: Errors): Which {
  if (smoothing.high < naive.low) return 'smoothing'
  if (naive.high < smoothing.low || (isExact(naive) && isExact(smoothing) && naive.low === smoothing.low))
    return 'naive'
  return 'open'
}

const firstStep = (label: Bilingual, code: string, step: Estimate, confidence: number): Bilingual =>
  inBoth(
    (language) =>
      ({
        nl: `${label.nl}: voor ${code} is ${written(step.value, asCount, language)} te verwachten (${limitsWritten(step.lower, step.upper, asCount, language)}, ${confidence * 100}%-marge).`,
        en: `${label.en}: for ${code}, ${written(step.value, asCount, language)} is to be expected (${limitsWritten(step.lower, step.upper, asCount, language)}, ${confidence * 100}% margin).`,
      })[language],
  )

const whichIsBetter = (label: Bilingual, { smoothing, naive }: Errors, better: Which): Bilingual =>
  inBoth((language) => {
    const [own, simple] = [written(smoothing, asNumber, language), written(naive, asNumber, language)]
    return {
      smoothing: {
        nl: `${label.nl}: over het laatste jaar zat dit model er gemiddeld ${own} naast, en „net als een jaar eerder” ${simple}. Het model is beter.`,
        en: `${label.en}: over the last year this model was ${own} off on average, and “as a year before” ${simple}. The model is better.`,
      },
      naive: {
        nl: `${label.nl}: over het laatste jaar zat dit model er gemiddeld ${own} naast, en „net als een jaar eerder” ${simple}. Gebruik dus „net als een jaar eerder”.`,
        en: `${label.en}: over the last year this model was ${own} off on average, and “as a year before” ${simple}. So use “as a year before”.`,
      },
      open: {
        nl: `${label.nl}: over het laatste jaar zat dit model er gemiddeld ${own} naast, en „net als een jaar eerder” ${simple}. Welke van de twee beter is, staat niet vast: daarvoor is te veel onderdrukt.`,
        en: `${label.en}: over the last year this model was ${own} off on average, and “as a year before” ${simple}. Which of the two is better is not certain: too much is withheld for that.`,
      },
    }[better][language]
  })

const methods = (percent: number): Made['methods'] => [
  {
    name: {
      nl: `Exponentiële afvlakking (ETS met optellende fouten; met of zonder gedempte trend en seizoen), grootste aannemelijkheid over een vast rooster, model gekozen met AICc; marges van ${percent}%.`,
      en: `Exponential smoothing (ETS with additive errors; with or without damped trend and season), maximum likelihood over a fixed grid, model chosen by AICc; ${percent}% margins.`,
    },
    source: 'Hyndman et al., Forecasting with Exponential Smoothing (2008) ch. 2, 5, 6',
  },
  {
    name: {
      nl: 'Eenvoudigste voorspelling ter vergelijking: net als dezelfde periode een jaar eerder.',
      en: 'Simplest forecast to compare with: as the same period a year before.',
    },
    source: 'Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 2nd ed. (2018) 3.1, 3.5',
  },
  {
    name: {
      nl: 'Gemiddelde absolute fout van beide, door iedere periode van het laatste jaar te voorspellen uit wat ervoor kwam.',
      en: 'Mean absolute error of both, by forecasting each period of the last year from what came before.',
    },
    source: 'Tashman, International Journal of Forecasting 16 (2000) 437',
  },
]
