export { agreementFaults } from './agreement-faults.ts'
export { LabRecordError, type LabRecordErrorCode } from './errors.ts'
export { createLabRecord, type LabRecord, type Trust } from './lab-record.ts'
export { logIdentityOf, logOrigin, quorumRuleOf, witnessName, witnessOf } from './names.ts'
export {
  type AgreementStatus,
  agreedColumns,
  agreementStatus,
  approvalsMissing,
  type CeremonyStatus,
  ceremonyStatus,
  currentExtracts,
  isCurrent,
  newestCeremony,
  selfTestKeys,
  usableCeremony,
} from './queries.ts'
export type {
  AgreementState,
  CeremonyState,
  ExtractState,
  LabState,
  Recorded,
  RequestState,
} from './state.ts'
