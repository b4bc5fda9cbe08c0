/**
 * Remembered answers counted again in an open job. The ledger keeps no count that was withheld; where the job has the
 * same columns of the same deliveries open, the auditor need not guess them.
 * @module
 */
import type { Rules, SumCell, TrueCell } from '@kruispunt/disclosure'
import { countSums, tableBeside } from './count-sums.ts'
import { allAxes, countTable } from './count-table.ts'
import type { LedgerAnswer } from './ledger.ts'
import type { OpenJob } from './open-job.ts'
import { JobError } from './problems.ts'
import { asRequest, type CheckedQuestion, checkQuestion } from './question.ts'

export type Recounted = {
  readonly cells: readonly TrueCell[] | undefined
  /** By measure. */
  readonly sums: ReadonlyMap<string, readonly SumCell[]>
}

/** Kept as long as the job, in its memory. */
const counted = new WeakMap<OpenJob, Map<LedgerAnswer['answer']['resultSha256'], Recounted>>()

/** @returns true cells of the answer's table, and its sums, as far as the job has them open */
export async function recount(job: OpenJob, answer: LedgerAnswer, rules: Pick<Rules, 'dominance'>): Promise<Recounted> {
  const known = counted.get(job) ?? new Map<string, Recounted>()
  counted.set(job, known)
  const { resultSha256 } = answer.answer
  const found = known.get(resultSha256) ?? (await count(job, answer, rules))
  known.set(resultSha256, found)
  return found
}

async function count(job: OpenJob, answer: LedgerAnswer, rules: Pick<Rules, 'dominance'>): Promise<Recounted> {
  const { measures: _, ...counts } = answer.question
  const question = tryQuestion(job, counts)
  // Names carry the delivery: the same variables of another one are another table, which need not be counted to be told apart.
  const names = question && allAxes(question).map(({ dimension }) => dimension)
  const isSame = names?.join() === answer.table.axes.map(({ dimension }) => dimension).join()
  const sums = new Map<string, readonly SumCell[]>()
  if (!question || !isSame) return { cells: undefined, sums }
  const table = await countTable(job, question)
  for (const { measure: id } of answer.sums) {
    const asked = tryQuestion(job, { ...counts, measures: [id] })
    const measure = asked?.measures[0]
    if (asked && measure) sums.set(id, await countSums(job, asked, measure, tableBeside(table).cells, rules))
  }
  return { cells: table.cells, sums }
}

/** `undefined` where the job has not all of it open. */
function tryQuestion(job: OpenJob, question: LedgerAnswer['question']): CheckedQuestion | undefined {
  try {
    return checkQuestion(job.plan, asRequest(question))
  } catch (error) {
    if (error instanceof JobError) return undefined
    throw error
  }
}
