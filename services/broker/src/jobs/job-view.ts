/**
 * Where a job stands, read from the lab's record; memory only adds whether it is open here and why it failed.
 * @module
 */
import type { JobView } from '@kruispunt/contracts'
import { approvalsMissing, extractsMissing, type LabState, type RequestState } from '@kruispunt/lab-record'
import { failureText, JobFailure } from './job-failure.ts'
import type { RunningJob } from './running-job.ts'

export function stateOf(request: RequestState, running: RunningJob | undefined): JobView['state'] {
  if (request.closed) return request.closed.statement.reason === 'failed' ? 'failed' : 'closed'
  if (running?.failure) return 'failed'
  if (!request.job || request.releases.size < request.recorded.statement.extracts.length) return 'waiting'
  return running?.open ? 'open' : 'opening'
}

/** @param left - under this agreement, over these deliveries */
export function viewOf(
  lab: LabState,
  request: RequestState,
  running: RunningJob | undefined,
  left: Pick<JobView, 'questionsLeft' | 'privacyBudgets'>,
): JobView {
  const { requestId, agreement: agreementId, extracts } = request.recorded.statement
  const agreement = lab.agreements.get(agreementId)?.document
  if (!agreement) throw new Error('a request on record without its agreement')
  const state = stateOf(request, running)
  const silent = extracts.filter(({ extractId }) => !request.releases.has(extractId)).map(({ party }) => party)
  const unapproved = approvalsMissing(lab, request)
  // Approvals first: nothing is made for a request that may still be refused.
  const before = unapproved.length > 0 ? unapproved : extractsMissing(lab, request)
  const waitingFor = request.job ? silent : before
  return {
    requestId,
    agreement: agreementId,
    state,
    waitingFor: state === 'waiting' ? [...new Set(waitingFor)] : [],
    refusals: [...request.refusals].map(([party, { statement }]) => ({ party, code: statement.code })),
    notAfter: request.job?.statement.notAfter ?? null,
    ...left,
    // After a restart the log still says that it failed, no longer why.
    failure: state === 'failed' ? failureText(running?.failure ?? new JobFailure('unexpected'), agreement) : null,
  }
}
