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

/** A batch of blinded elements, and what became of it. */
export type OprfBatchState = {
  readonly recorded: Recorded<StatementOf<'oprf-batch'>>
  answer: Recorded<StatementOf<'oprf-evaluation'> | StatementOf<'oprf-refusal'>> | undefined
  alarm: Recorded<StatementOf<'oprf-alarm'>> | undefined
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
  /** Keyed by the hash of their statement, in the order of the log. */
  readonly batches: Map<string, OprfBatchState>
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
  /** Index of the roster under which a party of it no longer takes part: it closed at once. */
  closedBy: number | undefined
  /** The newest wish for a next epoch. */
  rotation: Recorded<StatementOf<'epoch-rotation'>> | undefined
  /** Epochs below this one are closed: a key was lost, or somebody reported the secret. */
  firstOpenEpoch: number
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

export type RosterState = {
  readonly document: RosterDocument
  readonly hash: string
  /** Where it was put forward. */
  readonly index: number
}

/** A roster that was put forward and is not in force yet. */
export type NextRoster = RosterState & {
  /** Officers who accepted it, with their party. */
  readonly officers: Map<KeyId, PartyId>
  /** Every key that signed an acceptance. */
  readonly proven: Set<KeyId>
  readonly acceptedBy: Map<PartyId, number>
  /** Every acceptance, in order. */
  readonly acceptances: number[]
}

/** What officers said the lab's log is: the same size and root, by each party once. */
export type Recovery = {
  readonly size: number
  readonly root: string
  readonly by: Map<PartyId, Recorded<StatementOf<'recovery'>>>
}

export type LabState = {
  readonly lab: LabId
  readonly heads: Map<KeyId, { seq: number; hash: string }>
  /** The one in force; before everybody accepted the first, that first one. */
  roster: RosterState | undefined
  /** Who accepted {@link roster}, and where. */
  readonly rosterAcceptedBy: Map<PartyId, number>
  /** Statements that brought {@link roster} into force, where it is not the first: they are what a release rests on. */
  rosterProofs: readonly number[]
  nextRoster: NextRoster | undefined
  /** Every roster that was in force, oldest first, and since which entry. */
  readonly rosters: { readonly document: RosterDocument; readonly hash: string; readonly since: number }[]
  /** Keyed `size:root`. */
  readonly recoveries: Map<string, Recovery>
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
  rosterProofs: [],
  nextRoster: undefined,
  rosters: [],
  recoveries: new Map(),
  agreements: new Map(),
  extracts: new Map(),
  requests: new Map(),
})
