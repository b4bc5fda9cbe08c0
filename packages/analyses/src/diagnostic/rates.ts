/**
 * Rates of groups and how they compare.
 * @module
 */

import { whereWords } from '../descriptive/where.ts'
import { normalWidth } from '../distributions.ts'
import { eachOnce, type Made, type Tables, tableAt } from '../making.ts'
import { AnalysisError, refuseUnless } from '../problems.ts'
import type { RequestOf } from '../request.ts'
import { type Estimate, shown, shownEstimate } from '../shown.ts'
import { asNumber, asPercent, asPoints, inBoth, limitsWritten, written } from '../words.ts'
import { differenceOf, type Group, shareOf } from './proportions.ts'
import { oddsRatio, riskRatio } from './ratios.ts'

export function rates(tables: Tables, request: RequestOf<'rates'>): Made {
  const table = tableAt(tables, request.table)
  const { by, outcome, within, confidence } = request
  eachOnce([by.dimension, outcome.dimension, ...Object.keys(within)])
  const { label, of } = table.outcome(outcome)
  const [at, axis, width] = [table.place(within), table.axis(by.dimension), normalWidth(confidence)]
  const groups = table.categories(by).chosen.map((category) => ({ ...category, ...of(at.with(axis, category.node)) }))
  const known = groups.filter(({ population }) => population.low > 0)
  refuseUnless(known.length > 0, 'group_may_be_empty')
  const reference = request.reference === undefined ? known[0] : known.find(({ code }) => code === request.reference)
  if (!reference) {
    refuseUnless(
      groups.some(({ code }) => code === request.reference),
      'category_unknown',
    )
    throw new AnalysisError('group_may_be_empty')
  }
  const compared = (group: Group) => ({
    difference: differenceOf(group, reference, width),
    riskRatio: riskRatio(group, reference, width),
    oddsRatio: oddsRatio(group, reference, width),
  })
  const rows = known.map((group) => ({
    ...group,
    rate: shareOf(group, width),
    against: group.code === reference.code ? undefined : compared(group),
  }))
  const variable = table.label(by.dimension)
  const where = whereWords(table, within)
  const percent = confidence * 100
  return {
    kind: 'diagnostic',
    question: {
      nl: `Welk deel van de ${table.answer.population.nl}${where.nl} heeft ${table.label(outcome.dimension).nl}: ${label.nl}, en hoe verschilt dat naar ${variable.nl}?`,
      en: `Which part of the ${table.answer.population.en}${where.en} has ${table.label(outcome.dimension).en}: ${label.en}, and how does that differ by ${variable.en}?`,
    },
    methods: methods(percent),
    assumptions: [
      {
        nl: 'De groepen worden gezien als een steekproef uit wat had kunnen gebeuren: de marges zeggen hoeveel toeval kan verschuiven.',
        en: 'The groups are taken as a sample of what might have happened: the margins say how much chance can shift.',
      },
      { nl: 'De groepen overlappen niet.', en: 'The groups do not overlap.' },
    ],
    limits: [
      {
        nl: 'Een verschil tussen groepen is geen oorzaak: de groepen kunnen ook in andere dingen verschillen.',
        en: 'A difference between groups is no cause: the groups may differ in other things too.',
      },
    ],
    result: {
      confidence,
      outcome: label,
      reference: reference.code,
      groups: rows.map(({ code, label: name, cases, population, rate, against }) => ({
        code,
        label: name,
        cases: shown(cases),
        population: shown(population),
        rate: shownEstimate(rate),
        ...(against && {
          difference: shownEstimate(against.difference),
          riskRatio: shownEstimate(against.riskRatio),
          oddsRatio: shownEstimate(against.oddsRatio),
        }),
      })),
      leftOut: groups
        .filter(({ population }) => population.low === 0)
        .map(({ code, label: name }) => ({ code, label: name, because: 'group_may_be_empty' })),
    },
    findings: rows.map(({ label: name, rate, against }) =>
      inBoth((language) => {
        const own = `${written(rate.value, asPercent, language)} (${limitsWritten(rate.lower, rate.upper, asPercent, language)})`
        if (!against)
          return {
            nl: `${name.nl}: ${own}, met een marge van ${percent}%. Met deze groep worden de andere vergeleken.`,
            en: `${name.en}: ${own}, with a ${percent}% margin. The others are compared with this group.`,
          }[language]
        const points = written(against.difference.value, asPoints, language)
        const ratio = written(against.riskRatio.value, asNumber, language)
        const verdict = verdictOf(against.difference)[language]
        return {
          nl: `${name.nl}: ${own}. Het verschil met ${reference.label.nl} is ${points}; het aandeel is ${ratio} keer zo groot. ${verdict}`,
          en: `${name.en}: ${own}. The difference with ${reference.label.en} is ${points}; the share is ${ratio} times as large. ${verdict}`,
        }[language]
      }),
    ),
  }
}

/** Whether chance alone explains a difference: certain only where all that withheld cells can be say the same. */
function verdictOf({ lower, upper }: Estimate): { nl: string; en: string } {
  if (lower.low > 0 || upper.high < 0)
    return { nl: 'Toeval verklaart dit verschil niet.', en: 'Chance does not explain this difference.' }
  if (lower.high <= 0 && upper.low >= 0)
    return { nl: 'Dit verschil kan toeval zijn.', en: 'This difference may be chance.' }
  return {
    nl: 'Of dit verschil toeval kan zijn, staat niet vast: daarvoor is te veel onderdrukt.',
    en: 'Whether this difference may be chance is not certain: too much is withheld for that.',
  }
}

const methods = (percent: number): Made['methods'] => [
  {
    name: {
      nl: `Aandeel met ${percent}%-marge: scoremethode van Wilson, zonder continuïteitscorrectie.`,
      en: `Share with ${percent}% margin: Wilson's score method, without continuity correction.`,
    },
    source: 'Wilson, JASA 22 (1927) 209; Newcombe, Statistics in Medicine 17 (1998) 857',
  },
  {
    name: {
      nl: 'Verschil van aandelen: methode 10 van Newcombe, uit de scoremarges van beide aandelen.',
      en: "Difference of shares: Newcombe's method 10, from the score limits of both shares.",
    },
    source: 'Newcombe, Statistics in Medicine 17 (1998) 873',
  },
  {
    name: {
      nl: 'Verhouding van aandelen (relatief risico): logaritmische methode. Is een van beide aantallen gevallen nul, dan telt bij alle vier de aantallen een half.',
      en: 'Ratio of shares (risk ratio): logarithmic method. If either number of cases is zero, one half is added to all four counts.',
    },
    source: 'Katz et al., Biometrics 34 (1978) 469; Haldane (1956), Anscombe (1956)',
  },
  {
    name: {
      nl: 'Odds ratio: logaritmische methode. Is een van de vier aantallen nul, dan telt bij alle vier een half.',
      en: 'Odds ratio: logarithmic method. If one of the four counts is zero, one half is added to all four.',
    },
    source: 'Woolf, Annals of Human Genetics 19 (1955) 251; Haldane (1956), Anscombe (1956)',
  },
]
