/**
 * Questions to a lab's state that both sides ask in the same words.
 * @module
 */
import {
  type AgreementDocument,
  type AgreementId,
  citizenNumberKey,
  type Dataset,
  decoyColumn,
  decoyPersonColumn,
  type ExtractColumn,
  householdKey,
  keysWithPresence,
  type LinkageRecipe,
  type MatchKeyId,
  type PartyId,
  presenceColumn,
} from '@kruispunt/contracts'
import type { AgreementState, CeremonyState, ExtractState, LabState, Recovery, RequestState } from './state.ts'

export type AgreementStatus = 'in-review' | 'active' | 'rejected' | 'withdrawn' | 'expired'

/** @param at - milliseconds since 1970 */
export function agreementStatus(agreement: AgreementState, at: number): AgreementStatus {
  if (agreement.withdrawn || agreement.supersededBy || agreement.closedBy !== undefined) return 'withdrawn'
  if (at >= Date.parse(agreement.document.validUntil)) return 'expired'
  if (agreement.rejections.size > 0) return 'rejected'
  const signed = agreement.document.parties.every((party) => agreement.approvals.has(party.id))
  return signed && at >= Date.parse(agreement.document.validFrom) ? 'active' : 'in-review'
}

/** The newest ceremony of an agreement, whatever became of it. */
export function newestCeremony(agreement: AgreementState): CeremonyState | undefined {
  return agreement.ceremonies.get(Math.max(0, ...agreement.ceremonies.keys()))
}

/**
 * The newest ceremony that all parties confirmed and nobody gave up: the epoch to deliver under. While the next one runs the one
 * before stays usable, unless it was closed.
 */
export function usableCeremony(agreement: AgreementState): CeremonyState | undefined {
  const usable = [...agreement.ceremonies.values()].filter(
    ({ epoch, completeAt, abort }) =>
      completeAt !== undefined && abort === undefined && epoch >= agreement.firstOpenEpoch,
  )
  return usable.sort((a, b) => b.epoch - a.epoch)[0]
}

/** Number of the epoch that somebody asked for, or that a lost key asks for, and that no ceremony has begun yet. */
export function epochDue(agreement: AgreementState): number | undefined {
  const newest = newestCeremony(agreement)
  if (newest === undefined || newest.abort !== undefined) return undefined
  const wanted = Math.max(agreement.rotation?.statement.epoch ?? 0, agreement.firstOpenEpoch)
  return wanted > newest.epoch ? newest.epoch + 1 : undefined
}

/**
 * Whether a party takes part under the roster in force. The first roster each party accepts itself; a later one holds for all
 * once enough have accepted it.
 */
export function takesPart({ roster, rosterAcceptedBy }: LabState, party: PartyId): boolean {
  if (roster === undefined || !roster.document.parties.some(({ id }) => id === party)) return false
  return roster.document.version > 1 || rosterAcceptedBy.has(party)
}

/** Checkpoints that officers of as many parties as the roster's threshold named as the lab's log, newest last. */
export function agreedRecoveries({ recoveries, roster }: LabState): Recovery[] {
  const needed = roster?.document.threshold ?? Number.POSITIVE_INFINITY
  return [...recoveries.values()].filter(({ by }) => by.size >= needed)
}

export type CeremonyStatus = 'not-started' | 'running' | 'complete' | 'aborted'
export function ceremonyStatus(agreement: AgreementState): CeremonyStatus {
  const newest = newestCeremony(agreement)
  if (newest === undefined) return 'not-started'
  if (newest.abort) return 'aborted'
  return newest.completeAt === undefined ? 'running' : 'complete'
}

/**
 * Elements that a party may have evaluated by each other party in one epoch: a tenth more than it may have records, for canaries
 * and for people who come later; of a small party at least one full batch. It bounds how many numbers anybody can try out.
 */
export const oprfBudget = (maxRecords: number): number => Math.max(Math.floor(maxRecords * 1.1), maxRecords + 64)

/** Elements of a party's batches to another on record, refused ones left out. */
export function oprfElementsAsked({ batches }: CeremonyState, from: PartyId, to: PartyId): number {
  let total = 0
  for (const { recorded, answer } of batches.values()) {
    const { statement } = recorded
    if (statement.from === from && statement.to === to && answer?.statement.kind !== 'oprf-refusal')
      total += statement.count
  }
  return total
}

/** Whether a party has citizen numbers to make tokens of, and shares of others to ask for. */
export function mayAskForJointNumbers({ document }: AgreementState, id: PartyId): boolean {
  const party = document.parties.find((listed) => listed.id === id)
  const usesNumber = document.datasets.some(
    (dataset) => dataset.party === id && dataset.linkageKeys.includes(citizenNumberKey),
  )
  return document.pseudonymMode === 'joint-oprf' && party?.citizenNumber.allowed === true && usesNumber
}

/** What every other party showed this one to commit to its share, in hex; each node held it against the commit itself. */
export function shareCommitments({ reveals }: CeremonyState, party: PartyId): Map<PartyId, string> {
  return new Map(
    [...reveals.values()]
      .filter(({ statement }) => statement.to === party)
      .map(({ statement }) => [statement.from as PartyId, statement.shareCommitment]),
  )
}

