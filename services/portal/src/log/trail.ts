/**
 * A line of the log in six fields: when, who, what, on which, outcome, hash. Pure: knows no page.
 *
 * Reads any statement: a kind that this page has no word for shows its own name, and is in the trail all the same.
 * @module
 */
import { z } from 'zod'
import { fromBase64 } from './verify/bytes.ts'
import type { Envelope } from './verify/verify-log.ts'

export type TrailLine = {
  readonly index: number
  readonly when: string
  /** A party's id, `broker` or `coordinator`. */
  readonly from: string
  readonly kind: string
  readonly on: string
  readonly outcome: Outcome
  readonly leafHex: string
}

export type Outcome =
  | { readonly is: 'approved' | 'rejected' | 'recorded' }
  | { readonly is: 'cells'; readonly released: number; readonly withheld: number }
  | { readonly is: 'reason'; readonly text: string }
  | { readonly is: 'rows'; readonly subjects: number; readonly records: number }

const statement = z.looseObject({ kind: z.string(), from: z.string(), issuedAt: z.string() })
type Known = z.infer<typeof statement>

export const readStatement = ({ payload }: Envelope): Known =>
  statement.parse(JSON.parse(new TextDecoder().decode(fromBase64(payload))))

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** What later lines refer to by hash or id, under a name people know. */
export type Names = ReadonlyMap<string, string>

/** @param hashes - by which other statements refer to each one, in order */
export function namesIn(statements: readonly Known[], hashes: readonly string[], agreements: Names): Names {
  const names = new Map(agreements)
  for (const [at, said] of statements.entries()) {
    if (said.kind === 'request') {
      names.set(hashes[at] ?? '', text(said.question))
      names.set(text(said.requestId), text(said.question))
    }
    if (said.kind === 'extract') names.set(text(said.extractId), text(said.dataset))
  }
  return names
}

function onWhich(said: Known, names: Names): string {
  const document = z.looseObject({ title: z.string() }).safeParse(said.document)
  if (said.kind === 'agreement' && document.success) return document.data.title
  if (said.kind === 'extract') return text(said.dataset)
  if (said.kind === 'request') return text(said.question)
  const references = [said.requestHash, said.agreement, said.extractId, said.id].map(text)
  const known = references.map((reference) => names.get(reference)).find((name) => name !== undefined)
  return known ?? references.find((reference) => reference !== '')?.slice(0, 12) ?? ''
}

function outcomeOf(said: Known): Outcome {
  if (said.decision === 'approved' || said.decision === 'rejected') return { is: said.decision }
  if (said.kind === 'result') return { is: 'cells', released: number(said.released), withheld: number(said.withheld) }
  if (said.kind === 'extract') return { is: 'rows', subjects: number(said.subjects), records: number(said.records) }
  const reason = text(said.reason) || text(said.code)
  return reason === '' ? { is: 'recorded' } : { is: 'reason', text: reason }
}

export const lineOf = (index: number, said: Known, names: Names, leafHex: string): TrailLine => ({
  index,
  when: said.issuedAt,
  from: said.from,
  kind: said.kind,
  on: onWhich(said, names),
  outcome: outcomeOf(said),
  leafHex,
})
