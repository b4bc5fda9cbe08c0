/**
 * Who may write what, and when. One rule a kind of contribution; whatever no rule allows is refused.
 * @module
 */
import { type Contribution, type ContributionContent, type Office, type PartyId, votesEach } from '@kruispunt/contracts'
import { phaseOf, standing, standingOf, takesPart, waitsFor } from './board.ts'
import { isLasting, isSingle, mayChange } from './kinds.ts'
import { findPersonalData, textsIn } from './personal-data.ts'

export type MethodRefusal = {
  readonly code:
    | 'personal_data_in_text'
    | 'not_your_contribution'
    | 'organisation_stepped_out'
    | 'contribution_unfit'
    | 'phase_shut'
    | 'changed_meanwhile'
    | 'not_found'
  readonly violations?: readonly { readonly path: string; readonly message: string }[]
}

export type Act = {
  /** Null for something new. */
  readonly id: string | null
  /** The version that was read; 0 for something new. */
  readonly version: number
  /** Null withdraws. */
  readonly content: ContributionContent | null
  readonly by: Office
}

const refuse = (code: MethodRefusal['code'], path?: string, message?: string): MethodRefusal =>
  path === undefined || message === undefined ? { code } : { code, violations: [{ path, message }] }

/** What a contribution points at has to be there, and of the right kind. */
function danglingIn(content: ContributionContent, all: readonly Contribution[]): string | undefined {
  const isThere = (id: string, ...kinds: ContributionContent['kind'][]) =>
    standing(all, ...kinds).some((one) => one.id === id)
  switch (content.kind) {
    case 'goal':
    case 'chosen-issue':
      return isThere(content.issue, 'issue') ? undefined : 'issue'
    case 'votes':
      return content.votes.every(({ issue }) => isThere(issue, 'issue')) ? undefined : 'votes'
    case 'fact':
    case 'unknown':
      return content.question === null || isThere(content.question, 'canvas-note') ? undefined : 'question'
    case 'solution':
      return content.insights.every((insight) => isThere(insight, 'insight')) ? undefined : 'insights'
    case 'feasibility':
    case 'realisation':
      return isThere(content.solution, 'solution') ? undefined : 'solution'
    case 'remark':
      return all.some(({ id }) => id === content.about) ? undefined : 'about'
    default:
      return undefined
  }
}

function unfit(content: ContributionContent, all: readonly Contribution[]): MethodRefusal | undefined {
  const dangling = danglingIn(content, all)
  if (dangling !== undefined) return refuse('contribution_unfit', dangling, 'points at what is not there')
  if (content.kind !== 'votes') return undefined
  const spent = content.votes.reduce((sum, { votes }) => sum + votes, 0)
  if (spent > votesEach) return refuse('contribution_unfit', 'votes', `more than ${votesEach} together`)
  const isTwice = new Set(content.votes.map(({ issue }) => issue)).size < content.votes.length
  return isTwice ? refuse('contribution_unfit', 'votes', 'an issue stands there twice') : undefined
}

/** One phase on when it is open; back is always possible, and nothing is lost by it. */
function phaseRefusal(
  phase: number,
  all: readonly Contribution[],
  parties: readonly PartyId[],
): MethodRefusal | undefined {
  const now = phaseOf(all)
  if (phase < now) return undefined
  if (phase !== now + 1) return refuse('phase_shut', 'phase', `after ${now} comes ${now + 1}`)
  const [first] = waitsFor(all, parties)
  return first === undefined ? undefined : refuse('phase_shut', 'phase', [first.gate, ...first.parties].join(' '))
}

/**
 * @param parties - the lab's organisations
 * @returns why this cannot be written, or undefined
 */
export function judge(act: Act, all: readonly Contribution[], parties: readonly PartyId[]): MethodRefusal | undefined {
  const { id, version, content, by } = act
  const before = id === null ? undefined : all.find((one) => one.id === id)
  if (id !== null && before === undefined) return refuse('not_found')
  const newest = before?.versions.at(-1)
  if ((newest?.version ?? 0) !== version) return refuse('changed_meanwhile')
  const was = newest?.content ?? null
  if (before !== undefined && was === null) return refuse('changed_meanwhile')
  const kind = content?.kind ?? was?.kind
  if (kind === undefined) return refuse('not_found')
  if (was !== null && content !== null && was.kind !== content.kind)
    return refuse('contribution_unfit', 'kind', 'a contribution stays what it is')
  const begunBy = before?.versions[0]?.by ?? by
  if (!mayChange(kind, begunBy, by)) return refuse('not_your_contribution')
  if (by.party !== null && !parties.includes(by.party)) return refuse('not_your_contribution')
  // Who stepped out says one thing more: that it steps in again.
  const hasLeft = by.party !== null && takesPart(all, by.party) === false
  if (hasLeft && kind !== 'taking-part') return refuse('organisation_stepped_out')
  if (content === null) return isLasting(kind) ? refuse('contribution_unfit') : undefined
  if (before === undefined && isSingle(kind) && standingOf(all, kind, by.party) !== undefined)
    return refuse('changed_meanwhile')
  const violations = textsIn(content).flatMap(({ path, text }) => {
    const found = findPersonalData(text)
    return found === undefined ? [] : [{ path, message: found }]
  })
  if (violations.length > 0) return { code: 'personal_data_in_text', violations }
  if (content.kind === 'phase') return phaseRefusal(content.phase, all, parties)
  if (content.kind === 'chosen-issue' && phaseOf(all) > 1) return refuse('phase_shut', 'issue', 'chosen in phase 1')
  return unfit(content, all)
}
