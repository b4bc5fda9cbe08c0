/**
 * The node's side of linkage: from raw fields of one extract to subjects. Never imported by the broker's side.
 * @module
 */
export { BSN_ANSWER, bsnReader, DEFAULT_FILLERS, isBsn, type ParsedBsn, parseBsn, writeBsn } from './node/bsn.ts'
export { makeSubjects, type SubjectInput, type SubjectReport, type Subjects } from './node/subjects.ts'
