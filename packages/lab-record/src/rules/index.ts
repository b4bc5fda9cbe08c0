/** One rule per statement kind; a kind without one does not compile. */
import type { StatementKind } from '@kruispunt/contracts'
import { agreement, agreementApproval } from './agreement.ts'
import type { Rule } from './context.ts'
import { extract, keyDestroyed, revocation } from './extracts.ts'
import { job, jobClosed, keyRelease, releaseRefusal, request, requestApproval, result } from './jobs.ts'
import { oprfAlarm, oprfBatch, oprfEvaluation, oprfRefusal } from './oprf.ts'
import { recovery } from './recovery.ts'
import { roster, rosterAcceptance } from './roster.ts'
import { epochRotation, saltAbort, saltCommit, saltComplaint, saltConfirm, saltReveal } from './salt.ts'

export const rules: { [K in StatementKind]: Rule<K> } = {
  roster,
  'roster-acceptance': rosterAcceptance,
  recovery,
  agreement,
  'agreement-approval': agreementApproval,
  'epoch-rotation': epochRotation,
  'salt-commit': saltCommit,
  'salt-reveal': saltReveal,
  'salt-complaint': saltComplaint,
  'salt-confirm': saltConfirm,
  'salt-abort': saltAbort,
  'oprf-batch': oprfBatch,
  'oprf-evaluation': oprfEvaluation,
  'oprf-refusal': oprfRefusal,
  'oprf-alarm': oprfAlarm,
  extract,
  request,
  'request-approval': requestApproval,
  job,
  'key-release': keyRelease,
  'release-refusal': releaseRefusal,
  result,
  'job-closed': jobClosed,
  revocation,
  'key-destroyed': keyDestroyed,
}
