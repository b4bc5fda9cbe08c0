/**
 * What this node has to do next, from the log's record and its own database alone. Pure: asking twice gives the same, so a
 * node that was killed half-way just asks again.
 * @module
 */
import type { AgreementId, DestructionCause, ExtractId, PartyId } from '@kruispunt/contracts'
import {
  type AgreementState,
  agreementStatus,
  epochDue,
  isRequestOver,
  type LabState,
  newestCeremony,
  takesPart,
  usableCeremony,
} from '@kruispunt/lab-record'
import type { OwnExtract } from '../delivery-port.ts'
import { newestHere, staysHere } from '../request-extracts/kept-here.ts'
import type { CeremonyRow } from './ceremony.ts'

export type DueStep =
  | {
      readonly do: 'commit' | 'reveal' | 'confirm' | 'conclude' | 'forget'
      readonly agreement: AgreementId
      readonly epoch: number
    }
  | { readonly do: 'judge'; readonly requestHash: string; readonly extractId: ExtractId }
  | { readonly do: 'destroy'; readonly agreement: AgreementId; readonly extractIds: readonly ExtractId[] }
  | { readonly do: 'destroy-epoch-keys'; readonly agreement: AgreementId; readonly below: number }
  | { readonly do: 'say-destroyed'; readonly extractId: ExtractId; readonly cause: DestructionCause | undefined }

export type Situation = {
  readonly now: number
  readonly party: PartyId
  readonly state: LabState
  /** Entries covered by the newest quorum checkpoint. */
  readonly quorumSize: number
  readonly ceremonies: readonly CeremonyRow[]
  readonly extracts: readonly OwnExtract[]
  /** Epochs of which this node still holds a key. */
  readonly epochKeys: readonly { readonly agreement: string; readonly epoch: number }[]
  /** Rounds somebody here asked for: agreement → epoch. */
  readonly restarts: Readonly<Record<string, number>>
  /** Whether a statement on this topic is on its way or on record. */
  readonly said: (topic: string) => boolean
}

const over = (agreement: AgreementState | undefined, now: number) =>
  agreement !== undefined && ['withdrawn', 'expired'].includes(agreementStatus(agreement, now))

/** Withdrawn by an officer here: that holds at once, whatever the log says of it. */
const withdrawnHere = (agreement: string, { said }: Situation) => said(`revocation:agreement:${agreement}`)

/** Everybody signed, and a quorum has seen that everybody signed. */
function mayBegin(agreement: AgreementState, situation: Situation): boolean {
  const { now, quorumSize } = situation
  if (withdrawnHere(agreement.id, situation)) return false
  const signatures = [agreement.proposed, ...agreement.approvals.values(), agreement.rotation].filter(
    (signed) => signed !== undefined,
  )
  return agreementStatus(agreement, now) === 'active' && signatures.every(({ index }) => index < quorumSize)
}

function ceremonyStep(agreement: AgreementState, situation: Situation): DueStep | undefined {
  const { party, ceremonies, restarts, said } = situation
  const { id, document } = agreement
  const newest = newestCeremony(agreement)
  const about = (step: 'commit' | 'reveal' | 'confirm' | 'conclude', epoch: number): DueStep => ({
    do: step,
    agreement: id,
    epoch,
  })
  const begins = (epoch: number) => (said(`salt-commit:${id}:${epoch}`) ? undefined : about('commit', epoch))
  if (newest === undefined) return begins(1)
  const { epoch } = newest
  if (newest.abort !== undefined) return restarts[id] === epoch + 1 ? begins(epoch + 1) : undefined
  const next = epochDue(agreement)
  if (next !== undefined) return begins(next)
  if (!newest.commits.has(party)) return begins(epoch)
  if (said(`salt-abort:${id}:${epoch}`) || said(`salt-complaint:${id}:${epoch}`)) return undefined
  const others = document.parties.filter((listed) => listed.id !== party)
  if (newest.commits.size < document.parties.length) return undefined
  if (others.some((other) => !said(`salt-reveal:${id}:${epoch}:${other.id}`))) return about('reveal', epoch)
  if (newest.reveals.size < document.parties.length * others.length) return undefined
  if (!said(`salt-confirm:${id}:${epoch}`)) return about('confirm', epoch)
  const row = ceremonies.find((known) => known.agreement === id && known.epoch === epoch)
  return newest.completeAt !== undefined && row?.agreed !== true ? about('conclude', epoch) : undefined
}

function ceremonySteps(situation: Situation): DueStep[] {
  const { state, party } = situation
  if (!takesPart(state, party)) return []
  const steps: DueStep[] = []
  for (const agreement of state.agreements.values()) {
    if (!agreement.document.parties.some(({ id }) => id === party) || !mayBegin(agreement, situation)) continue
    const step = ceremonyStep(agreement, situation)
    if (step !== undefined) steps.push(step)
  }
  return steps
}

/** Secrets of rounds that were given up, and of agreements that ended before they had a key. */
function forgetSteps({ state, ceremonies, now }: Situation): DueStep[] {
  return ceremonies
    .filter((row) => row.wrappedSecrets !== null || row.wrappedKeys !== null)
    .flatMap((row): DueStep[] => {
      const agreement = state.agreements.get(row.agreement as AgreementId)
      const ended = agreement?.ceremonies.get(row.epoch)?.abort !== undefined || over(agreement, now)
      return ended ? [{ do: 'forget', agreement: row.agreement as AgreementId, epoch: row.epoch }] : []
    })
}

/** What was made under an earlier epoch than this one is of no use to anybody any more. */
export const firstEpochInUse = (agreement: AgreementState): number =>
  Math.max(agreement.firstOpenEpoch, usableCeremony(agreement)?.epoch ?? 0)

