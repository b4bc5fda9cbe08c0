/**
 * Linkage as the broker does it: from tokens to persons, with a report in counts. Never imports the node's side.
 * @module
 */
export { type DisplayedLinkageReport, reportForDisplay } from './broker/display-report.ts'
export { BrokerLinkageError, type BrokerLinkageErrorCode } from './broker/errors.ts'
export type { ExtractTokens, TokenColumn } from './broker/extract-tokens.ts'
export { type LinkedPersons, type LinkOptions, linkPersons } from './broker/link-persons.ts'
export type { LinkageReport } from './broker/report.ts'
