/** Request, approval, job, release, result (protocol §3.7): who may say what, when. */
import type { AgreementDocument, StatementOf } from '@kruispunt/contracts'
import { refuseUnless } from '../errors.ts'
import {
  agreedColumns,
  agreementStatus,
  approvalsMissing,
  asksOwnExtracts,
  extractsMissing,
  isCurrent,
  usableCeremony,
} from '../queries.ts'
import type { LabState, RequestState } from '../state.ts'
import type { Rule } from './context.ts'

function known(state: LabState, requestHash: string): RequestState {
  const request = state.requests.get(requestHash)
  refuseUnless(request !== undefined, 'request_unknown')
  return request
}

const sameNames = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && new Set(a).size === a.length && a.every((name) => b.includes(name))

type Asked = StatementOf<'request'>['extracts'][number]
type Asks = (
  state: LabState,
  document: AgreementDocument,
  statement: Pick<StatementOf<'request'>, 'agreement' | 'epoch' | 'extracts'>,
  asked: Asked,
) => void

/** Columns of deliveries that are there for any request. */
const askDelivered: Asks = (state, _document, statement, asked) => {
  const target = state.extracts.get(asked.extractId)
  refuseUnless(target !== undefined && isCurrent(target), 'extract_unknown')
  const sent = target.recorded.statement
  refuseUnless(sent.forRequest === undefined, 'request_invalid')
  const fits = sent.agreement === statement.agreement && sent.epoch === statement.epoch && sent.party === asked.party
  refuseUnless(fits && sent.dataset === asked.dataset && sent.version === asked.version, 'request_invalid')
  const names = new Set<string>(sent.columns.map((column) => column.name))
  refuseUnless(
    asked.columns.every((name) => names.has(name)) && new Set(asked.columns).size === asked.columns.length,
    'column_not_agreed',
  )
}

/** Columns of extracts that are to be made for this request: ids that nobody has named before, one for each dataset. */
const askToBeMade: Asks = (state, { datasets, linkage }, { extracts }, asked) => {
  const dataset = datasets.find(({ id }) => id === asked.dataset)
  refuseUnless(dataset !== undefined && dataset.party === asked.party && asked.version === 1, 'request_invalid')
  refuseUnless(extracts.filter((other) => other.dataset === asked.dataset).length === 1, 'request_invalid')
  const isNamed = [...state.requests.values()].some(({ recorded }) =>
    recorded.statement.extracts.some(({ extractId }) => extractId === asked.extractId),
  )
  refuseUnless(!state.extracts.has(asked.extractId) && !isNamed, 'extract_exists')
  const agreed = new Set(agreedColumns(dataset, linkage).map(({ name }) => name))
  refuseUnless(
    asked.columns.every((name) => agreed.has(name)) && new Set(asked.columns).size === asked.columns.length,
    'column_not_agreed',
  )
}

export const request: Rule<'request'> = ({ state, recorded, signer, at }) => {
  refuseUnless(signer.role === 'coordinator', 'not_in_role')
  const { statement } = recorded
  const agreement = state.agreements.get(statement.agreement)
  refuseUnless(agreement !== undefined, 'agreement_unknown')
  const status = agreementStatus(agreement, at)
  refuseUnless(status !== 'withdrawn', 'revoked')
  refuseUnless(status !== 'expired', 'agreement_expired')
  refuseUnless(status === 'active', 'agreement_not_active')
  refuseUnless(usableCeremony(agreement)?.epoch === statement.epoch, 'ceremony_not_complete')

  const earlier = [...state.requests.values()].map((other) => other.recorded.statement)
  refuseUnless(!earlier.some((other) => other.requestId === statement.requestId), 'request_exists')
  const spent = earlier.filter((other) => other.agreement === statement.agreement).length
  refuseUnless(spent < agreement.document.requestBudget, 'request_budget_spent')

  refuseUnless(
    new Set(statement.extracts.map((asked) => asked.extractId)).size === statement.extracts.length,
    'request_invalid',
  )
  const asks = asksOwnExtracts(agreement.document, statement.extracts) ? askToBeMade : askDelivered
  for (const asked of statement.extracts) asks(state, agreement.document, statement, asked)
  return () => {
    state.requests.set(recorded.hash, {
      recorded,
      approvals: new Map(),
      rejected: undefined,
      withdrawn: undefined,
      job: undefined,
      releases: new Map(),
      refusals: new Map(),
      results: [],
      closed: undefined,
    })
  }
}

