/**
 * The only error the node throws on purpose. Safe to log and to show: texts are fixed and quote nothing.
 * @module
 */
import type { ProblemCode } from '@kruispunt/contracts'
import { type NodeProblemCode, problemTexts } from './problems/codes.ts'

/** One thing that is wrong with the input: where, and what; never the value. */
export type Violation = { readonly path: string; readonly message: string }

export class NodeError extends Error {
  override readonly name = 'NodeError'
  readonly code: NodeProblemCode
  /** Why the broker refused, where it did. */
  readonly brokerCode: ProblemCode | undefined
  readonly violations: readonly Violation[] | undefined

  constructor(
    code: NodeProblemCode,
    options: ErrorOptions & { readonly brokerCode?: ProblemCode; readonly violations?: readonly Violation[] } = {},
  ) {
    super(problemTexts[code].reason.en, options)
    this.code = code
    this.brokerCode = options.brokerCode
    this.violations = options.violations
  }
}

export function refuseUnless(condition: boolean, code: NodeProblemCode): asserts condition {
  if (!condition) throw new NodeError(code)
}
