/**
 * What the log says about an agreement, a delivery or a request, as of the entries filed so far.
 * @module
 */
import {
  citizenNumberKey,
  type Dataset,
  decoyColumn,
  decoyPersonColumn,
  type ExtractColumn,
  householdKey,
  keysWithPresence,
  type LinkageRecipe,
  presenceColumn,
} from '@kruispunt/contracts'
import type { AnyEntry, Entry } from './entries.ts'
import { agreementIdOf, type Journal } from './journal.ts'
import type { Reign } from './rosters.ts'

export type AgreementEntry = Entry<'agreement'>

export const agreementOf = (journal: Journal, id: string): AgreementEntry | undefined =>
  journal.about('agreement', id)[0]

const partyIds = ({ statement }: AgreementEntry) => statement.document.parties.map(({ id }) => id as string)
export const takesPart = (agreement: AgreementEntry, party: string): boolean => partyIds(agreement).includes(party)

/** The entry by which every party had approved, if there is one. */
export function completedBy(
  journal: Journal,
  id: string,
  agreement: AgreementEntry,
): Entry<'agreement-approval'> | undefined {
  const approved = new Set<string>()
  return journal.about('agreement-approval', id).find(({ statement, who }) => {
    if (statement.decision === 'approved') approved.add(who.name)
    return partyIds(agreement).every((party) => approved.has(party))
  })
}

/** The newer text that took its place: signed by all, and refused by nobody before that. */
export function supersededBy(journal: Journal, id: string): string | undefined {
  for (const newer of journal.of('agreement')) {
    if (newer.statement.document.supersedes !== id) continue
    const newerId = idOf(newer)
    const complete = completedBy(journal, newerId, newer)
    if (complete === undefined) continue
    const refused = journal
      .about('agreement-approval', newerId)
      .some(({ statement, index }) => statement.decision === 'rejected' && index < complete.index)
    if (!refused) return newerId
  }
  return undefined
}

const ids = new WeakMap<AgreementEntry, string>()
/** An agreement's id; hashing the text once is enough. */
export function idOf(entry: AgreementEntry): string {
  const id = ids.get(entry) ?? agreementIdOf(entry.statement.document)
  ids.set(entry, id)
  return id
}

export type AgreementState = 'in-review' | 'active' | 'refused' | 'withdrawn' | 'expired'

/** @param at - ms since 1970 */
export function agreementState(journal: Journal, id: string, at: number): AgreementState | undefined {
  const agreement = agreementOf(journal, id)
  if (agreement === undefined) return undefined
  const { validFrom, validUntil } = agreement.statement.document
  const isRevoked = journal.about('revocation', id).some(({ statement }) => statement.scope === 'agreement')
  if (isRevoked || supersededBy(journal, id) !== undefined || closedBy(journal, agreement) !== undefined)
    return 'withdrawn'
  if (at >= Date.parse(validUntil)) return 'expired'
  if (journal.about('agreement-approval', id).some(({ statement }) => statement.decision === 'rejected'))
    return 'refused'
  const isComplete = completedBy(journal, id, agreement) !== undefined
  return isComplete && at >= Date.parse(validFrom) ? 'active' : 'in-review'
}

/** The roster that came into force without one of its parties: an agreement closes with that. */
export const closedBy = (journal: Journal, agreement: AgreementEntry): Reign | undefined =>
  journal.rosters.reigns.find(
    ({ document, since }) =>
      since > agreement.index && partyIds(agreement).some((id) => !document.parties.some((party) => party.id === id)),
  )

export type Round = {
  readonly epoch: number
  readonly commits: ReadonlySet<string>
  /** Written `from>to`. */
  readonly reveals: ReadonlySet<string>
  readonly confirms: ReadonlySet<string>
  readonly givenUpBy: string | undefined
  readonly isComplete: boolean
}

