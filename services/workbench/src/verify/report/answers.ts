/**
 * An answer in somebody's hands, held against the log: its hash worked out again, and looked for among the results. The layout that is
 * hashed: axes by id, cells by place, no percentages, `rows` 1, `questionsLeft` 0, without the hash itself.
 * @module
 */
import { type CrossTabAnswer, crossTabAnswer } from '@kruispunt/contracts'
import { type Json, writeCanonical } from '../read/canonical.ts'
import { tagged } from '../read/hashes.ts'
import type { Journal } from '../rules/journal.ts'
import { requestOf } from '../rules/questions.ts'
import { type Place, placeOf } from './places.ts'

export type AnswerVerdict =
  | {
      readonly onRecord: true
      readonly places: readonly (Place & { readonly requestId: string; readonly inTime: boolean })[]
    }
  | { readonly onRecord: false; readonly code: 'answer_unreadable' | 'answer_changed' | 'answer_not_on_record' }

function hashOf(answer: CrossTabAnswer): string {
  const { resultSha256: _hash, percentages: _percentages, axes, cells, ...rest } = answer
  // Where each axis of the layout stands in the answer.
  const order = axes.map((_, place) => place)
  const name = (place: number) => axes[place]?.dimension ?? ''
  order.sort((a, b) => (name(a) < name(b) ? -1 : 1))
  const laidOut = cells
    .map((cell) => {
      const at = order.map((place) => cell.at[place] ?? 0)
      if (cell.state === 'withheld') return { at, state: 'withheld' }
      const { count, sums } = cell
      return { at, state: 'released', count, ...(sums === undefined ? {} : { sums }) }
    })
    .sort((a, b) => {
      const axis = a.at.findIndex((node, place) => node !== b.at[place])
      return axis === -1 ? 0 : (a.at[axis] ?? 0) - (b.at[axis] ?? 0)
    })
  const layout = { ...rest, axes: order.map((place) => axes[place]), cells: laidOut, rows: 1, questionsLeft: 0 }
  // Members that are absent stay so.
  return tagged('result', writeCanonical(JSON.parse(JSON.stringify(layout)) as Json))
}

/** Which deliveries were counted, as the answer's `release` names them. */
function releaseOf(journal: Journal, requestHash: string): string | undefined {
  const request = requestOf(journal, requestHash)
  if (request === undefined) return undefined
  const deliveries = request.statement.extracts
    .map(({ extractId, version }) => ({ extractId: extractId as string, version }))
    .sort((a, b) => (a.extractId < b.extractId ? -1 : 1))
  return tagged('release', writeCanonical({ deliveries }))
}

/** @param content - the parsed file; anything at all */
export function answerVerdict(journal: Journal, content: unknown): AnswerVerdict {
  // Where `job table --json` says it stands in the log is not part of the answer.
  const { logIndex: _, ...given } = { ...(content as { readonly logIndex?: unknown }) }
  const parsed = crossTabAnswer.safeParse(given)
  if (!parsed.success) return { onRecord: false, code: 'answer_unreadable' }
  const answer = parsed.data
  if (hashOf(answer) !== answer.resultSha256) return { onRecord: false, code: 'answer_changed' }
  const places = journal.of('result').flatMap((entry) => {
    const { requestHash, tableHash, resultSha256 } = entry.statement
    const isThis =
      resultSha256 === answer.resultSha256 &&
      tableHash === answer.tableHash &&
      releaseOf(journal, requestHash) === answer.release
    const requestId = requestOf(journal, requestHash)?.statement.requestId
    if (!isThis || requestId === undefined) return []
    const until = Date.parse(journal.about('job', requestHash)[0]?.statement.notAfter ?? '')
    return [{ ...placeOf(entry), requestId, inTime: entry.at < until }]
  })
  return places.length > 0 ? { onRecord: true, places } : { onRecord: false, code: 'answer_not_on_record' }
}
