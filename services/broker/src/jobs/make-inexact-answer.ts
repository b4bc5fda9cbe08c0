/**
 * A question that was not asked before, about a population whose counts carry errors: counted, and given its errors. Nothing of it
 * bears on other answers, nor they on it: the agreement answers populations that overlap in one way.
 * @module
 */
import type { Population } from '@kruispunt/contracts'
import type { AskDeps } from './ask-deps.ts'
import { countTable } from './count-table.ts'
import { deliveriesOf, sourcesOf } from './earlier-answers.ts'
import { plain } from './explanation.ts'
import { inexactCells } from './inexact-cells.ts'
import type { LedgerAnswer } from './ledger.ts'
import type { OpenJob } from './open-job.ts'
import { requirePrivacyBudget } from './privacy-budget.ts'
import type { CheckedQuestion } from './question.ts'
import { remembered } from './remembered.ts'
import { rulesFor } from './rules.ts'

/**
 * @param answers - every answer under the agreement
 * @throws JobError `privacy_budget_spent`, `not_protectable`
 */
export async function makeInexactAnswer(
  job: OpenJob,
  question: CheckedQuestion,
  mode: Exclude<NonNullable<Population['answers']>, { kind: 'suppression' }>,
  answers: readonly LedgerAnswer[],
  deps: AskDeps,
): Promise<LedgerAnswer> {
  const { plan } = job
  const { population } = question
  if (mode.kind === 'differential-privacy') requirePrivacyBudget(population.unit, mode, answers)
  const table = await countTable(job, question)
  const own = { release: plan.release, deliveries: deliveriesOf(plan) }
  const sources = new Set(sourcesOf(table.axes, own))
  const shows = deps.deliveries.filter(({ extract }) => sources.has(extract.extractId))
  const { minimum } = rulesFor(
    plan,
    shows.map(({ dataset }) => dataset),
  )
  // Variables carry their delivery, so that a request for fewer deliveries finds the same keys.
  const source = { secret: deps.ledgerSecret, release: plan.agreementId }
  const { cells, certificate, words } = inexactCells(table, mode, source, minimum)
  const told = {
    minimum: mode.kind === 'cell-key' ? minimum : 0,
    mode: mode.kind,
    exactness: plain(words.exactness),
    explanation: words.use.map(plain),
    rules: [],
  }
  return remembered(plan, question, { table, cells, sums: [], told, certificate }, deps.now())
}
