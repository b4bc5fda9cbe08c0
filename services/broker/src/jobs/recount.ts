/**
 * Remembered answers counted again in an open job. The ledger keeps no count that was withheld; where the job has the
 * same columns of the same deliveries open, the auditor need not guess them.
 * @module
 */
import type { TrueCell } from '@kruispunt/disclosure'
import { countTable } from './count-table.ts'
import type { LedgerAnswer } from './ledger.ts'
import type { OpenJob } from './open-job.ts'
import { JobError } from './problems.ts'
import { asRequest, checkQuestion } from './question.ts'

/** Kept as long as the job, in its memory. */
const counted = new WeakMap<OpenJob, Map<LedgerAnswer['answer']['resultSha256'], readonly TrueCell[] | undefined>>()

/** @returns true cells of the answer's table; `undefined` if the job has not all of it open */
export async function recount(job: OpenJob, answer: LedgerAnswer): Promise<readonly TrueCell[] | undefined> {
  const known = counted.get(job) ?? new Map<string, readonly TrueCell[] | undefined>()
  counted.set(job, known)
  const { resultSha256 } = answer.answer
  if (!known.has(resultSha256)) known.set(resultSha256, await count(job, answer))
  return known.get(resultSha256)
}

async function count(job: OpenJob, answer: LedgerAnswer): Promise<readonly TrueCell[] | undefined> {
  try {
    const table = await countTable(job, checkQuestion(job.plan, asRequest(answer.question)))
    // Names carry the delivery: the same variables of another one are another table.
    const isSame =
      table.axes.length === answer.table.axes.length &&
      table.axes.every(({ dimension }, axis) => dimension === answer.table.axes[axis]?.dimension)
    return isSame ? table.cells : undefined
  } catch (error) {
    if (error instanceof JobError) return undefined
    throw error
  }
}
