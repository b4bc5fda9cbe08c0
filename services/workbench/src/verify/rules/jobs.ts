/** Requests, approvals, jobs, key releases and results. */
import { type CeremonyFault, notWorkable } from './ceremony.ts'
import type { Entry } from './entries.ts'
import type { Journal } from './journal.ts'
import {
  agreementOf,
  approvalsOf,
  columnsAgreed,
  extractOf,
  hasOwnExtracts,
  isCurrent,
  isWithdrawn,
  requestOf,
  requestsNaming,
  sameNames,
  usableEpoch,
} from './questions.ts'

export type JobFault =
  | CeremonyFault
  | 'request_exists'
  | 'request_budget_spent'
  | 'request_invalid'
  | 'request_unknown'
  | 'extract_exists'
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
  const look = hasOwnExtracts(journal, statement.agreement, extracts) ? lookToBeMade : lookDelivered
  for (const asked of extracts) {
    const wrong = look(journal, statement, asked)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

type Asking = Entry<'request'>['statement']
type Look = (journal: Journal, asking: Asking, asked: Asking['extracts'][number]) => JobFault | undefined

/** Columns of what was delivered for everybody. */
const lookDelivered: Look = (journal, statement, asked) => {
  const sent = extractOf(journal, asked.extractId)?.statement
  if (sent === undefined || !isCurrent(journal, asked.extractId)) return 'extract_unknown'
  const isNamedRight =
    sent.forRequest === undefined &&
    sent.agreement === statement.agreement &&
    sent.epoch === statement.epoch &&
    sent.party === asked.party &&
    sent.dataset === asked.dataset &&
    sent.version === asked.version
  if (!isNamedRight) return 'request_invalid'
  const there = new Set<string>(sent.columns.map(({ name }) => name))
  return areAmong(asked.columns, there) ? undefined : 'column_not_agreed'
}

/** Columns of what will be made for this request: new ids, each dataset once. */
const lookToBeMade: Look = (journal, statement, asked) => {
  const document = agreementOf(journal, statement.agreement)?.statement.document
  const dataset = document?.datasets.find(({ id }) => id === asked.dataset)
  const times = statement.extracts.filter((other) => other.dataset === asked.dataset).length
  if (document === undefined || dataset?.party !== asked.party || asked.version !== 1 || times !== 1)
    return 'request_invalid'
  const isTaken =
    extractOf(journal, asked.extractId) !== undefined || requestsNaming(journal, asked.extractId).length > 0
  if (isTaken) return 'extract_exists'
  const agreed = new Set(columnsAgreed(dataset, document.linkage).keys())
  return areAmong(asked.columns, agreed) ? undefined : 'column_not_agreed'
}

const areAmong = (names: readonly string[], there: ReadonlySet<string>) =>
  new Set(names).size === names.length && names.every((name) => there.has(name))

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
  if (request.statement.extracts.some(({ extractId }) => extractOf(journal, extractId) === undefined))
    return 'job_out_of_order'
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
  // What was delivered under an epoch that has ended stays shut, and so does what was made for another request.
  const { epoch, forRequest } = extractOf(journal, statement.extractId)?.statement ?? {}
  if (forRequest !== undefined && forRequest.requestHash !== request.hash) return 'request_invalid'
  if (forRequest !== undefined && !isCurrent(journal, forRequest.source)) return 'revoked'
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
