/**
 * What the ledger keeps of a question that was answered.
 * @module
 */
import type { CellState, TrueTable } from '@kruispunt/disclosure'
import { sealed } from './answer.ts'
import { composeAnswer, type Told } from './compose-answer.ts'
import { deliveriesOf } from './earlier-answers.ts'
import type { JobPlan } from './job-plan.ts'
import type { LedgerAnswer, LedgerSums } from './ledger.ts'
import type { CheckedQuestion } from './question.ts'

/** What was decided about a table, and what is said with it. */
export type Decided = {
  readonly table: TrueTable
  /** Of `table`: every position whole. */
  readonly cells: readonly CellState[]
  readonly sums: readonly LedgerSums[]
  readonly told: Told
  readonly certificate: LedgerAnswer['certificate']
}

/** @param created - milliseconds since 1970 */
export function remembered(
  plan: JobPlan,
  question: CheckedQuestion,
  { table, cells, sums, told, certificate }: Decided,
  created: number,
): LedgerAnswer {
  return {
    release: plan.release,
    deliveries: deliveriesOf(plan),
    population: question.population.population.id,
    tableHash: question.tableHash,
    question: question.canonical,
    // Members are named, not spread: the true counts stay behind.
    table: {
      population: table.population,
      unit: table.unit,
      axes: table.axes,
      cells,
      structuralZeros: table.structuralZeros ?? [],
    },
    sums,
    answer: sealed(composeAnswer(plan, question, cells, sums, told)),
    certificate,
    created,
  }
}
