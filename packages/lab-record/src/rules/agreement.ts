/** Agreement and approval rules (protocol §3.2). */
import type { AgreementId } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import { agreementFaults } from '../agreement-faults.ts'
import { refuseUnless } from '../errors.ts'
import type { Rule } from './context.ts'

export const agreement: Rule<'agreement'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'coordinator', 'not_in_role')
  const { document } = recorded.statement
  const id = documentHash('agreement', document) as AgreementId
  refuseUnless(!state.agreements.has(id), 'agreement_exists')
  const roster = new Set(state.roster?.document.parties.map((party) => party.id))
  refuseUnless(
    document.lab === state.lab && document.parties.every((party) => roster.has(party.id)),
    'agreement_invalid',
  )
  refuseUnless(agreementFaults(document).length === 0, 'agreement_invalid')
  const superseded = document.supersedes === null ? undefined : state.agreements.get(document.supersedes)
  refuseUnless(document.supersedes === null || superseded !== undefined, 'agreement_unknown')
  // Anybody who takes part may end an agreement, and nobody else: also not by putting another in its place.
  refuseUnless(
    superseded === undefined ||
      superseded.document.parties.some(({ id: former }) => document.parties.some(({ id: party }) => party === former)),
    'agreement_invalid',
  )
  return () => {
    state.agreements.set(id, {
      id,
      document,
      proposed: recorded,
      approvals: new Map(),
      rejections: new Map(),
      decidedBy: new Set(),
      withdrawn: undefined,
      supersededBy: undefined,
      closedBy: undefined,
      rotation: undefined,
      firstOpenEpoch: 1,
      ceremonies: new Map(),
    })
  }
}

export const agreementApproval: Rule<'agreement-approval'> = ({ state, recorded, signer, at }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  const { statement } = recorded
  const target = state.agreements.get(statement.agreement)
  refuseUnless(target !== undefined, 'agreement_unknown')
  refuseUnless(
    target.document.parties.some((party) => party.id === signer.party),
    'not_in_role',
  )
  refuseUnless(target.withdrawn === undefined && target.closedBy === undefined, 'revoked')
  refuseUnless(at < Date.parse(target.document.validUntil), 'agreement_expired')
  refuseUnless(!target.decidedBy.has(statement.keyId), 'already_decided')
  return () => {
    target.decidedBy.add(statement.keyId)
    const side = statement.decision === 'approved' ? target.approvals : target.rejections
    if (!side.has(signer.party)) side.set(signer.party, recorded)
    // The newer text takes over only once everybody has signed it.
    const previous = target.document.supersedes === null ? undefined : state.agreements.get(target.document.supersedes)
    if (previous && target.rejections.size === 0 && target.approvals.size === target.document.parties.length)
      previous.supersededBy = target.id
  }
}
