/**
 * Questions that were not asked before: counted, protected as one system next to everything that bears on them, and laid out.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { type CellState, modeText, type Outcome } from '@kruispunt/disclosure'
import type { AskDeps } from './ask-deps.ts'
import { type AtHand, type Questions, takeInHand } from './at-hand.ts'
import { countSums, tableBeside } from './count-sums.ts'
import { adviceBesideSums, adviceToOpenAll, adviceWithoutSums, explained, ofTable, plain } from './explanation.ts'
import type { LedgerAnswer } from './ledger.ts'
import { makeInexactAnswer } from './make-inexact-answer.ts'
import type { OpenJob } from './open-job.ts'
import { JobError } from './problems.ts'
import type { Protected, ProtectOrder } from './protect-process.ts'
import { remembered } from './remembered.ts'
import { shownSums } from './shown-sums.ts'
import { rememberedSums, sumsQuestion } from './sums-question.ts'

/** How long disclosure control may work on one table, and on all that are asked at once. */
const protectMs = 20_000
const protectAllMs = 90_000
/** Work that goes into showing more of a table once an answer is safe; somebody is waiting for it. */
const improveMs = 150

/**
 * @param answers - every answer under the agreement
 * @returns one for each question, in their order; all of them or none
 * @throws {@link JobError} `not_protectable`, with advice; `privacy_budget_spent`
 */
export async function makeAnswers(
  job: OpenJob,
  questions: Questions,
  answers: readonly LedgerAnswer[],
  deps: AskDeps,
): Promise<readonly LedgerAnswer[]> {
  const mode = questions[0].population.population.answers ?? { kind: 'suppression' }
  if (mode.kind !== 'suppression') {
    const made: LedgerAnswer[] = []
    for (const question of questions)
      made.push(await makeInexactAnswer(job, question, mode, [...answers, ...made], deps))
    return made
  }
  const atHand = await takeInHand(job, questions, answers, deps)
  const order = await orderOf(job, atHand, deps)
  return layOut(job, atHand, await deps.protect(order), deps)
}

/** @throws {@link JobError} `not_protectable` if sums were shown and the job cannot judge counts beside them */
async function orderOf(job: OpenJob, atHand: AtHand, { ledgerSecret }: AskDeps): Promise<ProtectOrder> {
  const { plan } = job
  const { asked, rules, facts, earlier, bearing, people } = atHand
  const [{ question, whole, table }] = asked
  const shown = shownSums(plan, atHand)
  if (shown === 'unknown') throw new JobError('not_protectable', { advice: adviceToOpenAll })
  const measures = []
  for (const measure of question.measures)
    measures.push({ asked: measure, cells: await countSums(job, question, measure, tableBeside(whole).cells, rules) })
  return {
    question: {
      tables: asked.map((each) => each.table),
      earlier: [...facts, ...earlier],
      ...(people ? { whole: people } : {}),
      ...(shown ? { beside: shown } : {}),
      rules,
      secret: ledgerSecret,
      improveMs: improveMs * asked.length,
    },
    ...(measures.length > 0 ? { sums: sumsQuestion(tableBeside(table), measures, bearing, facts) } : {}),
    withinMs: Math.min(protectMs * asked.length, protectAllMs),
  }
}

type Answered = Extract<Outcome, { outcome: 'answered' }>

/** @throws {@link JobError} `not_protectable` if any may not be shown: the others were judged beside it */
function layOut(
  { plan }: OpenJob,
  { asked, rules, bearing }: AtHand,
  { outcomes, sums }: Protected,
  deps: AskDeps,
): LedgerAnswer[] {
  const advice: Bilingual[] = []
  const answered = asked.flatMap(({ question, whole, table, rest }, at) => {
    const outcome = outcomes[at]
    if (!outcome) throw new Error('a table without an outcome')
    const besides = bearing.length + asked.length - 1
    const words = explained(plan, question, table.axes, outcome, rules, table.structuralZeros?.length ?? 0, besides)
    if (outcome.outcome === 'answered') return [{ question, whole, rest, outcome: outcome as Answered, words }]
    if (outcome.beside === 'sums') {
      deps.log.info({ lab: plan.lab, code: outcome.code }, 'table refused beside sums')
      throw new JobError('not_protectable', { advice: adviceBesideSums })
    }
    deps.log.info({ lab: plan.lab, code: outcome.code }, 'table refused')
    advice.push(...(asked.length === 1 ? words.refusal : ofTable(at + 1, words.refusal)))
    return []
  })
  if (answered.length < asked.length) throw new JobError('not_protectable', { advice })
  return answered.map(({ question, whole, rest, outcome, words }) => {
    const given = sums.map((each) => {
      if (each.outcome === 'answered') return rememberedSums(each, rest)
      deps.log.info({ lab: plan.lab, code: each.code }, 'sums refused')
      throw new JobError('not_protectable', { advice: adviceWithoutSums })
    })
    const cells = outcome.cells.map((cell): CellState => ({ ...cell, at: [...cell.at, ...rest] }))
    const told = {
      minimum: rules.minimum,
      mode: 'suppression',
      exactness: plain(modeText({ kind: 'suppression' }).exactness),
      explanation: words.answer,
      rules: words.rules,
    } as const
    const { certificate } = outcome
    return remembered(plan, question, { table: whole, cells, sums: given, told, certificate }, deps.now())
  })
}
