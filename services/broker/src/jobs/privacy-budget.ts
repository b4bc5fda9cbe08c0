/**
 * What answers with noise have cost, and how many more there may be. Populations of one unit overlap, and a new delivery is about
 * the same people: one account holds all answers about a unit, for as long as the agreement runs.
 * @module
 */
import type { JobView, Population } from '@kruispunt/contracts'
import {
  answersLeft,
  costOf,
  epsilonFrom,
  epsilonSpent,
  nothingSpent,
  type PrivacyCost,
  privacyBudget,
  spend,
} from '@kruispunt/disclosure'
import type { JobPlan } from './job-plan.ts'
import type { LedgerAnswer } from './ledger.ts'
import { refuseUnless } from './problems.ts'

type Noise = Extract<NonNullable<Population['answers']>, { kind: 'differential-privacy' }>

const spentOn = (unit: Population['unit'], answers: readonly LedgerAnswer[]): PrivacyCost =>
  answers.reduce((sum, { table, certificate }) => {
    if (table.unit !== unit || !('cost' in certificate)) return sum
    const { cost } = certificate
    return {
      nanoEpsilon: sum.nanoEpsilon + cost.nanoEpsilon,
      nanoRho: sum.nanoRho + cost.nanoRho,
      attoDelta: sum.attoDelta + cost.attoDelta,
    }
  }, nothingSpent)

const accountOf = ({ epsilon, delta, epsilonPerTable }: Noise) => {
  const each = epsilonFrom(Number(epsilonPerTable))
  const guarantee = { epsilon: Number(epsilon), delta: Number(delta), epsilonPerAnswer: each }
  return { budget: privacyBudget(guarantee), cost: costOf(each) }
}

/** @throws JobError `privacy_budget_spent`; to be asked before any noise is drawn */
export function requirePrivacyBudget(unit: Population['unit'], noise: Noise, answers: readonly LedgerAnswer[]): void {
  const { budget, cost } = accountOf(noise)
  refuseUnless(spend(budget, spentOn(unit, answers), cost).outcome === 'spent', 'privacy_budget_spent')
}

/** For each population that is answered with noise: what is left before anybody asks. */
export const privacyBudgets = ({ agreement }: JobPlan, answers: readonly LedgerAnswer[]): JobView['privacyBudgets'] =>
  agreement.populations.flatMap(({ id, unit, answers: mode }) => {
    if (mode?.kind !== 'differential-privacy') return []
    const { budget, cost } = accountOf(mode)
    const spent = spentOn(unit, answers)
    return [
      {
        population: id,
        answersLeft: answersLeft(budget, spent, cost),
        epsilon: Number(mode.epsilon),
        // To three digits, upwards: for telling, not for deciding.
        spent: Math.ceil(epsilonSpent(spent, Number(mode.delta)) * 1000) / 1000,
      },
    ]
  })