/**
 * Whether a request for these datasets gets extracts of its own: one of them may be opened in no other way. Then all do, since pseudonyms
 * of one request are equal to no others.
 */
export const asksOwnExtracts = (
  { datasets }: Pick<AgreementDocument, 'datasets'>,
  asked: readonly { readonly dataset: string }[],
): boolean => asked.some(({ dataset }) => datasets.find(({ id }) => id === dataset)?.extractMode === 'per-request')

/** Parties of whom an extract that a request waits for is not on record; none where it asks what was delivered before. */
export function extractsMissing(state: LabState, { recorded: { statement } }: RequestState): PartyId[] {
  const waited = statement.extracts.filter(({ extractId }) => !state.extracts.has(extractId))
  return [...new Set(waited.map(({ party }) => party))]
}

/** Whether nothing more can come of a request: refused, withdrawn, closed, or past its own or its job's end. */
export function isRequestOver({ recorded, job, rejected, withdrawn, closed }: RequestState, at: number): boolean {
  if (rejected !== undefined || withdrawn !== undefined || closed !== undefined) return true
  const { issuedAt, notAfter } = recorded.statement
  const lastsUntil = job === undefined ? (notAfter ?? addDay(issuedAt)) : (job.statement.notAfter ?? '')
  return at >= Date.parse(lastsUntil)
}

/** A request lives a day at most (protocol §3.12). */
const addDay = (instant: string) => new Date(Date.parse(instant) + 86_400_000).toISOString()

/** Is it the extract to count on: not replaced, not withdrawn, its key not destroyed? */
export const isCurrent = (extract: ExtractState): boolean =>
  extract.withdrawn === undefined && extract.replacedBy === undefined && extract.keyDestroyed === undefined

/**
 * The current standing extracts of an agreement's usable epoch, in the order of its datasets; datasets without one are absent, and
 * so is what was made for one request.
 */
export function currentExtracts(state: LabState, agreement: AgreementId): ExtractState[] {
  const target = state.agreements.get(agreement)
  const epoch = target && usableCeremony(target)?.epoch
  if (!target || epoch === undefined) return []
  const found: ExtractState[] = []
  for (const dataset of target.document.datasets)
    for (const extract of state.extracts.values()) {
      const { statement } = extract.recorded
      const isPlace = statement.agreement === agreement && statement.dataset === dataset.id
      const fits = isPlace && statement.epoch === epoch && statement.forRequest === undefined
      if (fits && isCurrent(extract)) found.push(extract)
    }
  return found
}

/** Parties whose officers still have to approve a request, by the agreement's own rule. */
export function approvalsMissing(state: LabState, request: RequestState): PartyId[] {
  const agreement = state.agreements.get(request.recorded.statement.agreement)
  if (!agreement) return []
  const asked = new Set(request.recorded.statement.extracts.map((extract) => extract.party))
  return agreement.document.parties
    .filter((party) => asked.has(party.id) && party.approval === 'per-request')
    .filter(
      (party) => [...request.approvals.values()].filter((given) => given.party === party.id).length < party.approvers,
    )
    .map((party) => party.id)
}

/**
 * Keys of a dataset that its node makes of the invented people too: those of persons. Invented people have no citizen number, and
 * households are not tested. Empty without a self-test.
 */
export function selfTestKeys({ linkageKeys }: Dataset, { selfTest }: Pick<LinkageRecipe, 'selfTest'>): MatchKeyId[] {
  if (selfTest === undefined) return []
  return linkageKeys.filter((key) => key !== citizenNumberKey && key !== householdKey)
}

/** Column names that an extract of this dataset must have, with their table: one list for sender, broker and checker. */
export function agreedColumns(
  dataset: Dataset,
  recipe: Pick<LinkageRecipe, 'selfTest'>,
): Pick<ExtractColumn, 'name' | 'table'>[] {
  const tokens = dataset.linkageKeys.map((key) => ({ name: `token:${key}`, table: 'subjects' as const }))
  const presence = keysWithPresence
    .filter((key) => dataset.linkageKeys.includes(key))
    .map((key) => ({ name: presenceColumn(key), table: 'subjects' as const }))
  const table = dataset.grain === 'record' ? ('records' as const) : ('subjects' as const)
  const dimensions = dataset.dimensions.map((dimension) => ({ name: dimension.id, table }))
  const link = dataset.grain === 'record' ? [{ name: 'subject', table: 'records' as const }] : []
  const measures = (dataset.measures ?? []).map(({ id }) => ({ name: id, table }))
  const tested = selfTestKeys(dataset, recipe)
  const decoys = [...tested.map(decoyColumn), ...(tested.length === 0 ? [] : [decoyPersonColumn])].map((name) => ({
    name,
    table: 'decoys' as const,
  }))
  return [...tokens, ...presence, ...link, ...dimensions, ...measures, ...decoys]
}
