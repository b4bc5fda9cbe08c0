/**
 * Why a job or a question is refused. Codes are finer than what travels: {@link problemOfJob} says as which problem a
 * code leaves the broker.
 * @module
 */
import type { Bilingual, problemCodes } from '@kruispunt/contracts'

const messages = {
  request_unknown: 'no such request',
  job_not_open: 'the job is not open',
  job_failed: 'the job failed',
  table_unknown: 'no such table in the agreement',
  dimension_not_allowed: 'a dimension is not in this table of the agreement',
  measure_not_allowed: 'an amount is not in this table of the agreement',
  filter_not_allowed: 'a filter is not in this table of the agreement',
  too_many_dimensions: 'more dimensions than the agreement allows at once',
  dimension_repeated: 'a dimension is named twice',
  level_unknown: 'a dimension has no such level',
  category_unknown: 'a filter names a category that the dimension does not have',
  column_not_requested: 'the request did not ask for this column',
  population_not_countable: 'this population cannot be crossed with that dimension',
  tables_not_linked: 'tables asked together count different units',
  question_budget_spent: 'the agreed number of questions is used up',
  privacy_budget_spent: 'the privacy budget of this population is spent',
  table_too_large: 'the table has too many cells',
  not_protectable: 'the table cannot be shown safely',
} as const
export type JobErrorCode = keyof typeof messages

/** The only error a caller has to expect. Safe to log and to show: the message is fixed and quotes no data. */
export class JobError extends Error {
  override readonly name = 'JobError'
  readonly code: JobErrorCode
  /** What would help, for `not_protectable` and its like. */
  readonly advice: readonly Bilingual[]
  constructor(code: JobErrorCode, options?: ErrorOptions & { readonly advice?: readonly Bilingual[] }) {
    super(messages[code], options)
    this.code = code
    this.advice = options?.advice ?? []
  }
}

export const problemOfJob: Readonly<Record<JobErrorCode, keyof typeof problemCodes>> = {
  request_unknown: 'request_unknown',
  job_not_open: 'job_not_open',
  job_failed: 'job_failed',
  table_unknown: 'question_not_allowed',
  dimension_not_allowed: 'question_not_allowed',
  measure_not_allowed: 'measure_not_allowed',
  filter_not_allowed: 'question_not_allowed',
  too_many_dimensions: 'question_not_allowed',
  dimension_repeated: 'question_not_allowed',
  level_unknown: 'question_not_allowed',
  category_unknown: 'question_not_allowed',
  column_not_requested: 'question_not_allowed',
  population_not_countable: 'question_not_allowed',
  tables_not_linked: 'tables_not_linked',
  question_budget_spent: 'question_budget_spent',
  privacy_budget_spent: 'privacy_budget_spent',
  table_too_large: 'table_refused',
  not_protectable: 'table_refused',
}

export function refuseUnless(condition: boolean, code: JobErrorCode): asserts condition {
  if (!condition) throw new JobError(code)
}
