export { agreementFaults } from './agreement-faults.ts'
export { LabRecordError, type LabRecordErrorCode } from './errors.ts'
export { createLabRecord, type LabRecord, type Trust } from './lab-record.ts'
export { type CopiedLog, logCopyText } from './log-copy.ts'
export { logIdentityOf, logOrigin, quorumRuleOf, witnessName, witnessOf } from './names.ts'
export {
  type AgreementStatus,
  agreedColumns,
  agreedRecoveries,
  agreementStatus,
  approvalsMissing,
  asksOwnExtracts,
  type CeremonyStatus,
  ceremonyStatus,
  currentExtracts,
  epochDue,
  extractsMissing,
  isCurrent,
  isRequestOver,
  mayAskForJointNumbers,
  newestCeremony,
  oprfBudget,
  oprfElementsAsked,
  selfTestKeys,
  shareCommitments,
  takesPart,
  usableCeremony,
} from './queries.ts'
export { rosterLacks } from './rules/roster.ts'
export type {
  AgreementState,
  CeremonyState,
  ExtractState,
  LabState,
  NextRoster,
  OprfBatchState,
  Recorded,
  Recovery,
  RequestState,
} from './state.ts'
