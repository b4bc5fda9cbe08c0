/** What each request asked, who allowed it, which keys were given, and what came of it. */
import type { AnyEntry, Entry } from '../rules/entries.ts'
import type { Journal } from '../rules/journal.ts'
import { approvalsOf } from '../rules/questions.ts'
import { type Place, placeOf, type Remark } from './places.ts'

type ReleaseVerdict = Place & {
  readonly party: string
  readonly extractId: string
  readonly columns: readonly string[]
  /** Every rule held at this place in the log; one that did not is among the faults and not here. */
  readonly allowed: true
  /** Whether the node had cosigned a log that held the job before it gave the key. */
  readonly jobSeen: boolean
}

export type RequestVerdict = Place & {
  readonly requestId: string
  readonly requestHash: string
  readonly agreement: string
  readonly question: string
  readonly askedBy: string
  readonly extracts: readonly {
    readonly party: string
    readonly extractId: string
    readonly columns: readonly string[]
  }[]
  readonly approvals: readonly {
    readonly party: string
    readonly needed: number
    readonly given: readonly (Place & { readonly keyId: string })[]
  }[]
  readonly rejectedBy: (Place & { readonly party: string }) | null
  readonly withdrawnBy: (Place & { readonly party: string }) | null
  readonly job: (Place & { readonly until: string }) | null
  readonly releases: readonly ReleaseVerdict[]
  readonly refusals: readonly (Place & { readonly party: string; readonly code: string })[]
  readonly results: readonly (Place & {
    readonly tableHash: string
    readonly resultSha256: string
    readonly released: number
    readonly withheld: number
    readonly inTime: boolean
  })[]
  readonly closed: (Place & { readonly reason: string }) | null
}

const byParty = (entry: AnyEntry | undefined) =>
  entry === undefined ? null : { ...placeOf(entry), party: entry.who.name }

function requestOf(journal: Journal, entry: Entry<'request'>, at: number) {
  const { statement, hash } = entry
  const [job] = journal.about('job', hash)
  const until = job?.statement.notAfter ?? null
  const [closed] = journal.about('job-closed', hash)
  const rejected = journal.about('request-approval', hash).find(({ statement: said }) => said.decision === 'rejected')
  const withdrawn = journal.about('revocation', statement.requestId).find((said) => said.statement.scope === 'request')
  const releases = journal.about('key-release', hash).map(
    (given): ReleaseVerdict => ({
      ...placeOf(given),
      party: given.who.name,
      extractId: given.statement.extractId,
      columns: given.statement.columns,
      allowed: true,
      jobSeen: (given.statement.seen?.size ?? 0) > (job?.index ?? Number.POSITIVE_INFINITY),
    }),
  )
  const results = journal.about('result', hash).map((given) => ({
    ...placeOf(given),
    tableHash: given.statement.tableHash,
    resultSha256: given.statement.resultSha256,
    released: given.statement.released,
    withheld: given.statement.withheld,
    inTime: until !== null && given.at < Date.parse(until),
  }))
  const request: RequestVerdict = {
    ...placeOf(entry),
    requestId: statement.requestId,
    requestHash: hash,
    agreement: statement.agreement,
    question: statement.question,
    askedBy: statement.keyId,
    extracts: statement.extracts.map(({ party, extractId, columns }) => ({ party, extractId, columns })),
    approvals: approvalsOf(journal, entry).map(({ party, needed, given }) => ({
      party,
      needed,
      given: given.map((said) => ({ ...placeOf(said), keyId: said.statement.keyId })),
    })),
    rejectedBy: byParty(rejected),
    withdrawnBy: byParty(withdrawn),
    job: job === undefined || until === null ? null : { ...placeOf(job), until },
    releases,
    refusals: journal
      .about('release-refusal', hash)
      .map((said) => ({ ...placeOf(said), party: said.who.name, code: said.statement.code })),
    results,
    closed: closed === undefined ? null : { ...placeOf(closed), reason: closed.statement.reason },
  }
  const about = statement.requestId
  const remarks: Remark[] = [
    ...releases
      .filter(({ jobSeen }) => !jobSeen)
      .map((release): Remark => ({ code: 'release_before_seen', entry: release.entry, about })),
    ...results
      .filter(({ inTime }) => !inTime)
      .map((late): Remark => ({ code: 'result_late', entry: late.entry, about })),
  ]
  if (job !== undefined && closed === undefined && until !== null && at > Date.parse(until) + graceMs)
    remarks.push({ code: 'job_not_closed', entry: job.index, about })
  return { request, remarks }
}

/** A broker closes its jobs within minutes, also after a restart. */
const graceMs = 3_600_000

export const requestsOf = (journal: Journal, at: number) =>
  journal.of('request').map((entry) => requestOf(journal, entry, at))