function roundOf(journal: Journal, id: string, epoch: number): Round {
  const ofRound = ({ statement }: { readonly statement: { readonly epoch: number } }) => statement.epoch === epoch
  const ended = [...journal.about('salt-abort', id), ...journal.about('salt-complaint', id)].filter(ofRound)
  const names = (entries: readonly AnyEntry[]) => new Set(entries.map(({ who }) => who.name))
  const confirms = names(journal.about('salt-confirm', id).filter(ofRound))
  const reveals = journal.about('salt-reveal', id).filter(ofRound)
  return {
    epoch,
    commits: names(journal.about('salt-commit', id).filter(ofRound)),
    reveals: new Set(reveals.map(({ who, statement }) => `${who.name}>${statement.to}`)),
    confirms,
    givenUpBy: ended[0]?.who.name,
    isComplete: confirms.size === agreementOf(journal, id)?.statement.document.parties.length,
  }
}

/** Every round of an agreement, from its messages, oldest first. */
export function roundsOf(journal: Journal, id: string): Round[] {
  const epochs = [...new Set(journal.about('salt-commit', id).map(({ statement }) => statement.epoch))]
  return epochs.sort((a, b) => a - b).map((epoch) => roundOf(journal, id, epoch))
}
export const newestRound = (journal: Journal, id: string): Round | undefined => roundsOf(journal, id).at(-1)

/**
 * Epochs below this one are closed: somebody reported the secret, or a node's key was replaced without the old one. What came last
 * decides.
 */
function firstOpenEpoch(journal: Journal, id: string): number {
  const reported = journal
    .about('epoch-rotation', id)
    .filter(({ statement }) => statement.reason !== 'scheduled')
    .map(({ index, statement }) => ({ index, epoch: statement.epoch }))
  const agreement = agreementOf(journal, id)
  const lost = journal.rosters.reigns
    .filter((reign) => agreement !== undefined && reign.lost.some((party) => takesPart(agreement, party)))
    .flatMap(({ since }) => {
      const before = journal.about('salt-commit', id).filter(({ index }) => index < since)
      const newest = Math.max(0, ...before.map(({ statement }) => statement.epoch))
      return newest === 0 ? [] : [{ index: since, epoch: newest + 1 }]
    })
  return [...reported, ...lost].sort((a, b) => a.index - b.index).at(-1)?.epoch ?? 1
}

/** The epoch that was asked for, or that a lost key asks for, and that no round has begun. */
export function epochDue(journal: Journal, id: string): number | undefined {
  const newest = newestRound(journal, id)
  if (newest === undefined || newest.givenUpBy !== undefined) return undefined
  const asked = journal.about('epoch-rotation', id).at(-1)?.statement.epoch ?? 0
  return Math.max(asked, firstOpenEpoch(journal, id)) > newest.epoch ? newest.epoch + 1 : undefined
}

/** The epoch one may deliver under; while the next is being agreed the one before stays, unless it was closed. */
export function usableEpoch(journal: Journal, id: string): number | undefined {
  const lowest = firstOpenEpoch(journal, id)
  return roundsOf(journal, id).findLast(
    ({ epoch, isComplete, givenUpBy }) => isComplete && givenUpBy === undefined && epoch >= lowest,
  )?.epoch
}

export const extractOf = (journal: Journal, id: string): Entry<'extract'> | undefined => journal.about('extract', id)[0]

/** What became of a delivery; undefined while it counts. */
export type ExtractEnd = { readonly how: 'replaced' | 'withdrawn' | 'destroyed'; readonly entry: AnyEntry }

/** All that ended it, in the order of the log. */
export function endsOf(journal: Journal, extractId: string): readonly ExtractEnd[] {
  const ends: ExtractEnd[] = []
  for (const entry of journal.about('revocation', extractId))
    if (entry.statement.scope === 'extract') ends.push({ how: 'withdrawn', entry })
  for (const entry of journal.of('extract'))
    if (entry.statement.replaces === extractId) ends.push({ how: 'replaced', entry })
  for (const entry of journal.of('key-destroyed'))
    if (entry.statement.extractIds.some((id) => id === extractId)) ends.push({ how: 'destroyed', entry })
  return ends.sort((a, b) => a.entry.index - b.entry.index)
}

