/** Order of a salt ceremony (protocol §3.3). What the messages hide only the nodes can check; the order anyone can. */
import type { AgreementId, PartyId, Statement, StatementOf } from '@kruispunt/contracts'
import { refuseUnless } from '../errors.ts'
import { agreementStatus, epochDue, newestCeremony, usableCeremony } from '../queries.ts'
import type { Signer } from '../signers.ts'
import type { AgreementState, CeremonyState, LabState } from '../state.ts'
import type { Rule, RuleContext } from './context.ts'

/** The party of a node that speaks for itself. @throws LabRecordError `not_in_role` */
export function partyOf(signer: Signer, from: string): PartyId {
  refuseUnless(signer.role === 'node' && signer.party === from, 'not_in_role')
  return signer.party
}

/** @throws LabRecordError unless it is in force and the party is in it */
export function activeAgreement(state: LabState, id: AgreementId, party: PartyId, at: number): AgreementState {
  const agreement = state.agreements.get(id)
  refuseUnless(agreement !== undefined, 'agreement_unknown')
  refuseUnless(
    agreement.document.parties.some((listed) => listed.id === party),
    'not_in_role',
  )
  const status = agreementStatus(agreement, at)
  refuseUnless(status !== 'withdrawn', 'revoked')
  refuseUnless(status !== 'expired', 'agreement_expired')
  refuseUnless(status === 'active', 'agreement_not_active')
  return agreement
}

type SaltStatement = Extract<Statement, { kind: `salt-${string}` }>
function running(context: RuleContext<SaltStatement>): {
  agreement: AgreementState
  ceremony: CeremonyState
  party: PartyId
} {
  const { state, recorded, signer, at } = context
  const { statement } = recorded
  const party = partyOf(signer, statement.from)
  const agreement = activeAgreement(state, statement.agreement, party, at)
  const ceremony = agreement.ceremonies.get(statement.epoch)
  refuseUnless(ceremony !== undefined && ceremony === newestCeremony(agreement), 'ceremony_out_of_order')
  refuseUnless(ceremony.abort === undefined, 'ceremony_out_of_order')
  return { agreement, ceremony, party }
}

const emptyCeremony = (epoch: number): CeremonyState => ({
  epoch,
  commits: new Map(),
  reveals: new Map(),
  confirms: new Map(),
  complaints: [],
  abort: undefined,
  completeAt: undefined,
  batches: new Map(),
  extracts: 0,
})

/**
 * A new round may begin when there is none, when the newest was given up, or when the next epoch was asked for. Otherwise a
 * running or complete one is never overtaken.
 */
export const saltCommit: Rule<'salt-commit'> = ({ state, recorded, signer, at }) => {
  const { statement } = recorded
  const party = partyOf(signer, statement.from)
  refuseUnless(statement.party === party, 'not_in_role')
  const agreement = activeAgreement(state, statement.agreement, party, at)
  const newest = newestCeremony(agreement)
  const joins = newest !== undefined && newest.epoch === statement.epoch && newest.abort === undefined
  const mayBegin = newest === undefined || newest.abort !== undefined || epochDue(agreement) === statement.epoch
  const begins = statement.epoch === (newest?.epoch ?? 0) + 1 && mayBegin
  refuseUnless(joins || begins, 'ceremony_out_of_order')
  refuseUnless(!(joins && newest.commits.has(party)), 'ceremony_out_of_order')
  return () => {
    const ceremony = joins ? newest : emptyCeremony(statement.epoch)
    agreement.ceremonies.set(statement.epoch, ceremony)
    ceremony.commits.set(party, recorded)
  }
}

export const saltReveal: Rule<'salt-reveal'> = (context) => {
  const { agreement, ceremony, party } = running(context)
  const { statement } = context.recorded
  refuseUnless(ceremony.commits.size === agreement.document.parties.length, 'ceremony_out_of_order')
  refuseUnless(ceremony.commits.has(statement.to) && statement.to !== party, 'ceremony_out_of_order')
  const pair = `${party}>${statement.to}`
  refuseUnless(!ceremony.reveals.has(pair), 'ceremony_out_of_order')
  // What commits to a share: 32 bytes where shares are agreed, nothing where they are not.
  const length = agreement.document.pseudonymMode === 'joint-oprf' ? 64 : 0
  refuseUnless(statement.shareCommitment.length === length, 'ceremony_out_of_order')
  return () => {
    ceremony.reveals.set(pair, context.recorded)
  }
}

export const saltConfirm: Rule<'salt-confirm'> = (context) => {
  const { agreement, ceremony, party } = running(context)
  const parties = agreement.document.parties.length
  refuseUnless(context.recorded.statement.party === party, 'not_in_role')
  refuseUnless(ceremony.reveals.size === parties * (parties - 1), 'ceremony_out_of_order')
  refuseUnless(!ceremony.confirms.has(party), 'ceremony_out_of_order')
  return () => {
    ceremony.confirms.set(party, context.recorded)
    if (ceremony.confirms.size === parties) ceremony.completeAt = context.recorded.index
  }
}

/** Giving up is always safe, until somebody has delivered under this epoch: from then on withdrawing is the way. */
function givesUp(context: RuleContext<StatementOf<'salt-abort'> | StatementOf<'salt-complaint'>>): () => void {
  const { ceremony, party } = running(context)
  refuseUnless(context.recorded.statement.party === party, 'not_in_role')
  refuseUnless(ceremony.extracts === 0, 'ceremony_out_of_order')
  return () => {
    ceremony.abort = context.recorded
  }
}
export const saltAbort: Rule<'salt-abort'> = (context) => givesUp(context)
export const saltComplaint: Rule<'salt-complaint'> = (context) => {
  const apply = givesUp(context)
  const ceremony = context.state.agreements
    .get(context.recorded.statement.agreement)
    ?.ceremonies.get(context.recorded.statement.epoch)
  return () => {
    ceremony?.complaints.push(context.recorded)
    apply()
  }
}

/** Any officer of a party to the agreement may ask for the next epoch, once one is complete: as with withdrawing, one is enough. */
export const epochRotation: Rule<'epoch-rotation'> = ({ state, recorded, signer, at }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  const { statement } = recorded
  const agreement = activeAgreement(state, statement.agreement, signer.party, at)
  const usable = usableCeremony(agreement)
  refuseUnless(usable !== undefined, 'ceremony_not_complete')
  const newest = newestCeremony(agreement)
  refuseUnless(newest === usable && epochDue(agreement) === undefined, 'ceremony_out_of_order')
  refuseUnless(statement.epoch === usable.epoch + 1, 'ceremony_out_of_order')
  return () => {
    agreement.rotation = recorded
    if (statement.reason !== 'scheduled') agreement.firstOpenEpoch = statement.epoch
  }
}
