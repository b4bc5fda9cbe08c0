/**
 * The salt ceremony: parties agree on a secret that no one of them chose, through a broker that learns nothing
 * (protocol §3.3). Each step is a function of what is stored and what was received.
 * @module
 */
export type { CommitBody, ComplaintBody, ConfirmBody, Received, RevealBody } from './bodies.ts'
export type { Ceremony } from './ceremony.ts'
export { type CeremonySecrets, type StartedCeremony, startCeremony } from './commit.ts'
export { type Judgement, judgeComplaint } from './complaint.ts'
export { checkConfirms, makeConfirm } from './confirm.ts'
export { KeyAgreementError, type KeyAgreementErrorCode } from './errors.ts'
export { type CeremonyKeys, deriveKeys } from './keys.ts'
export type { Refusal, RefusalCode } from './refusals.ts'
export { type Contribution, makeReveals, type OpenedReveals, openReveals } from './reveal.ts'
export { type ReceivedCommit, type Transcript, transcriptOf } from './transcript.ts'
