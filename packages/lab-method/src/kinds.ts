/**
 * Whose each kind of contribution is.
 * @module
 */
import type { ContributionKind, Office } from '@kruispunt/contracts'

type Kinds = readonly ContributionKind[]

/** Written by whoever coordinates the lab. */
const coordinators: Kinds = ['chosen-issue', 'phase']
/** Said by an organisation for itself. */
const organisations: Kinds = ['goal', 'votes', 'taking-part', 'fact', 'insight']
/** Changed by whoever wrote it and nobody else. The rest is the lab's together: whoever takes part may make it better. */
const own: Kinds = [...organisations, 'issue', 'remark']
/** Of these an organisation (or the lab) has one, which it changes. */
const single: Kinds = ['votes', 'taking-part', 'chosen-issue', 'phase']
/** Changed, and never taken back. */
const lasting: Kinds = ['taking-part', 'chosen-issue', 'phase']

export const isSingle = (kind: ContributionKind): boolean => single.includes(kind)
export const isLasting = (kind: ContributionKind): boolean => lasting.includes(kind)

/** Whether an office writes this kind at all. */
export function mayWrite(kind: ContributionKind, { role }: Office): boolean {
  if (role === 'auditor') return false
  return !(role === 'coordinator' ? organisations : coordinators).includes(kind)
}

/** Whether an office changes what another began. */
export const mayChange = (kind: ContributionKind, begunBy: Office, by: Office): boolean =>
  mayWrite(kind, by) && (!own.includes(kind) || begunBy.party === by.party)
