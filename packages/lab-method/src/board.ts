/**
 * Where a lab stands: replayed from everything that was written, in order. Nothing is kept beside it, so nothing can differ.
 * @module
 */
import type { Contribution, ContributionContent, ContributionKind, LabBoard, PartyId } from '@kruispunt/contracts'

export type ContentOf<K extends ContributionKind> = Extract<ContributionContent, { kind: K }>

/** A contribution as it stands now. */
export type Standing<C extends ContributionContent = ContributionContent> = {
  readonly id: string
  readonly version: number
  readonly content: C
  /** The organisation that began it; null for the coordinator. */
  readonly party: PartyId | null
  readonly contribution: Contribution
}

/** What stands of these kinds: not what was withdrawn. */
export function standing<K extends ContributionKind>(
  all: readonly Contribution[],
  ...kinds: readonly K[]
): Standing<ContentOf<K>>[] {
  return all.flatMap((contribution) => {
    const newest = contribution.versions.at(-1)
    if (newest === undefined || newest.content === null) return []
    if (!(kinds as readonly ContributionKind[]).includes(newest.content.kind)) return []
    const content = newest.content as ContentOf<K>
    const party = contribution.versions[0]?.by.party ?? null
    return [{ id: contribution.id, version: newest.version, content, party, contribution }]
  })
}

/** The newest of what each organisation has at most one of. */
export const standingOf = <K extends ContributionKind>(all: readonly Contribution[], kind: K, party: PartyId | null) =>
  standing(all, kind).findLast((one) => one.party === party)

export const phaseOf = (all: readonly Contribution[]): number => standing(all, 'phase').at(-1)?.content.phase ?? 1
const chosenIssueOf = (all: readonly Contribution[]): string | null =>
  standing(all, 'chosen-issue').at(-1)?.content.issue ?? null

/** Yes, no, or not said yet. */
export const takesPart = (all: readonly Contribution[], party: PartyId): boolean | null =>
  standingOf(all, 'taking-part', party)?.content.takesPart ?? null

type Waiting = LabBoard['next']['waitsFor'][number]

/** What keeps the phase after this one shut. Goals before the picture: no goal, no start. */
export function waitsFor(all: readonly Contribution[], parties: readonly PartyId[]): Waiting[] {
  if (phaseOf(all) !== 1) return []
  const issue = chosenIssueOf(all)
  if (issue === null) return [{ gate: 'no-issue-chosen', parties: [] }]
  const stays = parties.filter((party) => takesPart(all, party) !== false)
  const goals = standing(all, 'goal').filter(({ content }) => content.issue === issue)
  const withoutGoal = stays.filter((party) => !goals.some((goal) => goal.party === party))
  const undecided = parties.filter((party) => takesPart(all, party) === null)
  return [
    ...(withoutGoal.length > 0 ? [{ gate: 'goal-missing' as const, parties: withoutGoal }] : []),
    ...(undecided.length > 0 ? [{ gate: 'decision-missing' as const, parties: undecided }] : []),
  ]
}

/** Votes of organisations that have not stepped out, the issue with most first; an issue without any is named as well. */
function countVotes(all: readonly Contribution[]): LabBoard['votes'] {
  const counted = new Map(standing(all, 'issue').map(({ id }) => [id, 0]))
  for (const { content, party } of standing(all, 'votes')) {
    if (party !== null && takesPart(all, party) === false) continue
    for (const { issue, votes } of content.votes)
      if (counted.has(issue)) counted.set(issue, (counted.get(issue) ?? 0) + votes)
  }
  return [...counted].map(([issue, votes]) => ({ issue, votes })).toSorted((a, b) => b.votes - a.votes)
}

/** @param parties - the lab's organisations, from its roster */
export function boardOf(all: readonly Contribution[], parties: readonly PartyId[]): LabBoard {
  const waiting = waitsFor(all, parties)
  const phase = phaseOf(all)
  return {
    phase,
    next: { isOpen: phase < 5 && waiting.length === 0, waitsFor: waiting },
    takingPart: parties.map((party) => ({ party, takesPart: takesPart(all, party) })),
    votes: countVotes(all),
    contributions: [...all],
  }
}

/** What an organisation that stepped out still sees: all as it stood when it left, and nothing newer. */
export function seenBy(all: readonly Contribution[], party: PartyId | null): readonly Contribution[] {
  if (party === null || takesPart(all, party) !== false) return all
  const left = standingOf(all, 'taking-part', party)?.contribution.versions.at(-1)?.at ?? ''
  return all.flatMap((contribution) => {
    const versions = contribution.versions.filter(({ at }) => at <= left)
    return versions.length === 0 ? [] : [{ ...contribution, versions }]
  })
}
