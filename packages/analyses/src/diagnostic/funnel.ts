/**
 * Small areas beside each other: which lie outside what chance explains. The data of a funnel plot; drawing it is the reader's.
 * @module
 */

import { whereWords } from '../descriptive/where.ts'
import { type Interval, within as inside, ratio, times } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { AnalysisError, refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { shown } from '../shown.ts'
import { asNumber, asPercent, inBoth, listed, written } from '../words.ts'
import { type FunnelLimits, funnelLimits, type Zone, zonesOf } from './funnel-limits.ts'

/** Share of areas outside the 95 % limits by chance alone. */
const byChance = 0.05

export function funnel(tables: Tables, { by, cases: counted, population: people, model }: RequestOf<'funnel'>): Made {
  const [cases, population] = [tableAt(tables, counted.table), tableAt(tables, people.table)]
  eachOnce([by.dimension, ...Object.keys(counted.within)])
  eachOnce([by.dimension, ...Object.keys(people.within)])
  const sides = [
    { table: cases, at: cases.place(counted.within) },
    { table: population, at: population.place(people.within) },
  ].map(({ table, at }) => {
    const [axis, categories] = [table.axis(by.dimension), table.categories(by)]
    return {
      categories: categories.chosen,
      all: table.countIn(at, axis, categories),
      of: (code: string): Interval => {
        const found = categories.chosen.find((category) => category.code === code)
        if (!found) throw new AnalysisError('category_unknown')
        return table.count(at.with(axis, found.node))
      },
    }
  })
  const [numerator, denominator] = sides
  if (!numerator || !denominator) throw new Error('two sides are two')
  refuseUnless(denominator.all.low > 0, 'group_may_be_empty')
  const centre = centreOf(model, numerator.all, denominator.all)
  const areas = denominator.categories.map(({ code, label }) => ({
    code,
    label,
    cases: numerator.of(code),
    population: denominator.of(code),
  }))
  const known = areas.filter((area) => area.population.low > 0)
  refuseUnless(known.length >= 2, 'too_few_categories')
  if (model === 'binomial')
    refuseUnless(
      counted.table === people.table
        ? isPartOf(counted.within, people.within)
        : known.every((area) => area.cases.high <= area.population.low),
      'cases_exceed_population',
    )
  const rows = known.map((area) => {
    const limits = funnelLimits(model, area.population, centre)
    return { ...area, limits, zones: zonesOf(area.cases, limits) }
  })
  const where = whereWords(cases, counted.within)
  return {
    kind: 'diagnostic',
    question: {
      nl: `In welke gebieden komt ${cases.answer.title.nl}${where.nl} vaker of minder vaak voor dan toeval verklaart?`,
      en: `In which areas does ${cases.answer.title.en}${where.en} occur more or less often than chance explains?`,
    },
    methods: [
      {
        name:
          model === 'binomial'
            ? {
                nl: 'Trechterplot met exacte binomiale grenzen van 95% en 99,8% rond het aandeel van alle gebieden samen.',
                en: 'Funnel plot with exact binomial limits of 95% and 99.8% around the share of all areas together.',
              }
            : {
                nl: 'Trechterplot met exacte Poissongrenzen van 95% en 99,8% rond het cijfer van alle gebieden samen.',
                en: 'Funnel plot with exact Poisson limits of 95% and 99.8% around the rate of all areas together.',
              },
        source: 'Spiegelhalter, Statistics in Medicine 24 (2005) 1185, 2.3 and A.1',
      },
    ],
    assumptions: [
      {
        nl: 'Zonder echte verschillen zou ieder gebied het cijfer van alle samen hebben, op toeval na.',
        en: 'Without real differences each area would have the rate of all together, but for chance.',
      },
    ],
    limits: [
      inBoth(
        (language) =>
          ({
            nl: `Van ${rows.length} gebieden liggen er door toeval alleen al ongeveer ${asNumber(rows.length * byChance, language)} buiten de grenzen van 95%.`,
            en: `Of ${rows.length} areas about ${asNumber(rows.length * byChance, language)} lie outside the 95% limits by chance alone.`,
          })[language],
      ),
      {
        nl: 'Er is niet gecorrigeerd voor leeftijd, geslacht of spreiding die er altijd is tussen gebieden. Buiten de grenzen liggen is een vraag, geen oordeel.',
        en: 'Nothing was corrected for age, sex or the spread there always is between areas. To lie outside is a question, not a judgement.',
      },
    ],
    result: {
      model,
      centre: shown(centre),
      areas: rows.map(({ code, label, cases: count, population: size, limits, zones }) => ({
        code,
        label,
        cases: shown(count),
        population: shown(size),
        rate: shown(rateOf(model, count, size)),
        limits: limitsAsRates(limits, size),
        zones,
      })),
      leftOut: areas
        .filter((area) => area.population.low === 0)
        .map(({ code, label }) => ({ code, label, because: 'group_may_be_empty' })),
    },
    findings: findings(rows, centre, model),
  }
}

/** Whoever is in the first place is in the second: it names no category that the first does not name too. */
const isPartOf = (inner: Within, outer: Within): boolean =>
  Object.entries(outer).every(([dimension, category]) => JSON.stringify(inner[dimension]) === JSON.stringify(category))

function rateOf(model: 'binomial' | 'poisson', cases: Interval, population: Interval): Interval {
  const rate = ratio(cases, population)
  return model === 'binomial' ? inside(rate, 0, 1) : rate
}

const centreOf = rateOf

/** Limits of the count over the size of the area: as a plot has them. */
function limitsAsRates(limits: FunnelLimits, population: Interval): Record<keyof FunnelLimits, Interval> {
  const asRate = (limit: Interval): Interval => shown(ratio(limit, population))
  return {
    strictLow: asRate(limits.strictLow),
    low: asRate(limits.low),
    high: asRate(limits.high),
    strictHigh: asRate(limits.strictHigh),
  }
}

type Within = RequestOf<'funnel'>['cases']['within']
type Row = { readonly label: { readonly nl: string; readonly en: string }; readonly zones: readonly Zone[] }

function findings(rows: readonly Row[], centre: Interval, model: 'binomial' | 'poisson'): Made['findings'] {
  const surely = (wanted: readonly Zone[]): Row[] =>
    rows.filter(({ zones }) => zones.every((zone) => wanted.includes(zone)))
  const above = surely(['above', 'far-above'])
  const below = surely(['below', 'far-below'])
  const open = rows.filter(
    (row) => !above.includes(row) && !below.includes(row) && row.zones.some((zone) => zone !== 'inside'),
  )
  const names = (some: readonly Row[]) => listed(some.map(({ label }) => label))
  const say = (some: readonly Row[], nl: string, en: string): Made['findings'] =>
    some.length === 0 ? [] : [{ nl: `${nl}: ${names(some).nl}.`, en: `${en}: ${names(some).en}.` }]
  return [
    inBoth((language) => {
      const rate =
        model === 'binomial' ? written(centre, asPercent, language) : written(times(1000, centre), asNumber, language)
      const per = model === 'binomial' ? '' : ({ nl: ' per 1000', en: ' per 1,000' } as const)[language]
      return {
        nl: `Over alle gebieden samen is het ${rate}${per}.`,
        en: `Over all areas together it is ${rate}${per}.`,
      }[language]
    }),
    ...say(above, 'Hoger dan toeval verklaart', 'Higher than chance explains'),
    ...say(below, 'Lager dan toeval verklaart', 'Lower than chance explains'),
    ...say(open, 'Niet vast te stellen door wat onderdrukt is', 'Not to be said because of what is withheld'),
    ...(above.length + below.length + open.length === 0
      ? [{ nl: 'Geen gebied wijkt meer af dan toeval verklaart.', en: 'No area differs more than chance explains.' }]
      : []),
  ]
}