export const requestApproval: Rule<'request-approval'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  const { party } = signer
  const target = known(state, recorded.statement.requestHash)
  refuseUnless(
    target.recorded.statement.extracts.some((asked) => asked.party === party),
    'not_in_role',
  )
  refuseUnless(target.withdrawn === undefined, 'revoked')
  refuseUnless(!target.approvals.has(recorded.statement.keyId) && target.rejected === undefined, 'already_decided')
  return () => {
    if (recorded.statement.decision === 'approved') target.approvals.set(recorded.statement.keyId, { party, recorded })
    else target.rejected = recorded
  }
}

export const job: Rule<'job'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'broker', 'not_in_role')
  const { statement } = recorded
  const target = known(state, statement.requestHash)
  refuseUnless(target.withdrawn === undefined, 'revoked')
  refuseUnless(
    target.job === undefined && target.closed === undefined && target.rejected === undefined,
    'job_out_of_order',
  )
  refuseUnless(approvalsMissing(state, target).length === 0, 'job_out_of_order')
  // A job whose deliveries are still to be made has nothing to open.
  refuseUnless(extractsMissing(state, target).length === 0, 'job_out_of_order')
  const agreement = state.agreements.get(target.recorded.statement.agreement)
  const longest = (agreement?.document.jobMinutes ?? 0) * 60_000
  const lasts = Date.parse(statement.notAfter ?? '') - Date.parse(statement.issuedAt)
  refuseUnless(lasts > 0 && lasts <= longest, 'job_out_of_order')
  return () => {
    target.job = recorded
  }
}

export const keyRelease: Rule<'key-release'> = ({ state, recorded, signer, at }) => {
  const { statement } = recorded
  refuseUnless(signer.role === 'node' && signer.party === statement.from, 'not_in_role')
  const target = known(state, statement.requestHash)
  refuseUnless(target.withdrawn === undefined, 'revoked')
  refuseUnless(target.job?.hash === statement.jobHash && target.closed === undefined, 'job_out_of_order')
  // Whatever end the release names for itself: a key that comes after the job opens nothing.
  refuseUnless(at < Date.parse(target.job.statement.notAfter ?? ''), 'statement_expired')
  const agreement = state.agreements.get(target.recorded.statement.agreement)
  const status = agreement && agreementStatus(agreement, at)
  refuseUnless(status !== 'expired', 'agreement_expired')
  refuseUnless(agreement !== undefined && status === 'active', 'revoked')
  const asked = target.recorded.statement.extracts.find((extract) => extract.extractId === statement.extractId)
  refuseUnless(asked?.party === signer.party, 'not_in_role')
  const extract = state.extracts.get(statement.extractId)
  refuseUnless(extract !== undefined && isCurrent(extract), 'revoked')
  const { forRequest } = extract.recorded.statement
  refuseUnless(forRequest === undefined || forRequest.requestHash === target.recorded.hash, 'request_invalid')
  // Made of a delivery that has ended meanwhile. One that stays at its node is not on record: the node sees to that.
  const source = forRequest && state.extracts.get(forRequest.source)
  refuseUnless(source === undefined || isCurrent(source), 'revoked')
  // What was delivered under an epoch that has ended stays shut.
  refuseUnless(usableCeremony(agreement)?.epoch === extract.recorded.statement.epoch, 'revoked')
  refuseUnless(sameNames(asked.columns, statement.columns), 'column_not_agreed')
  refuseUnless(!target.releases.has(statement.extractId), 'job_out_of_order')
  return () => {
    target.releases.set(statement.extractId, recorded)
  }
}

export const releaseRefusal: Rule<'release-refusal'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'node' && signer.party === recorded.statement.from, 'not_in_role')
  const target = known(state, recorded.statement.requestHash)
  refuseUnless(
    target.recorded.statement.extracts.some((asked) => asked.party === signer.party),
    'not_in_role',
  )
  refuseUnless(!target.refusals.has(signer.party) && target.closed === undefined, 'already_decided')
  return () => {
    target.refusals.set(signer.party, recorded)
  }
}

export const result: Rule<'result'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'broker', 'not_in_role')
  const target = known(state, recorded.statement.requestHash)
  // No result without every key: it could only have been made up.
  refuseUnless(target.releases.size === target.recorded.statement.extracts.length, 'job_out_of_order')
  refuseUnless(target.job !== undefined && target.closed === undefined, 'job_out_of_order')
  return () => {
    target.results.push(recorded)
  }
}

export const jobClosed: Rule<'job-closed'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'broker', 'not_in_role')
  const target = known(state, recorded.statement.requestHash)
  refuseUnless(target.closed === undefined, 'job_out_of_order')
  return () => {
    target.closed = recorded
  }
}
