/**
 * Asking tables of a job: one, or several that are answered as one system. What comes back is held against the log.
 * @module
 */
import {
  type CrossTabAnswer,
  type CrossTabRequest,
  crossTabAnswer,
  crossTabRequest,
  linkedCrossTabAnswer,
  mostTables,
} from '@kruispunt/contracts'
import { resultHash } from '../jobs/answer.ts'
import type { CoordinatorClient } from './coordinator-client.ts'
import { LogDoubtfulError, UsageError } from './exit-codes.ts'
import { parseQuestions, type QuestionOptions } from './question-options.ts'

/** Held against the contract before anything is sent. @throws UsageError */
export function askedQuestions(options: QuestionOptions): readonly CrossTabRequest[] {
  if (options.and !== undefined && options.measures !== undefined)
    throw new UsageError(
      'Bedragen en hoeveelheden vraagt u per tabel: gebruik --measures zonder --and.',
      'Amounts are asked one table at a time: use --measures without --and.',
    )
  const questions = crossTabRequest.array().max(mostTables).safeParse(parseQuestions(options))
  if (questions.success) return questions.data
  throw new UsageError(
    'De vraag klopt niet. Controleer --table, --rows, --columns, --filter, --measures, --percentages en --and; de namen staan in de deelafspraak.',
    'The question is not right. Check --table, --rows, --columns, --filter, --measures, --percentages and --and; the names are in the agreement.',
  )
}

/** @param path - of the job */
export async function askTables(
  { api }: CoordinatorClient,
  path: string,
  questions: readonly CrossTabRequest[],
): Promise<readonly CrossTabAnswer[]> {
  const [only, ...others] = questions
  if (others.length === 0)
    return [crossTabAnswer.parse(await api.ask({ method: 'POST', path: `${path}/cross-tabs`, json: only }))]
  const json = { questions }
  const { answers } = linkedCrossTabAnswer.parse(
    await api.ask({ method: 'POST', path: `${path}/linked-cross-tabs`, json }),
  )
  if (answers.length !== questions.length) throw new Error('not one answer for each question')
  return answers
}

/** The answer's own hash, and that hash in the log: what was told is what was recorded. */
export async function placeInLog(client: CoordinatorClient, answer: CrossTabAnswer): Promise<number> {
  if (resultHash(answer) !== answer.resultSha256)
    throw new LogDoubtfulError(
      'De uitkomst heeft niet haar eigen controlegetal. Gebruik haar niet; bel de beheerder van het schakelpunt.',
      'The answer does not have its own hash. Do not use it; call the operator of the broker.',
    )
  const { state } = await client.readLog()
  for (const request of state.requests.values())
    for (const { statement, index } of request.results)
      if (statement.resultSha256 === answer.resultSha256 && statement.tableHash === answer.tableHash) return index
  throw new LogDoubtfulError(
    'Deze uitkomst staat niet in het controlespoor. Gebruik haar niet; bel de beheerder van het schakelpunt.',
    'This answer is not in the log. Do not use it; call the operator of the broker.',
  )
}
