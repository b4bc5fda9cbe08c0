/**
 * What a route answers: its contract, or a problem.
 * @module
 */
import { problem } from '@kruispunt/contracts'
import type { z } from 'zod'

const refusal = {
  description: 'A problem (RFC 9457) with a code of contracts/docs/errors.md',
  content: { 'application/problem+json': { schema: problem } },
}

export const answers = <S extends z.ZodType>(schema: S) => ({ 200: schema, default: refusal })
