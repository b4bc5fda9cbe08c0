/**
 * An agreement as it was proposed, with what each partner decided and when it said so.
 * @module
 */
import type { AgreementId, AgreementView } from '@kruispunt/contracts'
import { agreementStatus, type LabRecord } from '@kruispunt/lab-record'
import { BrokerError } from '../errors.ts'

/** @throws BrokerError `agreement_unknown` */
export function viewAgreement({ state }: LabRecord, id: AgreementId, at: number): AgreementView {
  const agreement = state.agreements.get(id)
  if (agreement === undefined) throw new BrokerError('agreement_unknown')
  const { document, proposed, approvals, rejections } = agreement
  return {
    id,
    status: agreementStatus(agreement, at),
    document,
    proposedAt: proposed.statement.issuedAt,
    decisions: [...approvals, ...rejections].map(([party, { statement }]) => ({
      party,
      decision: statement.decision,
      review: statement.review ?? null,
      reason: statement.reason,
      at: statement.issuedAt,
    })),
  }
}
