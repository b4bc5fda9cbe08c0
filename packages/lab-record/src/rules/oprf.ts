/**
 * Order of the batches of joint numbers (protocol §3.5): who may ask whom, and that a batch has one answer. The budget is no
 * rule of the log: every evaluating node keeps it by itself, and says so here when it refuses.
 */
import type { PartyId, Statement } from '@kruispunt/contracts'
import { refuseUnless } from '../errors.ts'
import { mayAskForJointNumbers, usableCeremony } from '../queries.ts'
import type { CeremonyState, OprfBatchState } from '../state.ts'
import type { Rule, RuleContext } from './context.ts'
import { activeAgreement, partyOf } from './salt.ts'

type OprfStatement = Extract<Statement, { kind: `oprf-${string}` }>

/** The epoch in use, of an agreement in force in which the signer takes part. */
function inUse({ state, recorded, signer, at }: RuleContext<OprfStatement>) {
  const { statement } = recorded
  const party = partyOf(signer, statement.from)
  const agreement = activeAgreement(state, statement.agreement, party, at)
  const ceremony = usableCeremony(agreement)
  refuseUnless(ceremony !== undefined && ceremony.epoch === statement.epoch, 'ceremony_not_complete')
  return { agreement, ceremony, party }
}

export const oprfBatch: Rule<'oprf-batch'> = (context) => {
  const { agreement, ceremony, party } = inUse(context)
  const { recorded } = context
  const { to, sha256 } = recorded.statement
  refuseUnless(mayAskForJointNumbers(agreement, party), 'oprf_not_agreed')
  refuseUnless(to !== party && agreement.document.parties.some(({ id }) => id === to), 'oprf_not_agreed')
  // The same elements once more only after a refusal: whatever they were to hide was not worked on.
  const isRepeated = [...ceremony.batches.values()].some(({ recorded: { statement }, answer }) => {
    const isSame = statement.from === party && statement.to === to && statement.sha256 === sha256
    return isSame && answer?.statement.kind !== 'oprf-refusal'
  })
  refuseUnless(!isRepeated, 'oprf_out_of_order')
  return () => {
    ceremony.batches.set(recorded.hash, { recorded, answer: undefined, alarm: undefined })
  }
}

/** The batch that is answered, by the party it was sent to, for the first time. */
function unanswered(ceremony: CeremonyState, hash: string, party: PartyId, requester: PartyId): OprfBatchState {
  const batch = ceremony.batches.get(hash)
  refuseUnless(batch !== undefined, 'oprf_out_of_order')
  refuseUnless(batch.recorded.statement.to === party, 'not_in_role')
  refuseUnless(batch.recorded.statement.from === requester && batch.answer === undefined, 'oprf_out_of_order')
  return batch
}

export const oprfEvaluation: Rule<'oprf-evaluation'> = (context) => {
  const { ceremony, party } = inUse(context)
  const { recorded } = context
  const { batch: hash, to, count } = recorded.statement
  const batch = unanswered(ceremony, hash, party, to)
  refuseUnless(batch.recorded.statement.count === count, 'oprf_out_of_order')
  return () => {
    batch.answer = recorded
  }
}

export const oprfRefusal: Rule<'oprf-refusal'> = (context) => {
  const { ceremony, party } = inUse(context)
  const { recorded } = context
  const batch = unanswered(ceremony, recorded.statement.batch, party, recorded.statement.to)
  return () => {
    batch.answer = recorded
  }
}

/** An accusation of the one who got the answer, once. */
export const oprfAlarm: Rule<'oprf-alarm'> = (context) => {
  const { ceremony, party } = inUse(context)
  const { recorded } = context
  const batch = ceremony.batches.get(recorded.statement.batch)
  refuseUnless(batch !== undefined && batch.answer?.statement.kind === 'oprf-evaluation', 'oprf_out_of_order')
  refuseUnless(batch.recorded.statement.from === party, 'not_in_role')
  refuseUnless(batch.recorded.statement.to === recorded.statement.accused, 'oprf_out_of_order')
  refuseUnless(batch.alarm === undefined, 'oprf_out_of_order')
  return () => {
    batch.alarm = recorded
  }
}
