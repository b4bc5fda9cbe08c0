/** How a refusal is tried, and what several of them share. */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { it } from 'vitest'
import type { LabRecordErrorCode } from '../../src/index.ts'
import { createScribe, hex } from '../support/scribe.ts'

export type Scribe = ReturnType<typeof createScribe>
/** Codes that were tried so far. */
export const reached = new Set<string>()

/** Prepares a story, then expects each envelope made in it to be refused with the code beside it. */
export function refusals(
  title: string,
  prepare: (scribe: Scribe) => [LabRecordErrorCode, StatementEnvelope, number?][],
): void {
  it(title, () => {
    const scribe = createScribe()
    for (const [code, envelope, at] of prepare(scribe)) {
      scribe.refuses(code, envelope, at)
      reached.add(code)
    }
  })
}

export const unknown = hex(32, 'f') as never
export const approval = (agreement: string) =>
  ({ kind: 'agreement-approval', agreement: agreement as never, decision: 'approved', reason: null }) as const
