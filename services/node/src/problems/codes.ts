/** All codes of the node, and the form they have over HTTP (RFC 9457). */
import { bilingual, problemCodes, problemFor } from '@kruispunt/contracts'
import { z } from 'zod'
import { accountProblems } from './account-problems.ts'
import { coreCodes } from './core-codes.ts'
import { deliveryCodes } from './delivery-codes.ts'
import type { ProblemTexts } from './problem-texts.ts'

const codes = { ...coreCodes, ...deliveryCodes, ...accountProblems }
export type NodeProblemCode = keyof typeof codes
export const problemTexts: Readonly<Record<NodeProblemCode, ProblemTexts[string]>> = codes

const violation = z.strictObject({ path: z.string(), message: z.string() })

export const nodeProblem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(codes) as [NodeProblemCode]),
  reason: bilingual,
  remedy: bilingual,
  violations: z.array(violation).optional(),
  broker: z
    .strictObject({ code: z.string(), reason: bilingual, remedy: bilingual })
    .optional()
    .describe('why the broker refused, where it did'),
})
export type NodeProblem = z.infer<typeof nodeProblem>

type Refusal = {
  readonly code: NodeProblemCode
  readonly brokerCode?: keyof typeof problemCodes | undefined
  readonly violations?: readonly z.infer<typeof violation>[] | undefined
}

/** The problem document of a refusal. */
export function nodeProblemFor({ code, brokerCode, violations }: Refusal): NodeProblem {
  const { status, reason, remedy } = problemTexts[code]
  const broker = brokerCode === undefined ? undefined : problemFor(brokerCode)
  return {
    type: `urn:kruispunt:node-problem:${code}`,
    title: reason.en,
    status,
    code,
    reason,
    remedy,
    ...(violations === undefined ? {} : { violations: [...violations] }),
    ...(broker === undefined ? {} : { broker: { code: broker.code, reason: broker.reason, remedy: broker.remedy } }),
  }
}
