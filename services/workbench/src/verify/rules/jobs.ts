/** Requests, approvals, jobs, key releases and results. */
import { type CeremonyFault, notWorkable } from './ceremony.ts'
import type { Entry } from './entries.ts'
import type { Journal } from './journal.ts'
import {
  agreementOf,
  approvalsOf,
  extractOf,
  isCurrent,
  isWithdrawn,
  requestOf,
  sameNames,
  usableEpoch,
} from './questions.ts'

export type JobFault =
  | CeremonyFault
  | 'request_exists'
  | 'request_budget_spent'
  | 'request_invalid'
  | 'request_unknown'
  | 'extract_unknown'
  | 'column_not_agreed'
  | 'already_decided'
  | 'job_out_of_order'
  | 'release_too_late'

export function mayAsk({ who, statement, at }: Entry<'request'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'coordinator') return 'not_in_role'
  const fault = notWorkable(journal, statement.agreement, at)
  if (fault !== undefined) return fault
  if (usableEpoch(journal, statement.agreement) !== statement.epoch) return 'ceremony_not_complete'
  if (journal.about('request', statement.requestId).length > 0) return 'request_exists'
  const spent = journal.of('request').filter((other) => other.statement.agreement === statement.agreement).length
  const budget = agreementOf(journal, statement.agreement)?.statement.document.requestBudget ?? 0
  if (spent >= budget) return 'request_budget_spent'

  const { extracts } = statement
  if (new Set(extracts.map(({ extractId }) => extractId)).size !== extracts.length) return 'request_invalid'
  for (const asked of extracts) {
    const sent = extractOf(journal, asked.extractId)?.statement
    if (sent === undefined || !isCurrent(journal, asked.extractId)) return 'extract_unknown'
    const isNamedRight =
      sent.agreement === statement.agreement &&
      sent.epoch === statement.epoch &&
      sent.party === asked.party &&
      sent.dataset === asked.dataset &&
      sent.version === asked.version
    if (!isNamedRight) return 'request_invalid'
    const there = new Set<string>(sent.columns.map(({ name }) => name))
    if (new Set(asked.columns).size !== asked.columns.length || asked.columns.some((name) => !there.has(name)))
      return 'column_not_agreed'
  }
  return undefined
}

const takesPartIn = (request: Entry<'request'>, party: string) =>
  request.statement.extracts.some((asked) => asked.party === party)
const isRejected = (journal: Journal, hash: string) =>
  journal.about('request-approval', hash).some(({ statement }) => statement.decision === 'rejected')
const jobOf = (journal: Journal, hash: string) => journal.about('job', hash)[0]
const isClosed = (journal: Journal, hash: string) => journal.about('job-closed', hash).length > 0

export function mayApprove({ who, statement }: Entry<'request-approval'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  const request = requestOf(journal, statement.requestHash)
  if (request === undefined) return 'request_unknown'
  if (!takesPartIn(request, who.name)) return 'not_in_role'
  if (isWithdrawn(journal, request)) return 'revoked'
  const again = journal
    .about('request-approval', request.hash)
    .some((other) => other.statement.keyId === statement.keyId && other.statement.decision === 'approved')
  return again || isRejected(journal, request.hash) ? 'already_decided' : undefined
}

export function mayOpenJob({ who, statement, at }: Entry<'job'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'broker') return 'not_in_role'
  const request = requestOf(journal, statement.requestHash)
  if (request === undefined) return 'request_unknown'
  if (isWithdrawn(journal, request)) return 'revoked'
  const { hash } = request
  if (jobOf(journal, hash) !== undefined || isClosed(journal, hash) || isRejected(journal, hash))
    return 'job_out_of_order'
  if (approvalsOf(journal, request).some(({ needed, given }) => given.length < needed)) return 'job_out_of_order'
  const minutes = agreementOf(journal, request.statement.agreement)?.statement.document.jobMinutes ?? 0
  const lastsMs = statement.notAfter === null ? 0 : Date.parse(statement.notAfter) - at
  return lastsMs > 0 && lastsMs <= minutes * 60_000 ? undefined : 'job_out_of_order'
}

/** The question that matters most: was this key given to an approved job, by its owner, while all of it still stood? */
export function mayRelease({ who, statement, at }: Entry<'key-release'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'node') return 'not_in_role'
  const request = requestOf(journal, statement.requestHash)
  if (request === undefined) return 'request_unknown'
  if (isWithdrawn(journal, request)) return 'revoked'
  const job = jobOf(journal, request.hash)
  if (job?.hash !== statement.jobHash || isClosed(journal, request.hash)) return 'job_out_of_order'
  if (at >= Date.parse(job.statement.notAfter ?? '')) return 'release_too_late'
  const state = notWorkable(journal, request.statement.agreement, at)
  if (state !== undefined) return state === 'agreement_expired' ? state : 'revoked'
  const asked = request.statement.extracts.find(({ extractId }) => extractId === statement.extractId)
  if (asked?.party !== who.name) return 'not_in_role'
  if (!isCurrent(journal, statement.extractId)) return 'revoked'
  // What was delivered under an epoch that has ended stays shut.
  const { epoch } = extractOf(journal, statement.extractId)?.statement ?? {}
  if (usableEpoch(journal, request.statement.agreement) !== epoch) return 'revoked'
  if (!sameNames(asked.columns, statement.columns)) return 'column_not_agreed'
  const again = journal
    .about('key-release', request.hash)
    .some((other) => other.statement.extractId === asked.extractId)
  return again ? 'job_out_of_order' : undefined
}

export function mayRefuse({ who, statement }: Entry<'release-refusal'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'node') return 'not_in_role'
  const request = requestOf(journal, statement.requestHash)
  if (request === undefined) return 'request_unknown'
  if (!takesPartIn(request, who.name)) return 'not_in_role'
  const again = journal.about('release-refusal', request.hash).some((other) => other.who.name === who.name)
  return again || isClosed(journal, request.hash) ? 'already_decided' : undefined
}

/** A result needs every key: without them it can only have been made up. */
export function mayAnswer({ who, statement }: Entry<'result'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'broker') return 'not_in_role'
  const request = requestOf(journal, statement.requestHash)
  if (request === undefined) return 'request_unknown'
  const released = new Set(journal.about('key-release', request.hash).map((entry) => entry.statement.extractId))
  const isWhole = request.statement.extracts.every(({ extractId }) => released.has(extractId))
  const isOpen = jobOf(journal, request.hash) !== undefined && !isClosed(journal, request.hash)
  return isWhole && isOpen ? undefined : 'job_out_of_order'
}

export function mayClose({ who, statement }: Entry<'job-closed'>, journal: Journal): JobFault | undefined {
  if (who.role !== 'broker') return 'not_in_role'
  const request = requestOf(journal, statement.requestHash)
  if (request === undefined) return 'request_unknown'
  return isClosed(journal, request.hash) ? 'job_out_of_order' : undefined
}
