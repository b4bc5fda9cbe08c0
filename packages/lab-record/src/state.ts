/**
 * What a lab's log says so far. Built only by replaying verified statements, never stored beside them: two readers of
 * the same log have the same state.
 * @module
 */
import type {
  AgreementDocument,
  AgreementId,
  ExtractId,
  KeyId,
  LabId,
  PartyId,
  RosterDocument,
  Statement,
  StatementOf,
} from '@kruispunt/contracts'

/** A statement with its place in the log and the hash others refer to it by. */
export type Recorded<S extends Statement = Statement> = {
  readonly index: number
  readonly hash: string
  readonly payloadBytes: Uint8Array
  readonly statement: S
}

export type CeremonyState = {
  readonly epoch: number
  readonly commits: Map<PartyId, Recorded<StatementOf<'salt-commit'>>>
  /** Keyed `from>to`. */
  readonly reveals: Map<string, Recorded<StatementOf<'salt-reveal'>>>
  readonly confirms: Map<PartyId, Recorded<StatementOf<'salt-confirm'>>>
  readonly complaints: Recorded<StatementOf<'salt-complaint'>>[]
  abort: Recorded<StatementOf<'salt-abort'> | StatementOf<'salt-complaint'>> | undefined
  /** Index of the confirm that made it complete. */
  completeAt: number | undefined
  extracts: number
}

export type AgreementState = {
  readonly id: AgreementId
  readonly document: AgreementDocument
  readonly proposed: Recorded<StatementOf<'agreement'>>
  readonly approvals: Map<PartyId, Recorded<StatementOf<'agreement-approval'>>>
  readonly rejections: Map<PartyId, Recorded<StatementOf<'agreement-approval'>>>
  readonly decidedBy: Set<KeyId>
  withdrawn: Recorded<StatementOf<'revocation'>> | undefined
  supersededBy: AgreementId | undefined
  readonly ceremonies: Map<number, CeremonyState>
}

export type ExtractState = {
  readonly recorded: Recorded<StatementOf<'extract'>>
  withdrawn: Recorded<StatementOf<'revocation'>> | undefined
  replacedBy: ExtractId | undefined
  keyDestroyed: number | undefined
}

export type RequestState = {
  readonly recorded: Recorded<StatementOf<'request'>>
  readonly approvals: Map<KeyId, { party: PartyId; recorded: Recorded<StatementOf<'request-approval'>> }>
  rejected: Recorded<StatementOf<'request-approval'>> | undefined
  withdrawn: Recorded<StatementOf<'revocation'>> | undefined
  job: Recorded<StatementOf<'job'>> | undefined
  readonly releases: Map<ExtractId, Recorded<StatementOf<'key-release'>>>
  readonly refusals: Map<PartyId, Recorded<StatementOf<'release-refusal'>>>
  readonly results: Recorded<StatementOf<'result'>>[]
  closed: Recorded<StatementOf<'job-closed'>> | undefined
}

export type LabState = {
  readonly lab: LabId
  readonly heads: Map<KeyId, { seq: number; hash: string }>
  roster: { readonly document: RosterDocument; readonly hash: string; readonly index: number } | undefined
  readonly rosterAcceptedBy: Map<PartyId, number>
  readonly agreements: Map<AgreementId, AgreementState>
  readonly extracts: Map<ExtractId, ExtractState>
  /** Keyed by request hash. */
  readonly requests: Map<string, RequestState>
}

export const emptyState = (lab: LabId): LabState => ({
  lab,
  heads: new Map(),
  roster: undefined,
  rosterAcceptedBy: new Map(),
  agreements: new Map(),
  extracts: new Map(),
  requests: new Map(),
})
