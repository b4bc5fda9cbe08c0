/**
 * Makes an analysis again from its record.
 * @module
 */
import { z } from 'zod'
import { analyse, type Outcome, recordFormat, recordText, refusal } from './analyse.ts'
import { AnalysisError } from './problems.ts'
import type { Limits } from './tables/bounds.ts'
import type { GivenTable } from './tables/read-answers.ts'

/** What of a record is needed; the rest is what comes out again, or not. */
const recorded = z.looseObject({
  format: z.literal(recordFormat),
  request: z.unknown(),
  tables: z.array(z.looseObject({ resultSha256: z.string(), largestError: z.int().optional() })).max(20),
})

export type Redone =
  | { readonly outcome: 'redone'; readonly same: boolean; readonly text: string }
  | Extract<Outcome, { outcome: 'refused' }>

/**
 * @param record - as it was kept: text or parsed
 * @param answers - the tables, in any order
 * @returns whether the same record came out, byte for byte, and what came out
 */
export async function redo(record: unknown, answers: readonly unknown[], limits: Limits): Promise<Redone> {
  const parsed = recorded.safeParse(record)
  if (!parsed.success) return refusal(new AnalysisError('record_malformed'))
  const { tables, request } = parsed.data
  const byHash = new Map(answers.map((answer) => [{ ...(answer as { resultSha256?: unknown }) }.resultSha256, answer]))
  const given: GivenTable[] = []
  for (const { resultSha256, largestError } of tables) {
    if (!byHash.has(resultSha256)) return refusal(new AnalysisError('other_tables'))
    given.push({ answer: byHash.get(resultSha256), ...(largestError === undefined ? {} : { largestError }) })
  }
  const outcome = await analyse(request, given, limits)
  if (outcome.outcome === 'refused') return outcome
  const text = recordText(outcome.record)
  return { outcome: 'redone', same: text === `${JSON.stringify(record, undefined, 2)}\n`, text }
}
