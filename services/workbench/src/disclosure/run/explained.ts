/**
 * The explanation that goes with an answer or a refusal.
 * @module
 */
import { explainAnswer, type Outcome, type TrueTable } from '@kruispunt/disclosure'
import type { Policy } from '../input/policy.ts'

export type Explaining = { readonly policy: Policy; readonly table: TrueTable; readonly outcome: Outcome }

/** In both languages, each a list of sentences. The auditor wrote the policy, so its parameters may be named. */
export function explained({ policy, table, outcome }: Explaining) {
  const { rules } = policy
  const owners = table.axes.flatMap(({ owner }) => owner ?? [])
  const holders = table.cells.flatMap(({ byParty }) => Object.keys(byParty))
  const {
    summary,
    rules: applied,
    states,
    advice,
  } = explainAnswer({
    unit: table.unit,
    axes: table.axes,
    outcome,
    rules,
    parties: [...new Set([...owners, ...holders])].sort(),
    structuralZeros: table.structuralZeros?.length ?? 0,
    withParameters: true,
  })
  const inLanguage = (language: 'nl' | 'en') => ({
    summary: summary[language],
    rules: applied.map((words) => words[language]),
    states: {
      withheld: states.withheld[language],
      zero: states.zero[language],
      ...(table.structuralZeros?.length ? { structural: states.structural[language] } : {}),
    },
    advice: advice.map((words) => words[language]),
  })
  return { nl: inLanguage('nl'), en: inLanguage('en') }
}

/** A refusal by disclosure control: its code, why, and what would help. */
export function refusal(explaining: Explaining & { readonly outcome: Extract<Outcome, { outcome: 'refused' }> }) {
  const { nl, en } = explained(explaining)
  const { code, advice } = explaining.outcome
  const words = ({ summary, advice: [remedy, ...more] }: typeof nl) => ({ reason: summary, remedy, advice: more })
  return { outcome: 'refused', code, advice, nl: words(nl), en: words(en) }
}
