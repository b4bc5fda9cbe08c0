/**
 * Tokens, as the broker uses them: under names that live as long as one job.
 * @module
 */
export { PseudonymError, type PseudonymErrorCode } from './errors.ts'
export { createJobRekeyer, type JobRekeyer } from './job-rekeyer.ts'
