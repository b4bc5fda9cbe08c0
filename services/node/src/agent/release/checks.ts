/**
 * The ten checks of protocol §3.7. Each by itself, each with its own codes; a key leaves only if none objects.
 * Many repeat what replaying the log decided already. That is meant: a release must not hang on one piece of code.
 * @module
 */
import { fromHex, sha256, toHex } from '@kruispunt/crypto'
import { agreedColumns, agreementStatus, asksOwnExtracts, takesPart, usableCeremony } from '@kruispunt/lab-record'
import { canonicalBytes, envelopeBytes, type JsonValue } from '@kruispunt/statements'
import { leafHash, verifyInclusion } from '@kruispunt/transparency-log'
import { no, notYet, type Objection, type ReleaseCase, type RequestCase } from './release-case.ts'

type Check = (release: ReleaseCase) => Objection | undefined
/** One that also holds before there is a job. */
type RequestCheck = (about: RequestCase & Partial<Pick<ReleaseCase, 'job'>>) => Objection | undefined

const minute = 60_000
const hour = 60 * minute
const clockTolerance = 5 * minute
const requestLife = 24 * hour
const checkpointLife = 24 * hour
const longestJob = hour

/** 1. The roster is the accepted one and in date; the own clock is that of the other witnesses. */
const rosterAndClock: RequestCheck = ({ state, now, party, trusted }) => {
  const { roster } = state
  if (roster === undefined || !takesPart(state, party)) return no('roster_not_accepted')
  if (now >= Date.parse(roster.document.expires)) return no('roster_expired')
  const others = (trusted?.cosigners ?? [])
    .filter((cosigner) => cosigner.party !== party)
    .map((cosigner) => cosigner.timestampSeconds * 1000)
    .sort((a, b) => a - b)
  // The one in the middle: a single lying witness moves nothing.
  const middle = others[Math.floor(others.length / 2)]
  if (middle === undefined || Math.abs(now - middle) > clockTolerance) return notYet('clock_differs')
  return undefined
}

/** 2. The agreement is signed by all, inside its dates, not withdrawn, not superseded. */
const agreementActive: RequestCheck = ({ agreement, now }) => {
  const status = agreementStatus(agreement, now)
  if (status === 'expired') return no('agreement_expired')
  return status === 'active' ? undefined : no('agreement_not_active')
}

/** 3. The request comes from a coordinator, is fresh, and asks only agreed columns of the usable epoch. */
const requestInOrder: RequestCheck = ({ request, agreement, state, asked, now }) => {
  const { statement } = request.recorded
  const coordinators = state.roster?.document.coordinators ?? []
  if (!coordinators.some((key) => key.keyId === statement.keyId)) return no('request_not_in_role')
  const expires = Math.min(
    Date.parse(statement.issuedAt) + requestLife,
    statement.notAfter === null ? Number.POSITIVE_INFINITY : Date.parse(statement.notAfter),
  )
  if (now >= expires) return no('request_expired')
  // Dated ahead it would live longer than a day from now.
  if (Date.parse(statement.issuedAt) > now + clockTolerance) return no('clock_differs')
  if (usableCeremony(agreement)?.epoch !== statement.epoch) return no('request_other_epoch')
  const dataset = agreement.document.datasets.find(({ id, party }) => id === asked.dataset && party === asked.party)
  const columns = dataset === undefined ? [] : agreedColumns(dataset, agreement.document.linkage)
  const agreed = new Set(columns.map(({ name }) => name))
  return asked.columns.every((name) => agreed.has(name)) ? undefined : no('request_column_not_agreed')
}

/** 4. Everybody who must approve this very request did, each officer once, an officer of this node included where it is ours to do. */
const approvalsComplete: RequestCheck = ({ request, agreement, party, ownOfficers }) => {
  if (request.rejected !== undefined) return no('request_rejected')
  const asked = new Set(request.recorded.statement.extracts.map((extract) => extract.party))
  for (const listed of agreement.document.parties) {
    if (!asked.has(listed.id) || listed.approval !== 'per-request') continue
    const approved = [...request.approvals].filter(
      ([keyId, given]) =>
        given.party === listed.id &&
        given.recorded.statement.keyId === keyId &&
        given.recorded.statement.requestHash === request.recorded.hash &&
        given.recorded.statement.decision === 'approved',
    )
    if (approved.length < listed.approvers) return no('approvals_missing')
    if (listed.id === party && !approved.some(([keyId]) => ownOfficers.has(keyId))) return no('own_approval_missing')
  }
  return undefined
}

