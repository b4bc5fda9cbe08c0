/**
 * Problems over HTTP (RFC 9457) and the shape every refusal has: a code, a reason, a remedy, in two languages.
 * The codes themselves are listed in `problem-codes.ts`; each has its line in `docs/errors.md`.
 * @module
 */
import { z } from 'zod'
import { bilingual } from './ids.ts'
import { problemCodes } from './problem-codes.ts'

export const problemCode = z.enum(Object.keys(problemCodes) as [keyof typeof problemCodes])
export type ProblemCode = keyof typeof problemCodes

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  reason: bilingual,
  remedy: bilingual,
  violations: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  advice: z.array(bilingual).optional().describe('what would help, beyond the remedy'),
})
export type Problem = z.infer<typeof problem>

/** The problem document for a code. Fixed texts: nothing of a request is quoted. */
export function problemFor(code: ProblemCode, violations?: Problem['violations']): Problem {
  const { status, reason, remedy } = problemCodes[code]
  const base = { type: `urn:kruispunt:problem:${code}`, title: reason.en, status, code, reason, remedy }
  return violations === undefined ? base : { ...base, violations }
}
