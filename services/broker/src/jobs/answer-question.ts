/**
 * Questions to an open job, from the agreement's rules to answers on record. Runs one at a time per lab: the answer to one
 * is a fact that the next is checked against. Tables asked at once are one question here.
 * @module
 */
import type { CrossTabAnswer, CrossTabRequest, JobView } from '@kruispunt/contracts'
import { handedOver } from './answer.ts'
import type { AskDeps } from './ask-deps.ts'
import { deliveriesOf, sameDeliveries } from './earlier-answers.ts'
import type { JobPlan } from './job-plan.ts'
import type { LedgerAnswer, LedgerScope } from './ledger.ts'
import { makeAnswers } from './make-answers.ts'
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

/** `remembered` is on record; `answer` is the same laid out as asked. */
export type Given = { readonly remembered: CrossTabAnswer; readonly answer: CrossTabAnswer }

/**
 * @param asked - one question, or several that are answered as one system: all of them, or none
 * @returns one for each, in their order
 * @throws {@link JobError}
 */
export async function answerQuestions(
  job: OpenJob,
  asked: readonly CrossTabRequest[],
  deps: AskDeps,
): Promise<readonly Given[]> {
  const { plan } = job
  const checked = asked.map((request) => ({ request, question: checkQuestion(plan, request) }))
  requireLinked(checked.map(({ question }) => question))
  const scope = scopeOf(plan)
  const onRecord = new Map<string, CrossTabAnswer>()
  for (const { question } of checked) {
    const known = deps.ledger.find(scope, plan.release, question.tableHash)
    if (known) onRecord.set(question.tableHash, known.answer)
  }
  // A table turned round is the same one: it is made once.
  const fresh = new Map(checked.map(({ question }) => [question.tableHash, question]))
  for (const known of onRecord.keys()) fresh.delete(known)
  const [first, ...more] = fresh.values()
  if (first) {
    const questions = [first, ...more] as const
    const answers = deps.ledger.answers(scope)
    requireBudget(plan, answers, questions)
    const made = await makeAnswers(job, questions, answers, deps)
    // Other processes write to the same ledger: what was true before counting is checked once more as it is recorded.
    deps.ledger.record(scope, made, (sofar) => {
      requireBudget(plan, sofar, questions)
      if (sofar.length !== answers.length) throw new Error('another process answered a question in between')
    })
    for (const { tableHash, answer } of made) onRecord.set(tableHash, answer)
  }
  const left = questionsLeft(plan, deps.ledger.answers(scope))
  return checked.map(({ request, question }) => {
    const remembered = onRecord.get(question.tableHash)
    if (!remembered) throw new Error('a question without an answer')
    return { remembered, answer: handedOver(remembered, request, left) }
  })
}

/** Tables asked at once are one system only if they count the same units, in the same way. */
function requireLinked(questions: readonly CheckedQuestion[]): void {
  const kinds = questions.map(
    ({ population: { ledgerKey, population } }) => `${ledgerKey} ${JSON.stringify(population.answers ?? null)}`,
  )
  refuseUnless(new Set(kinds).size <= 1, 'tables_not_linked')
  refuseUnless(
    questions.length === 1 || questions.every(({ measures }) => measures.length === 0),
    'measure_not_allowed',
  )
}

/** Each table that was not answered over these deliveries takes one. */
function requireBudget(plan: JobPlan, answers: readonly LedgerAnswer[], questions: readonly CheckedQuestion[]): void {
  const own = { deliveries: deliveriesOf(plan) }
  const isNew = ({ tableHash }: CheckedQuestion) =>
    !answers.some((answer) => answer.tableHash === tableHash && sameDeliveries(answer, own))
  refuseUnless(questions.filter(isNew).length <= questionsLeft(plan, answers), 'question_budget_spent')
}
