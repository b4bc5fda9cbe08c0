/**
 * The broker's own refusals: a problem code, and where it helps the parts that are wrong.
 * @module
 */
import { type Problem, type ProblemCode, problemCodes } from '@kruispunt/contracts'

/** Safe to log and to show: the message is the fixed text of the code and quotes no data. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError'
  readonly code: ProblemCode
  readonly violations: Problem['violations']
  constructor(code: ProblemCode, violations?: Problem['violations'], options?: ErrorOptions) {
    super(problemCodes[code].reason.en, options)
    this.code = code
    this.violations = violations
  }
}

export function refuseUnless(condition: boolean, code: ProblemCode): asserts condition {
  if (!condition) throw new BrokerError(code)
}
