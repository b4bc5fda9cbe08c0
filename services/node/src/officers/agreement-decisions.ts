/**
 * Decisions on an agreement between the words people use and the two that count: signed or not.
 * @module
 */
import type { AgreementOutcome, StatementBody } from '@kruispunt/contracts'
import type { AgreementState, LabState } from '@kruispunt/lab-record'

type Approval = StatementBody<'agreement-approval'>
type Said = Pick<Approval, 'decision' | 'review'>

/** What is signed for a decision in words. */
export function signedAs(outcome: AgreementOutcome): Said {
  switch (outcome) {
    case 'approved':
    case 'rejected':
      return { decision: outcome }
    case 'approved-with-conditions':
      return { decision: 'approved', review: 'with-conditions' }
    case 'returned':
      return { decision: 'rejected', review: 'returned' }
  }
}

function outcomeOf({ decision, review }: Said): AgreementOutcome {
  if (review === undefined) return decision
  return review === 'returned' ? 'returned' : 'approved-with-conditions'
}

/** Every decision on record, in the order of the log. The role is that of the key under the roster it signed under. */
export function decisionsOf({ rosters }: Pick<LabState, 'rosters'>, agreement: AgreementState) {
  return [...agreement.approvals, ...agreement.rejections]
    .sort(([, a], [, b]) => a.index - b.index)
    .map(([party, { index, statement }]) => {
      const roster = rosters.find(({ hash }) => hash === statement.roster)?.document
      const listed = roster?.parties.find(({ id }) => id === party)?.officers
      return {
        party,
        role: listed?.find(({ keyId }) => keyId === statement.keyId)?.role ?? null,
        keyId: statement.keyId,
        outcome: outcomeOf(statement),
        reason: statement.reason,
        at: statement.issuedAt,
        entry: index,
      }
    })
}
