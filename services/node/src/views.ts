/**
 * What a person at this node can see: states, who is being waited for, what every party signed. Read-only.
 * @module
 */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AgreementDocument, AgreementId, Invitation, PartyId } from '@kruispunt/contracts'
import { type SigningKey, toHex } from '@kruispunt/crypto'
import {
  type AgreementState,
  agreementStatus,
  approvalsMissing,
  type CeremonyState,
  ceremonyStatus,
  type LabState,
  type NextRoster,
  newestCeremony,
  type RequestState,
  rosterLacks,
  takesPart,
} from '@kruispunt/lab-record'
import { rosterCode, shortCode } from '@kruispunt/statements'
import type { Agent } from './agent/agent.ts'
import type { CeremonySteps } from './agent/ceremony.ts'
import type { CheckpointExchange } from './agent/checkpoint-exchange.ts'
import type { Evidence } from './agent/evidence.ts'
import type { Outbox } from './agent/outbox.ts'
import type { ReleaseSteps } from './agent/release/release-steps.ts'
import type { Replica } from './agent/replica.ts'
import type { Settings } from './db/settings.ts'
import type { Language } from './delivery-port.ts'
import { refuseUnless } from './errors.ts'
import type { ExtractStore } from './extracts/extract-store.ts'
import type { OfficerKeys } from './keys/officer-keys.ts'
import type { OwnKeys } from './keys/own-keys.ts'
import { decisionsOf } from './officers/agreement-decisions.ts'
import { differencesOf } from './officers/agreement-differences.ts'
import { rosterDifferences } from './officers/roster-change.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

