import { problem } from '@kruispunt/contracts'
import { expect } from 'vitest'
import type { ApiAnswer } from '../../src/cli/api-client.ts'

/** The code of a refusal, which must be a whole problem with the media type and status of one. */
export function readCode(answer: ApiAnswer): string {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.headers['api-version']).toBe('1')
  const parsed = problem.parse(JSON.parse(answer.text))
  expect(parsed.status).toBe(answer.status)
  return parsed.code
}