/** 5. The budget holds. */
const budgetHolds: RequestCheck = ({ request, state, agreement }) => {
  const requests = [...state.requests.values()].filter(
    (other) => other.recorded.statement.agreement === agreement.id && other.recorded.index <= request.recorded.index,
  )
  return requests.length <= agreement.document.requestBudget ? undefined : no('request_budget_spent')
}

/** 5. And neither this request nor this job key was ever served from here. */
const neverReleased: Check = (release) => {
  const { request, job, history, releasedRequests, releasedJobKeys } = release
  if (releasedRequests.has(request.recorded.statement.requestId)) return no('request_used')
  const key = job.statement.jobKemPublicKey
  const elsewhere = history.some(
    ({ statement, hash }) => statement.kind === 'job' && statement.jobKemPublicKey === key && hash !== job.hash,
  )
  return elsewhere || releasedJobKeys.has(jobKeyHash(key)) ? no('job_key_used') : budgetHolds(release)
}

/** 6. The pinned broker key signed the job, it is for this request, and it lives no longer than agreed. */
const jobBindsRequest: Check = ({ job, request, state, brokerKeyId, agreement, now }) => {
  const { statement } = job
  const listed = state.roster?.document.broker.brokerKey.keyId
  if (statement.keyId !== brokerKeyId || listed !== brokerKeyId) return no('job_not_by_broker')
  if (statement.requestHash !== request.recorded.hash) return no('job_other_request')
  const ends = statement.notAfter === null ? 0 : Date.parse(statement.notAfter)
  if (now >= ends || request.closed !== undefined) return no('job_expired')
  const most = Math.min(longestJob, agreement.document.jobMinutes * minute)
  // From now as well: the broker writes the date of its own job.
  const tooLong = ends - Date.parse(statement.issuedAt) > most || ends - now > most + clockTolerance
  return tooLong ? no('job_too_long') : undefined
}

/** Every statement the release rests on. */
function statementsUsed({ state, agreement, request, job, asked }: Parameters<RequestCheck>[0]): number[] {
  const ceremony = agreement.ceremonies.get(request.recorded.statement.epoch)
  return [
    state.roster?.index,
    ...state.rosterAcceptedBy.values(),
    ...state.rosterProofs,
    agreement.proposed.index,
    ...[...agreement.approvals.values()].map(({ index }) => index),
    ...[...(ceremony?.commits.values() ?? []), ...(ceremony?.reveals.values() ?? [])].map(({ index }) => index),
    ...[...(ceremony?.confirms.values() ?? [])].map(({ index }) => index),
    state.extracts.get(asked.extractId)?.recorded.index,
    request.recorded.index,
    ...[...request.approvals.values()].map(({ recorded }) => recorded.index),
    job?.index,
  ].filter((index) => index !== undefined)
}

/** 7. Each of them is in the one checkpoint that has a quorum, by an inclusion proof over the stored bytes. */
const allInOneCheckpoint: RequestCheck = (release) => {
  const { trusted, tree, envelopeAt } = release
  if (trusted === undefined) return notYet('checkpoint_missing')
  const { size } = trusted
  const root = fromHex(trusted.root)
  for (const index of statementsUsed(release)) {
    if (index >= size) return notYet('not_in_checkpoint')
    const envelope = envelopeAt(index)
    if (envelope === undefined) return no('log_incomplete')
    const leaf = leafHash(envelopeBytes(envelope))
    if (!verifyInclusion({ index, size, leafHash: leaf, proof: tree.inclusionProof(index, size), root }))
      return no('checkpoint_conflict')
  }
  return undefined
}

/** 8. That checkpoint fits the one this node cosigned, and a quorum cosigned it within the last day. */
const checkpointFresh: RequestCheck = ({ trusted, cosigned, tree, state, now }) => {
  if (trusted === undefined || cosigned === undefined) return notYet('checkpoint_missing')
  if (trusted.size > tree.size || cosigned.size > tree.size) return no('log_incomplete')
  const fits = (point: { size: number; root: string }) => toHex(tree.root(point.size)) === point.root
  if (!fits(trusted) || !fits(cosigned)) return no('checkpoint_conflict')
  const quorum = state.roster?.document.quorum ?? Number.POSITIVE_INFINITY
  const fresh = trusted.cosigners.filter(({ timestampSeconds }) => now - timestampSeconds * 1000 <= checkpointLife)
  return fresh.length >= quorum ? undefined : notYet('checkpoint_stale')
}