/** Epoch keys of agreements that are over, and of epochs that another one took the place of. */
function epochKeySteps(situation: Situation): DueStep[] {
  const { epochKeys, state, now } = situation
  const below = new Map<AgreementId, number>()
  for (const { agreement: id, epoch } of epochKeys) {
    const agreement = state.agreements.get(id as AgreementId)
    if (agreement === undefined) continue
    const isEnded = over(agreement, now) || withdrawnHere(id, situation)
    const end = isEnded ? Number.MAX_SAFE_INTEGER : firstEpochInUse(agreement)
    if (epoch < end) below.set(agreement.id, end)
  }
  return [...below].map(([agreement, end]) => ({ do: 'destroy-epoch-keys', agreement, below: end }))
}

/** A root key lives until revocation, expiry, replacement or the end of the retention period (protocol §2). */
function isOver(extract: OwnExtract, situation: Situation): boolean {
  const { state, now } = situation
  const agreement = state.agreements.get(extract.agreement)
  // Withdrawn here counts at once, before the log says so.
  if (over(agreement, now) || extract.state === 'withdrawn' || extract.state === 'replaced') return true
  if (agreement !== undefined && extract.epoch < firstEpochInUse(agreement)) return true
  const recorded = state.extracts.get(extract.extractId)
  if (recorded?.replacedBy !== undefined || recorded?.withdrawn !== undefined) return true
  return isRequestDone(extract, situation) || isOvertaken(extract, situation) || isKeptTooLong(extract, situation)
}

/** What stays at the node counts from the day it was made. */
function isKeptTooLong(extract: OwnExtract, { state, now }: Situation): boolean {
  const document = state.agreements.get(extract.agreement)?.document
  const days = document?.retention.deliveryDays ?? Number.POSITIVE_INFINITY
  const since = document !== undefined && staysHere(extract, document) ? extract.createdAt : extract.sentAt
  return since !== null && now >= Date.parse(since) + days * 86_400_000
}

/** Made for one request, of which nothing more can come, whatever the broker says of it; or what it was made of is gone. */
function isRequestDone({ madeFor }: OwnExtract, { state, now, extracts, said }: Situation): boolean {
  if (madeFor === null) return false
  const { requestHash, source } = madeFor
  const request = state.requests.get(requestHash)
  const ended = request !== undefined && isRequestOver(request, now)
  const id = request?.recorded.statement.requestId
  const sourceLives = extracts.some((other) => other.extractId === source && other.keyPresent)
  return ended || !sourceLives || said(`release-refusal:${requestHash}`) || said(`revocation:request:${id}`)
}

/** Of what stays at the node, the newest counts. */
function isOvertaken(extract: OwnExtract, { state, extracts }: Situation): boolean {
  const document = state.agreements.get(extract.agreement)?.document
  if (document === undefined || !staysHere(extract, document)) return false
  return newestHere(extracts, extract)?.extractId !== extract.extractId && extract.state !== 'preparing'
}

/** Why its key is gone: what came first in the order of what somebody decided, then of what ended by itself. */
function causeOf(extract: OwnExtract, situation: Situation): DestructionCause | undefined {
  const { state, now, said } = situation
  const recorded = state.extracts.get(extract.extractId)
  const agreement = state.agreements.get(extract.agreement)
  if (recorded?.withdrawn !== undefined || said(`revocation:extract:${extract.extractId}`)) return 'withdrawn'
  if (recorded?.replacedBy !== undefined) return 'replaced'
  if (over(agreement, now) || withdrawnHere(extract.agreement, situation)) return 'agreement-ended'
  if (isRequestDone(extract, situation)) return 'request-ended'
  if (isKeptTooLong(extract, situation)) return 'retention'
  return agreement !== undefined && extract.epoch < firstEpochInUse(agreement) ? 'epoch-ended' : undefined
}

function destructionSteps(situation: Situation): DueStep[] {
  const { extracts, state, said } = situation
  const doomed = new Map<AgreementId, ExtractId[]>()
  for (const extract of extracts)
    if (extract.keyPresent && isOver(extract, situation))
      doomed.set(extract.agreement, [...(doomed.get(extract.agreement) ?? []), extract.extractId])
  const steps: DueStep[] = [...doomed].map(([agreement, extractIds]) => ({ do: 'destroy', agreement, extractIds }))
  steps.push(...epochKeySteps(situation))
  // Who takes no part any more has no voice in the log; that its keys are gone shows in the roster it is not in.
  if (!takesPart(state, situation.party)) return steps
  for (const extract of extracts)
    if (!extract.keyPresent && state.extracts.has(extract.extractId) && !said(`key-destroyed:${extract.extractId}`))
      steps.push({ do: 'say-destroyed', extractId: extract.extractId, cause: causeOf(extract, situation) })
  return steps
}

function jobSteps({ state, party, said }: Situation): DueStep[] {
  const steps: DueStep[] = []
  for (const [requestHash, { recorded, job, closed }] of state.requests) {
    if (job === undefined || closed !== undefined || said(`release-refusal:${requestHash}`)) continue
    for (const { party: owner, extractId } of recorded.statement.extracts)
      if (owner === party && !said(`key-release:${requestHash}:${extractId}`))
        steps.push({ do: 'judge', requestHash, extractId })
  }
  return steps
}

/** Destruction first: nothing is released of what has just ended. */
export function whatIsDue(situation: Situation): DueStep[] {
  return [
    ...destructionSteps(situation),
    ...forgetSteps(situation),
    ...ceremonySteps(situation),
    ...jobSteps(situation),
  ]
}
