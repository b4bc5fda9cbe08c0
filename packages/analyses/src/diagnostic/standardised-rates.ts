/**
 * Rates of groups as if all were divided over age and sex alike.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { whereWords } from '../descriptive/where.ts'
import { both, type Interval, sumOf, times } from '../interval.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { type AnalysisProblemCode, refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { type Estimate, shown, shownEstimate } from '../shown.ts'
import type { Chosen, Place, Table } from '../tables/table.ts'
import { asNumber, inBoth, limitsWritten, listed, written } from '../words.ts'
import type { Group } from './proportions.ts'
import { fewestCases, standardised } from './standardise.ts'

type Request = RequestOf<'standardised-rates'>
/** A combination of age and sex: how to get there from a place, and its codes. */
type Combination = { readonly codes: readonly string[]; readonly from: (at: Place) => Place }

export function standardisedRates(tables: Tables, request: Request): Made {
  const table = tableAt(tables, request.table)
  const { by, over, outcome, within, per, confidence } = request
  eachOnce([by.dimension, outcome.dimension, ...over.map(({ dimension }) => dimension), ...Object.keys(within)])
  const { label, of } = table.outcome(outcome)
  const [at, axis] = [table.place(within), table.axis(by.dimension)]
  const { chosen } = table.categories(by)
  const combinations = combinationsOf(table, over)
  const weights = weightsOf(request, combinations, (combination) => of(combination.from(at)).population)
  const isAll = over.every((each) => table.categories(each).left.length === 0)
  const groups = chosen.map((group) => {
    const here = at.with(axis, group.node)
    return {
      ...group,
      ...rateOf(
        combinations.map(({ from }) => of(from(here))),
        weights,
        isAll ? of(here) : undefined,
        confidence,
      ),
    }
  })
  const made = groups.flatMap((group) => (group.rate ? [{ ...group, rate: scaled(group.rate, per) }] : []))
  const [missing] = groups.flatMap(({ because }) => because ?? [])
  if (made.length === 0) refuseUnless(false, missing ?? 'too_few_categories')
  const variables = listed(over.map(({ dimension }) => table.label(dimension)))
  const where = whereWords(table, within)
  return {
    kind: 'diagnostic',
    question: {
      nl: `Hoe vaak komt ${table.label(outcome.dimension).nl}: ${label.nl} voor bij de ${table.answer.population.nl}${where.nl}, per ${table.label(by.dimension).nl}, als alle groepen gelijk verdeeld waren naar ${variables.nl}?`,
      en: `How often does ${table.label(outcome.dimension).en}: ${label.en} occur among the ${table.answer.population.en}${where.en}, by ${table.label(by.dimension).en}, if all groups were divided alike by ${variables.en}?`,
    },
    methods: [
      {
        name: {
          nl: `Directe standaardisatie naar ${variables.nl}, met marges van ${confidence * 100}% volgens Dobson en exacte Poissongrenzen.`,
          en: `Direct standardisation by ${variables.en}, with ${confidence * 100}% margins by Dobson's method and exact Poisson limits.`,
        },
        source: 'Dobson et al., Statistics in Medicine 10 (1991) 457; Garwood, Biometrika 28 (1936) 437',
      },
      standardWords(request.standard),
    ],
    assumptions: [
      {
        nl: 'Gevallen komen los van elkaar voor (Poisson).',
        en: 'Cases occur independently (Poisson).',
      },
    ],
    limits: [
      {
        nl: `Een gestandaardiseerd cijfer is er om te vergelijken; het zegt niet hoeveel gevallen er zijn. Bij minder dan ${fewestCases} gevallen wordt het niet gegeven.`,
        en: `A standardised rate is there to compare; it does not say how many cases there are. With fewer than ${fewestCases} cases none is given.`,
      },
      {
        nl: `Er is alleen gecorrigeerd voor ${variables.nl}; groepen kunnen in andere dingen verschillen.`,
        en: `It corrects for ${variables.en} alone; groups may differ in other things.`,
      },
    ],
    result: {
      confidence,
      per,
      outcome: label,
      weights: combinations.map(({ codes }, index) => ({
        at: codes,
        weight: shown({ low: weights[index] ?? 0, high: weights[index] ?? 0 }).low,
      })),
      groups: made.map(({ code, label: name, cases, rate }) => ({
        code,
        label: name,
        cases: shown(cases),
        rate: shownEstimate(rate),
      })),
      leftOut: groups.flatMap(({ code, label: name, because }) => (because ? [{ code, label: name, because }] : [])),
    },
    findings: made.map(({ label: name, rate }) =>
      inBoth(
        (language) =>
          ({
            nl: `${name.nl}: ${written(rate.value, asNumber, language)} per ${per} (${limitsWritten(rate.lower, rate.upper, asNumber, language)}).`,
            en: `${name.en}: ${written(rate.value, asNumber, language)} per ${per} (${limitsWritten(rate.lower, rate.upper, asNumber, language)}).`,
          })[language],
      ),
    ),
  }
}

function combinationsOf(table: Table, over: Request['over']): Combination[] {
  const sides = over.map((each) => ({ axis: table.axis(each.dimension), chosen: table.categories(each).chosen }))
  let found: Combination[] = [{ codes: [], from: (at) => at }]
  for (const { axis, chosen } of sides)
    found = found.flatMap(({ codes, from }) =>
      chosen.map(({ node, code }: Chosen) => ({
        codes: [...codes, code],
        from: (at: Place) => from(at).with(axis, node),
      })),
    )
  return found
}

/** Shares of the standard, in the order of the combinations. @throws AnalysisError `standard_incomplete`, `standard_withheld` */
function weightsOf(
  { standard }: Request,
  combinations: readonly Combination[],
  everybody: (combination: Combination) => Interval,
): number[] {
  const sizes = combinations.map((combination) => {
    if (standard.kind === 'table') {
      const { low, high } = everybody(combination)
      refuseUnless(low === high && low > 0, 'standard_withheld')
      return low
    }
    const given = standard.weights.filter(({ at }) => at.join('\u0000') === combination.codes.join('\u0000'))
    refuseUnless(given.length === 1 && standard.weights.length === combinations.length, 'standard_incomplete')
    return given[0]?.weight ?? 0
  })
  const all = sizes.reduce((sum, size) => sum + size, 0)
  return sizes.map((size) => size / all)
}

function rateOf(
  strata: readonly Group[],
  weights: readonly number[],
  together: Group | undefined,
  confidence: number,
): { readonly cases: Interval; readonly rate?: Estimate; readonly because?: AnalysisProblemCode } {
  const added = sumOf(strata.map(({ cases }) => cases))
  const cases = together ? both(added, together.cases) : added
  if (strata.some(({ population }) => population.low === 0)) return { cases, because: 'group_may_be_empty' }
  if (cases.low < fewestCases) return { cases, because: 'too_few_cases' }
  const weighed = strata.map((stratum, index) => ({ ...stratum, weight: weights[index] ?? 0 }))
  return { cases, rate: standardised(weighed, cases, confidence) }
}

const scaled = ({ value, lower, upper }: Estimate, per: number): Estimate => ({
  value: times(per, value),
  lower: times(per, lower),
  upper: times(per, upper),
})

const standardWords = (standard: Request['standard']): { name: Bilingual; source: string } =>
  standard.kind === 'table'
    ? {
        name: {
          nl: 'Standaard: alle mensen in de tabel samen.',
          en: 'Standard: everybody in the table together.',
        },
        source: 'the table itself',
      }
    : {
        name: { nl: 'Standaard: opgegeven gewichten.', en: 'Standard: weights as given.' },
        source: standard.source,
      }
