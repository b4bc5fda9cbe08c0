/**
 * One question to an open job, from the agreement's rules to an answer on record. Runs one at a time per lab: the answer
 * to one question is a fact that the next is checked against.
 * @module
 */
import type { CrossTabAnswer, CrossTabRequest, JobView } from '@kruispunt/contracts'
import { handedOver } from './answer.ts'
import type { AskDeps } from './ask-deps.ts'
import { deliveriesOf, sameDeliveries } from './earlier-answers.ts'
import type { JobPlan } from './job-plan.ts'
import type { LedgerAnswer, LedgerScope } from './ledger.ts'
import { makeAnswer } from './make-answer.ts'
import type { OpenJob } from './open-job.ts'
import { privacyBudgets } from './privacy-budget.ts'
import { refuseUnless } from './problems.ts'
import { type CheckedQuestion, checkQuestion } from './question.ts'

export const scopeOf = ({ lab, agreementId }: JobPlan): LedgerScope => ({ lab, agreement: agreementId })

/** What may still be asked. */
export const budgetsLeft = (
  plan: JobPlan,
  answers: readonly LedgerAnswer[],
): Pick<JobView, 'questionsLeft' | 'privacyBudgets'> => ({
  questionsLeft: questionsLeft(plan, answers),
  privacyBudgets: privacyBudgets(plan, answers),
})

/** Different questions that were answered over these deliveries, or over some of them. */
function questionsLeft(plan: JobPlan, answers: readonly LedgerAnswer[]): number {
  const same = answers.filter((answer) => sameDeliveries(answer, { deliveries: deliveriesOf(plan) }))
  const spent = new Set(same.map(({ tableHash }) => tableHash)).size
  return Math.max(0, plan.agreement.disclosure.questionBudget - spent)
}

/**
 * @returns the remembered answer, and the same laid out as asked
 * @throws {@link JobError}
 */
export async function answerQuestion(
  job: OpenJob,
  asked: CrossTabRequest,
  deps: AskDeps,
): Promise<{ readonly remembered: CrossTabAnswer; readonly answer: CrossTabAnswer }> {
  const { plan } = job
  const question = checkQuestion(plan, asked)
  const scope = scopeOf(plan)
  const give = (remembered: CrossTabAnswer) => ({
    remembered,
    answer: handedOver(remembered, asked, questionsLeft(plan, deps.ledger.answers(scope))),
  })
  const known = deps.ledger.find(scope, plan.release, question.tableHash)
  if (known) return give(known.answer)

  const answers = deps.ledger.answers(scope)
  requireBudget(plan, answers, question)
  const made = await makeAnswer(job, question, answers, deps)
  // Other processes write to the same ledger: what was true before counting is checked once more as it is recorded.
  deps.ledger.record(scope, made, (sofar) => {
    requireBudget(plan, sofar, question)
    if (sofar.length !== answers.length) throw new Error('another process answered a question in between')
  })
  return give(made.answer)
}

function requireBudget(plan: JobPlan, answers: readonly LedgerAnswer[], { tableHash }: CheckedQuestion): void {
  const again = answers.some(
    (answer) => answer.tableHash === tableHash && sameDeliveries(answer, { deliveries: deliveriesOf(plan) }),
  )
  refuseUnless(again || questionsLeft(plan, answers) > 0, 'question_budget_spent')
}