export const isCurrent = (journal: Journal, extractId: string): boolean => endsOf(journal, extractId).length === 0

/** Names and tables that a delivery of this dataset must have, worked out from the agreement's text. */
export function columnsAgreed(dataset: Dataset, recipe: LinkageRecipe): Map<string, ExtractColumn['table']> {
  const rows = dataset.grain === 'record' ? 'records' : 'subjects'
  const columns = new Map<string, ExtractColumn['table']>()
  for (const key of dataset.linkageKeys) {
    columns.set(`token:${key}`, 'subjects')
    if (keysWithPresence.includes(key)) columns.set(presenceColumn(key), 'subjects')
    if (recipe.selfTest !== undefined && key !== citizenNumberKey && key !== householdKey) {
      columns.set(decoyColumn(key), 'decoys')
      columns.set(decoyPersonColumn, 'decoys')
    }
  }
  if (dataset.grain === 'record') columns.set('subject', 'records')
  for (const { id } of [...dataset.dimensions, ...(dataset.measures ?? [])]) columns.set(id, rows)
  return columns
}

/** Whether a request for these datasets has extracts made for it alone. */
export function hasOwnExtracts(journal: Journal, agreement: string, asked: readonly { dataset: string }[]): boolean {
  const datasets = agreementOf(journal, agreement)?.statement.document.datasets ?? []
  const single = new Set<string>(
    datasets.filter(({ extractMode }) => extractMode === 'per-request').map(({ id }) => id),
  )
  return asked.some(({ dataset }) => single.has(dataset))
}

/** Requests that name this id for an extract. */
export const requestsNaming = (journal: Journal, extractId: string): Entry<'request'>[] =>
  journal.of('request').filter(({ statement }) => statement.extracts.some((asked) => asked.extractId === extractId))

const dayMs = 86_400_000

/** When nothing more can come of a request: an entry that says so, or its own end or that of its job. */
export function endOfRequest(
  journal: Journal,
  request: Entry<'request'>,
  at: number,
): { at: number; entry?: AnyEntry } | undefined {
  const { hash, statement } = request
  const said: readonly (AnyEntry | undefined)[] = [
    journal.about('request-approval', hash).find((entry) => entry.statement.decision === 'rejected'),
    journal.about('revocation', statement.requestId).find((entry) => entry.statement.scope === 'request'),
    journal.about('job-closed', hash)[0],
  ]
  const [entry] = said.filter((one) => one !== undefined).sort((a, b) => a.index - b.index)
  if (entry !== undefined) return { at: entry.at, entry }
  const [job] = journal.about('job', hash)
  const last = (job ?? request).statement.notAfter
  const end = last === null ? request.at + dayMs : Date.parse(last)
  return at >= end ? { at: end } : undefined
}

export const requestOf = (journal: Journal, hash: string): Entry<'request'> | undefined =>
  journal.byHash('request', hash)

/** Parties whose officers have to approve before a job, and who of them have. */
export function approvalsOf(journal: Journal, request: Entry<'request'>) {
  const document = agreementOf(journal, request.statement.agreement)?.statement.document
  const asked = new Set<string>(request.statement.extracts.map(({ party }) => party))
  const given = journal.about('request-approval', request.hash)
  return (document?.parties ?? [])
    .filter(({ id, approval }) => approval === 'per-request' && asked.has(id))
    .map(({ id, approvers }) => ({
      party: id as string,
      needed: approvers,
      given: given.filter(({ who, statement }) => who.name === id && statement.decision === 'approved'),
    }))
}

export const isWithdrawn = (journal: Journal, request: Entry<'request'>): boolean =>
  journal.about('revocation', request.statement.requestId).some(({ statement }) => statement.scope === 'request')

export const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set(a).size === a.length && new Set([...a, ...b]).size === a.length
