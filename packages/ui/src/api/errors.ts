/**
 * What can come of asking the service: a refusal with its problem, no answer at all, or an answer that is not what was agreed.
 * @module
 */
import { bilingual, problem } from '@kruispunt/contracts'
import { z } from 'zod'

const said = { code: z.string().max(80), reason: bilingual, remedy: bilingual }
/** A problem of either service. Their codes differ; both say why and what to do. */
export const toldProblem = z.object({
  ...problem.shape,
  ...said,
  broker: z.object(said).optional().describe('why the broker refused, where a node passes that on'),
})
type ToldProblem = z.infer<typeof toldProblem>

/** The service said no, and why. Its texts may be shown. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problem: ToldProblem
  constructor(told: ToldProblem) {
    super(told.code)
    this.problem = told
  }
}

export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export class Unexpected extends Error {
  override readonly name = 'Unexpected'
}

/** The browser or whoever sits at it did not go through with it: a passkey was not touched, or there is none. */
export class NotDone extends Error {
  override readonly name = 'NotDone'
}
