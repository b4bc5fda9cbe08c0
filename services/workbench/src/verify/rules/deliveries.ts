/** Deliveries, withdrawals, and destroyed keys. */
import { type CeremonyFault, notWorkable } from './ceremony.ts'
import type { Entry } from './entries.ts'
import type { Journal } from './journal.ts'
import {
  agreementOf,
  approvalsOf,
  columnsAgreed,
  endOfRequest,
  extractOf,
  hasOwnExtracts,
  isCurrent,
  isWithdrawn,
  requestOf,
  requestsNaming,
  sameNames,
  takesPart,
  usableEpoch,
} from './questions.ts'

export type ExtractFault =
  | CeremonyFault
  | 'extract_exists'
  | 'extract_unknown'
  | 'column_not_agreed'
  | 'too_many_records'
  | 'extract_mode_differs'
  | 'job_out_of_order'
  | 'request_invalid'
  | 'request_unknown'

export function mayDeliver(entry: Entry<'extract'>, journal: Journal): ExtractFault | undefined {
  const { who, statement, at } = entry
  if (who.role !== 'node' || statement.party !== who.name) return 'not_in_role'
  const fault = notWorkable(journal, statement.agreement, at)
  if (fault !== undefined) return fault
  if (usableEpoch(journal, statement.agreement) !== statement.epoch) return 'ceremony_not_complete'
  if (extractOf(journal, statement.extractId) !== undefined) return 'extract_exists'

  const document = agreementOf(journal, statement.agreement)?.statement.document
  const party = document?.parties.find(({ id }) => id === who.name)
  const dataset = document?.datasets.find(({ id }) => id === statement.dataset)
  if (document === undefined || party === undefined || dataset?.party !== who.name) return 'column_not_agreed'
  if (Math.max(statement.subjects, statement.records) > party.maxRecords) return 'too_many_records'
  const made = statement.forRequest === undefined ? forAll(entry, journal) : forOne(entry, journal)
  if ('fault' in made) return made.fault
  const agreed = columnsAgreed(dataset, document.linkage)
  const wanted = made.columns ?? [...agreed.keys()]
  const isAgreed =
    sameNames(
      statement.columns.map(({ name }) => name),
      wanted,
    ) && statement.columns.every(({ name, table }) => agreed.get(name) === table)
  if (!isAgreed) return 'column_not_agreed'
  const hasInvented = wanted.some((name) => agreed.get(name) === 'decoys')
  if (hasInvented !== (statement.decoys !== undefined)) return 'column_not_agreed'
  return (statement.decoys ?? 0) > (document.linkage.selfTest ?? 0) ? 'too_many_records' : undefined
}

type Sent = Entry<'extract'>['statement']
type Made = { readonly fault: ExtractFault } | { readonly columns: readonly string[] | undefined }

const isSamePlace = (a: Sent, b: Sent) =>
  a.agreement === b.agreement && a.dataset === b.dataset && a.epoch === b.epoch && a.period === b.period

const modeOf = (journal: Journal, { agreement, dataset }: Sent) =>
  agreementOf(journal, agreement)?.statement.document.datasets.find(({ id }) => id === dataset)?.extractMode ??
  'standing'

/** A delivery that any request may ask, in the place of the one before. */
function forAll({ statement }: Entry<'extract'>, journal: Journal): Made {
  if (modeOf(journal, statement) !== 'standing') return { fault: 'extract_mode_differs' }
  if (requestsNaming(journal, statement.extractId).length > 0) return { fault: 'extract_exists' }
  const before = journal.of('extract').find(({ statement: other }) => {
    return other.forRequest === undefined && isSamePlace(other, statement) && isCurrent(journal, other.extractId)
  })
  return (before?.statement.extractId ?? null) === statement.replaces
    ? { columns: undefined }
    : { fault: 'extract_exists' }
}

/** An extract for one request: approved by all who have to, before its job, as the request named it. */
function forOne({ statement, at }: Entry<'extract'>, journal: Journal): Made {
  const request = requestOf(journal, statement.forRequest?.requestHash ?? '')
  if (request === undefined) return { fault: 'request_unknown' }
  const { agreement, epoch, extracts } = request.statement
  if (!hasOwnExtracts(journal, agreement, extracts)) return { fault: 'extract_mode_differs' }
  const asked = extracts.find(({ extractId }) => extractId === statement.extractId)
  const isNamedRight =
    asked?.party === statement.party &&
    asked.dataset === statement.dataset &&
    agreement === statement.agreement &&
    epoch === statement.epoch
  if (!isNamedRight) return { fault: 'request_invalid' }
  if (isWithdrawn(journal, request)) return { fault: 'revoked' }
  const isEarly = approvalsOf(journal, request).some(({ needed, given }) => given.length < needed)
  const isLate = journal.about('job', request.hash).length > 0 || endOfRequest(journal, request, at) !== undefined
  if (isEarly || isLate) return { fault: 'job_out_of_order' }
  if (statement.version !== 1 || statement.replaces !== null) return { fault: 'request_invalid' }
  return isSourceRight(statement, journal) ? { columns: asked.columns } : { fault: 'extract_unknown' }
}

/** Of a standing dataset: the delivery that counts. Else one that no log ever held, and no other dataset named. */
function isSourceRight(statement: Sent, journal: Journal): boolean {
  const source = statement.forRequest?.source ?? ''
  const known = extractOf(journal, source)?.statement
  if (modeOf(journal, statement) === 'standing')
    return (
      known !== undefined &&
      known.forRequest === undefined &&
      isSamePlace(known, statement) &&
      isCurrent(journal, source)
    )
  const namedBy = journal.of('extract').filter((entry) => entry.statement.forRequest?.source === source)
  return known === undefined && namedBy.every((entry) => isSamePlace(entry.statement, statement))
}

/** Any officer of a party withdraws what is that party's: a delivery of its own, an agreement or request it takes part in. */
export function mayWithdraw({ who, statement }: Entry<'revocation'>, journal: Journal): ExtractFault | undefined {
  if (who.role !== 'officer') return 'not_in_role'
  const { scope, id } = statement
  const isOurs = (): boolean | ExtractFault => {
    if (scope === 'agreement') {
      const agreement = agreementOf(journal, id)
      return agreement === undefined ? 'agreement_unknown' : takesPart(agreement, who.name)
    }
    if (scope === 'extract') {
      const extract = extractOf(journal, id)
      return extract === undefined ? 'extract_unknown' : extract.statement.party === who.name
    }
    const request = journal.about('request', id)[0]
    if (request === undefined) return 'request_unknown'
    return request.statement.extracts.some(({ party }) => party === who.name)
  }
  const ours = isOurs()
  if (ours !== true) return ours === false ? 'not_in_role' : ours
  return journal.about('revocation', id).some((other) => other.statement.scope === scope) ? 'revoked' : undefined
}

export function maySayDestroyed(
  { who, statement }: Entry<'key-destroyed'>,
  journal: Journal,
): ExtractFault | undefined {
  if (who.role !== 'node') return 'not_in_role'
  const owners = statement.extractIds.map((id) => extractOf(journal, id)?.statement.party)
  return owners.every((party) => party === who.name) ? undefined : 'extract_unknown'
}
