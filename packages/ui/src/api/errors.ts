/**
 * What can come of asking the service: a refusal with its problem, no answer at all, or an answer that is not what was agreed.
 * @module
 */
import type { Problem } from '@kruispunt/contracts'

/** The service said no, and why. Its texts may be shown. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export class Unexpected extends Error {
  override readonly name = 'Unexpected'
}
