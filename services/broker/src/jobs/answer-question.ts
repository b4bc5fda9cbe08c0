/**
 * One question to an open job, from the agreement's rules to an answer on record. Runs one at a time per lab: the answer
 * to one question is a fact that the next is checked against.
 * @module
 */
import type { AgreementDocument, CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { type CellState, defaultRules, type EarlierTable, type Rules } from '@kruispunt/disclosure'
import type { DisplayedLinkageReport } from '@kruispunt/linkage/broker'
import { adviceTexts } from './advice.ts'
import { handedOver, sealed } from './answer.ts'
import { composeAnswer } from './compose-answer.ts'
import { countTable } from './count-table.ts'
import { connected, sameDeliveries, sourcesOf } from './earlier-answers.ts'
import type { Delivery, JobPlan } from './job-plan.ts'
import { knownFacts } from './known-facts.ts'
import type { LedgerAnswer, LedgerScope, LedgerStore } from './ledger.ts'
import type { OpenJob } from './open-job.ts'
import { JobError, refuseUnless } from './problems.ts'
import type { Protector } from './protector.ts'
import { type CheckedQuestion, checkQuestion } from './question.ts'
import { recount } from './recount.ts'
import { withoutShared } from './shared-condition.ts'
import { conditionsOf } from './table-conditions.ts'
import type { JobLog } from './types.ts'

/** How long disclosure control may work on one table. */
const protectMs = 20_000

export type AskDeps = {
  readonly now: () => number
  readonly ledger: LedgerStore
  readonly ledgerSecret: Uint8Array
  readonly protect: Protector['protect']
  readonly log: JobLog
  /** Every delivery under the agreement. */
  readonly deliveries: readonly Delivery[]
  /** The linkage report as anybody may see it. */
  readonly shown: DisplayedLinkageReport
}

export const scopeOf = ({ lab, agreementId }: JobPlan): LedgerScope => ({ lab, agreement: agreementId })

const deliveriesOf = (plan: JobPlan): LedgerAnswer['deliveries'] =>
  plan.extracts.map(({ extract, dataset }) => ({ dataset: dataset.id, extractId: extract.extractId }))

/** Different questions that were answered over these deliveries, or over some of them. */
export function questionsLeft(plan: JobPlan, answers: readonly LedgerAnswer[]): number {
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

async function makeAnswer(
  job: OpenJob,
  question: CheckedQuestion,
  answers: readonly LedgerAnswer[],
  deps: AskDeps,
): Promise<LedgerAnswer> {
  const { plan } = job
  const { population } = question
  const table = await countTable(job, question)
  const bearing = connected(
    answers.filter((answer) => answer.table.population === population.ledgerKey),
    sourcesOf(table.axes, { release: plan.release, deliveries: deliveriesOf(plan) }),
  )
  const earlier: EarlierTable[] = []
  for (const answer of bearing) {
    const cells = await recount(job, answer)
    earlier.push(cells ? { ...answer.table, recounted: cells } : answer.table)
  }
  const sources = new Set<string>([
    ...sourcesOf(table.axes, { release: plan.release, deliveries: deliveriesOf(plan) }),
    ...bearing.flatMap((answer) => sourcesOf(answer.table.axes, answer)),
  ])
  const said = withoutShared({ table, earlier }, conditionsOf(plan, population, sources, deps.shown))
  const releases = [{ release: plan.release, deliveries: deliveriesOf(plan) }, ...bearing].map(
    ({ release, deliveries }) => [release, deliveries.map(({ extractId }) => extractId)] as const,
  )
  const facts = knownFacts(
    {
      plan,
      population,
      deliveries: deps.deliveries,
      releases: new Map(releases),
      shown: deps.shown,
      shared: said.shared,
    },
    [said.table.axes, ...said.earlier.map(({ axes }) => axes)],
  )
  const outcome = await deps.protect({
    question: {
      table: said.table,
      earlier: [...facts, ...said.earlier],
      rules: rulesOf(plan.agreement),
      secret: deps.ledgerSecret,
    },
    withinMs: protectMs,
  })
  const advice = adviceTexts(outcome.advice, question)
  if (outcome.outcome === 'refused') {
    deps.log.info({ lab: plan.lab, code: outcome.code }, 'table refused')
    throw new JobError('not_protectable', { advice })
  }
  const { certificate } = outcome
  // The condition's axis has one node, and is the last.
  const rest = table.axes.slice(said.table.axes.length).map(() => 0)
  const cells = outcome.cells.map((cell): CellState => ({ ...cell, at: [...cell.at, ...rest] }))
  return {
    release: plan.release,
    deliveries: deliveriesOf(plan),
    population: population.population.id,
    tableHash: question.tableHash,
    question: question.canonical,
    table: {
      population: table.population,
      unit: table.unit,
      axes: table.axes,
      cells,
      structuralZeros: table.structuralZeros ?? [],
    },
    answer: sealed(composeAnswer(plan, question, cells, advice)),
    certificate,
    created: deps.now(),
  }
}

/** The agreement's rules; what it leaves open is as disclosure control has it. */
function rulesOf({ disclosure }: AgreementDocument): Rules {
  const { minimum, groupSharePercent, zeros, insider, coalition } = disclosure
  return {
    ...defaultRules,
    minimum,
    groupShare: groupSharePercent / 100,
    zeros: zeros === 'protect-all' ? 'protect' : zeros,
    insider,
    coalition,
  }
}
