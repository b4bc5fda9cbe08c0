/**
 * The node's side of linkage: from raw fields of one extract to subjects and their tokens. Never imported by the broker's side.
 * @module
 */
export { BSN_ANSWER, bsnReader, DEFAULT_FILLERS, isBsn, type ParsedBsn, parseBsn, writeBsn } from './node/bsn.ts'
export { NodeLinkageError, type NodeLinkageErrorCode } from './node/errors.ts'
export {
  type Completeness,
  createIdentifierStore,
  type IdentifierStore,
  type TextField,
} from './node/identifiers/identifier-store.ts'
export { profileOf } from './node/profiles/profile-of.ts'
export { makeSubjects, type SubjectInput, type SubjectReport, type Subjects } from './node/subjects/make-subjects.ts'
export {
  createTokenColumns,
  type KeyReport,
  type PreflightReport,
  type TokenColumn,
  type TokenColumns,
  type TokenColumnsInput,
} from './node/tokens/token-columns.ts'