export function createViews(deps: {
  readonly settings: Settings
  readonly extracts: ExtractStore
  readonly replica: Replica
  readonly evidence: Evidence
  readonly exchange: CheckpointExchange
  readonly outbox: Outbox
  readonly ceremony: CeremonySteps
  readonly releases: ReleaseSteps
  readonly agent: Agent
  readonly officers: OfficerKeys
  readonly invitation: Invitation
  readonly clock: () => number
  readonly ownKeys: OwnKeys
}) {
  const { replica, evidence, exchange, outbox, ceremony, releases, agent, officers, invitation, clock, ownKeys } = deps
  const { settings, extracts } = deps
  const { party, lab } = invitation
  const state = () => {
    replica.catchUp()
    return replica.record.state
  }
  const named = (id: AgreementId): AgreementState => {
    const found = state().agreements.get(id)
    refuseUnless(found !== undefined, 'agreement_unknown')
    return found
  }
  const isOurs = ({ document }: AgreementState) => document.parties.some(({ id }) => id === party)

  /** Who has not done what the running round needs next. */
  function waitingInRound({ document }: AgreementState, round: CeremonyState): PartyId[] {
    const all = document.parties.map(({ id }) => id)
    const without = (has: (id: PartyId) => boolean) => all.filter((id) => !has(id))
    if (round.commits.size < all.length) return without((id) => round.commits.has(id))
    const revealed = (id: PartyId) => all.every((to) => to === id || round.reveals.has(`${id}>${to}`))
    if (all.some((id) => !revealed(id))) return without(revealed)
    return without((id) => round.confirms.has(id))
  }
  const waitingFor = (agreement: AgreementState): PartyId[] => {
    const newest = newestCeremony(agreement)
    if (newest === undefined) return agreement.document.parties.map(({ id }) => id)
    return newest.abort === undefined ? waitingInRound(agreement, newest) : []
  }

  const counts = (keyId: string) =>
    state().roster?.document.parties.some(
      ({ id, officers: listed }) => id === party && listed.some((one) => one.keyId === keyId),
    ) ?? false
  const publicPart = ({ keyId, publicKey }: SigningKey) => ({ keyId, publicKey: toHex(publicKey) })

  /** The roster that was put forward, as an officer has to read it: what changes, and what is still missing. */
  function nextRosterView(current: LabState) {
    const isShort = (next: NextRoster) => rosterLacks(current, next) === 'roster_below_threshold'
    const { roster, nextRoster } = current
    if (roster === undefined || nextRoster === undefined) return null
    const { document, hash, acceptedBy } = nextRoster
    return {
      hash,
      version: document.version,
      shortCode: rosterCode(hash),
      expires: document.expires,
      differences: rosterDifferences(roster.document, document),
      acceptedBy: [...acceptedBy.keys()],
      waitsFor: isShort(nextRoster) ? ('acceptances' as const) : ('new-keys' as const),
    }
  }

  const ceremonyView = (agreement: AgreementState) => {
    const newest = newestCeremony(agreement)
    const row = newest && ceremony.row(agreement.id, newest.epoch)
    const abort = newest?.abort?.statement
    return {
      agreement: agreement.id,
      title: agreement.document.title,
      epoch: newest?.epoch ?? null,
      status: ceremonyStatus(agreement),
      waitingFor: newest?.completeAt === undefined ? waitingFor(agreement) : [],
      keyUsable: newest?.abort === undefined && row?.agreed === true,
      trouble: row?.trouble ?? null,
      abandonedBy: abort === undefined ? null : abort.party,
      reason: abort === undefined ? null : abort.kind === 'salt-abort' ? abort.reason : 'complaint',
    }
  }

  const agreementView = (agreement: AgreementState) => ({
    id: agreement.id,
    shortCode: shortCode(agreement.id),
    title: agreement.document.title,
    reference: agreement.document.reference,
    version: agreement.document.version,
    status: agreementStatus(agreement, clock()),
    validFrom: agreement.document.validFrom,
    validUntil: agreement.document.validUntil,
    signedBy: agreement.document.parties.map(({ id }) => id).filter((id) => agreement.approvals.has(id)),
    refusedBy: agreement.document.parties.map(({ id }) => id).filter((id) => agreement.rejections.has(id)),
    waitingFor: agreement.document.parties
      .map(({ id }) => id)
      .filter((id) => !agreement.approvals.has(id) && !agreement.rejections.has(id)),
    isOurs: isOurs(agreement),
  })

  const requestView = (hash: string, request: RequestState) => {
    const { statement } = request.recorded
    const ours = statement.extracts.filter((extract) => extract.party === party)
    const [first] = ours
    const open = request.job !== undefined && request.closed === undefined
    return {
      hash,
      requestId: statement.requestId,
      agreement: statement.agreement,
      question: statement.question,
      askedAt: statement.issuedAt,
      columns: ours.map(({ dataset, columns }) => ({ dataset, columns })),
      state: requestState(request),
      waitingForApprovalOf: approvalsMissing(state(), request),
      refusals: [...request.refusals].map(([id, { statement: refusal }]) => ({ party: id, code: refusal.code })),
      released: ours.some(({ extractId }) => outbox.living(`key-release:${hash}:${extractId}`) !== undefined),
      inTheWay: open && first !== undefined ? (releases.objection(hash, first.extractId)?.code ?? null) : null,
      results: request.results.length,
    }
  }

  function backup() {
    const last = settings.get('lastBackup')
    return {
      lastAt: last?.at ?? null,
      isDue: last === undefined || last.vaultGeneration !== (settings.get('vaultGeneration') ?? 1),
    }
  }

  /** When the others were last seen at work: their cosignatures carry the time. */
  function partners(trusted: ReturnType<CheckpointExchange['trusted']>) {
    const seen = new Map(trusted?.cosigners.map(({ party: id, timestampSeconds }) => [id, timestampSeconds * 1000]))
    const listed = state().roster?.document.parties ?? []
    return listed
      .filter(({ id }) => id !== party)
      .map(({ id, name }) => {
        const at = seen.get(id)
        return { party: id, name, lastSeen: at === undefined ? null : new Date(at).toISOString() }
      })
  }

  /** What stops working by itself, soonest first. */
  function expires() {
    const { roster, agreements } = state()
    const certificate = settings.get('certificate')
    const ends = (what: 'roster' | 'agreement' | 'certificate', name: string, at: string) => ({ what, name, at })
    return [
      ...(roster === undefined ? [] : [ends('roster', '', roster.document.expires)]),
      ...(certificate === undefined
        ? []
        : [ends('certificate', '', new X509Certificate(certificate).validToDate.toISOString())]),
      ...[...agreements.values()]
        .filter((one) => isOurs(one) && agreementStatus(one, clock()) === 'active')
        .map(({ document }) => ends('agreement', document.title, document.validUntil)),
    ].sort((a, b) => a.at.localeCompare(b.at))
  }

  /** Until when keys that are still here live, at most: withdrawal, replacement and the agreement's end come first. */
  function retention() {
    const { agreements } = state()
    return extracts
      .list()
      .flatMap(({ keyPresent, sentAt, agreement, dataset, period }) => {
        const days = agreements.get(agreement)?.document.retention.deliveryDays
        if (!keyPresent || sentAt === null || days === undefined) return []
        return [{ dataset, period, eraseFrom: new Date(Date.parse(sentAt) + days * 86_400_000).toISOString() }]
      })
      .sort((a, b) => a.eraseFrom.localeCompare(b.eraseFrom))
  }

  return {
    waitingFor,
    status: () => {
      const { roster, rosterAcceptedBy, nextRoster } = state()
      const trusted = exchange.trusted()
      return {
        lab,
        labTitle: invitation.labTitle,
        rehearsal: invitation.rehearsal ?? false,
        party,
        partyName: invitation.partyName,
        version,
        runtime: process.version,
        broker: { name: invitation.brokerName, url: invitation.brokerUrl, ...agent.connection() },
        frozen: evidence.reasons(),
        log: { size: replica.size, quorumSize: trusted?.size ?? 0 },
        partners: partners(trusted),
        outbox: outbox.pending().map(({ kind, madeAt }) => ({ kind, madeAt })),
        rosterShortCode: roster === undefined ? null : rosterCode(roster.hash),
        rosterAccepted: rosterAcceptedBy.has(party),
        rosterVersion: roster?.document.version ?? null,
        takesPart: takesPart(state(), party),
        nextRosterShortCode: nextRoster === undefined ? null : rosterCode(nextRoster.hash),
        backup: backup(),
        expires: expires(),
        retention: retention(),
      }
    },
    fingerprints: () => ({
      party,
      nodeKey: publicPart(ownKeys.node()),
      witnessKey: publicPart(ownKeys.witness()),
      officers: officers.list().map((one) => ({ ...one, inRoster: counts(one.keyId) })),
      rosterShortCode: ((hash) => (hash === undefined ? null : rosterCode(hash)))(state().roster?.hash),
    }),
    roster: () => {
      const { roster, rosterAcceptedBy } = state()
      refuseUnless(roster !== undefined, 'roster_missing')
      const { document, hash } = roster
      return {
        hash,
        version: document.version,
        shortCode: rosterCode(hash),
        expires: document.expires,
        threshold: document.threshold,
        next: nextRosterView(state()),
        quorum: document.quorum,
        brokerName: document.broker.name,
        coordinators: document.coordinators.map(({ keyId }) => keyId),
        parties: document.parties.map(({ id, name, officers: listed }) => ({
          id,
          name,
          officers: listed.length,
          accepted: rosterAcceptedBy.has(id),
        })),
      }
    },
    /** As the broker put it forward, whole. */
    rosterDocument: () => {
      const { roster } = state()
      refuseUnless(roster !== undefined, 'roster_missing')
      return roster.document
    },
    agreements: () => [...state().agreements.values()].map(agreementView),
    /** The document as its canonical bytes say it, with the id they hash to. */
    agreement: (id: AgreementId) => {
      const found = named(id)
      const document: AgreementDocument = found.document
      return { ...agreementView(found), document, decisions: decisionsOf(state(), found) }
    },
    /** What is different from the text this party signed last. */
    differences: (id: AgreementId, language: Language) => differencesOf(state(), named(id), party, language),
    ceremonies: () => [...state().agreements.values()].filter(isOurs).map(ceremonyView),
    requests: () => [...state().requests].map(([hash, request]) => requestView(hash, request)),
  }
}

function requestState(request: RequestState): 'withdrawn' | 'rejected' | 'closed' | 'job-open' | 'asked' {
  if (request.withdrawn !== undefined) return 'withdrawn'
  if (request.rejected !== undefined) return 'rejected'
  if (request.closed !== undefined) return 'closed'
  return request.job === undefined ? 'asked' : 'job-open'
}