/** 9. Nothing anywhere in the log speaks against it: absence shows only when all of it was read. */
const nothingAgainst: RequestCheck = ({ history, trusted, agreement, request, job, asked, withdrawnHere }) => {
  // Before the log says so, and if it never does.
  if (withdrawnHere) return no('revoked')
  if (history.length < (trusted?.size ?? 0) || history.some(({ index }, at) => index !== at))
    return no('log_incomplete')
  const { requestId } = request.recorded.statement
  for (const { statement, hash } of history) {
    if (statement.kind === 'revocation') {
      const ids: readonly string[] = [agreement.id, asked.extractId, requestId]
      if (ids.includes(statement.id)) return no('revoked')
    }
    if (statement.kind === 'key-destroyed' && statement.extractIds.includes(asked.extractId)) return no('revoked')
    if (statement.kind === 'extract' && statement.replaces === asked.extractId) return no('revoked')
    if (statement.kind === 'request' && statement.requestId === requestId && hash !== request.recorded.hash)
      return no('conflicting_statement')
    if (statement.kind === 'job' && statement.requestHash === request.recorded.hash && hash !== job?.hash)
      return no('conflicting_statement')
  }
  return undefined
}

/** What was made for a request opens for that one, and of what is opened for single requests there is nothing else. */
function isOfThisRequest({ own, asked, state, agreement, request }: ReleaseCase): boolean {
  const recorded = state.extracts.get(asked.extractId)?.recorded.statement
  const isOwnRequest = asksOwnExtracts(agreement.document, request.recorded.statement.extracts)
  const hashes = [own?.madeFor?.requestHash, recorded?.forRequest?.requestHash]
  return hashes.every((hash) => hash === (isOwnRequest ? request.recorded.hash : undefined))
}

/** 10. The extract on record is, column by column, the one this node made and sent, and its key is still there. */
const extractUnchanged: Check = (release) => {
  const { own, asked, state, party, agreement } = release
  const recorded = state.extracts.get(asked.extractId)?.recorded.statement
  if (own === undefined || recorded === undefined || recorded.party !== party || asked.party !== party)
    return no('extract_not_ours')
  if (own.state !== 'sent' || !own.keyPresent) return no('extract_key_gone')
  if (own.body === null || own.agreement !== agreement.id || asked.version !== own.body.version)
    return no('extract_changed')
  const { body } = own
  // Every member of what was sent, whatever members an extract has: the header is all the log may add.
  const sent = toHex(canonicalBytes(body as unknown as JsonValue))
  const members = Object.keys(body) as (keyof typeof body)[]
  const there = Object.fromEntries(members.map((name) => [name, recorded[name]]))
  if (toHex(canonicalBytes(there as JsonValue)) !== sent) return no('extract_changed')
  return isOfThisRequest(release) ? undefined : no('extract_other_request')
}

export const jobKeyHash = (jobKemPublicKeyHex: string): string => toHex(sha256(fromHex(jobKemPublicKeyHex)))

/** In the order of the protocol. */
export const checks: readonly Check[] = [
  rosterAndClock,
  agreementActive,
  requestInOrder,
  approvalsComplete,
  neverReleased,
  jobBindsRequest,
  allInOneCheckpoint,
  checkpointFresh,
  nothingAgainst,
  extractUnchanged,
]

/** What has to hold before anything is made for a request. */
const requestChecks: readonly RequestCheck[] = [
  rosterAndClock,
  agreementActive,
  requestInOrder,
  approvalsComplete,
  budgetHolds,
  allInOneCheckpoint,
  checkpointFresh,
  nothingAgainst,
]

const worst = (objections: readonly (Objection | undefined)[]): Objection | undefined => {
  const found = objections.filter((objection) => objection !== undefined)
  return found.find(({ passes }) => !passes) ?? found[0]
}

/** The first objection that is final; else the first one that may pass; undefined: the key may go. */
export const objectionTo = (release: ReleaseCase): Objection | undefined => worst(checks.map((check) => check(release)))

/** The same of an extract that is asked for one request and is still to be made. */
export const objectionToMaking = (about: RequestCase): Objection | undefined =>
  worst(requestChecks.map((check) => check(about)))
