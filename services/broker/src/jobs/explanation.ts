/**
 * Which rules a table was held against and what would show more, in the words of the agreement.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { type Axis, explainAnswer, type Outcome, type Rules } from '@kruispunt/disclosure'
import type { JobPlan } from './job-plan.ts'
import type { CheckedQuestion } from './question.ts'

/** As the contract has it: a text of disclosure control may carry more. */
export const plain = ({ nl, en }: Bilingual): Bilingual => ({ nl, en })

/**
 * @param axes - as disclosure control saw them; those of the question come first
 * @param earlier - answers that this one was checked with; the certificate counts what everybody knows as well
 * @returns `answer`: summary and advice; `rules`: what it was held against; `refusal`: advice alone
 */
export function explained(
  { agreement }: JobPlan,
  question: CheckedQuestion,
  axes: readonly Axis[],
  outcome: Outcome,
  rules: Rules,
  structuralZeros: number,
  earlier: number,
): { readonly answer: Bilingual[]; readonly rules: Bilingual[]; readonly refusal: Bilingual[] } {
  const shown = new Map(question.axes.map((axis) => [axis.variable.name, axis]))
  const {
    summary,
    rules: applied,
    advice,
  } = explainAnswer({
    unit: question.population.unit,
    axes: axes.slice(0, question.axes.length),
    outcome:
      outcome.outcome === 'answered'
        ? { ...outcome, certificate: { ...outcome.certificate, earlierTables: earlier } }
        : outcome,
    rules,
    parties: agreement.parties.map(({ id }) => id),
    structuralZeros,
    labels: {
      dimension: (name) => shown.get(name)?.variable.label,
      category: (name, code) => shown.get(name)?.nodes.find((node) => node.code === code)?.label,
    },
    // Partners sign the rules; who is shown an answer need not have read them.
    withParameters: false,
  })
  return { answer: [summary, ...advice].map(plain), rules: applied.map(plain), refusal: advice.map(plain) }
}

/** What helps when the counts may be shown and the sums may not. */
export const adviceWithoutSums: readonly Bilingual[] = [
  { nl: 'Vraag de tabel zonder bedragen of hoeveelheden.', en: 'Ask the table without amounts.' },
]

/** What helps when sums that were shown before would give counts away. */
export const adviceBesideSums: readonly Bilingual[] = [
  {
    nl: 'Samen met bedragen of hoeveelheden die al zijn getoond, zou deze tabel kleine aantallen verraden. Kies grovere categorieën of minder kenmerken.',
    en: 'Together with amounts that were shown before, this table would give small counts away. Choose coarser categories or fewer variables.',
  },
]
/** What helps when the job has too little open to judge that. */
export const adviceToOpenAll: readonly Bilingual[] = [
  {
    nl: 'Er zijn al bedragen of hoeveelheden getoond. Open een analysetaak met alle kenmerken, dan is te beoordelen of deze tabel erbij kan.',
    en: 'Amounts were shown before. Open a job with all variables, so that it can be judged whether this table can stand beside them.',
  },
]

/** Of tables asked at once, which one the advice is about. @param number - from 1 */
export const ofTable = (number: number, advice: readonly Bilingual[]): Bilingual[] => [
  {
    nl: `Tabel ${number} kan niet samen met de andere worden getoond, en dan geen van alle.`,
    en: `Table ${number} cannot be shown together with the others, so none of them is.`,
  },
  ...advice,
]
