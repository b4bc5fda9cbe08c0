/**
 * Linkage as the broker does it: from tokens to persons, with a report in counts. Never imports the node's side.
 *
 * `linkPersons` promises: the same persons whatever the order of parties, subjects, keys and slots; at most one subject
 * of a party in a person; a token that one extract holds twice links nobody; what contradicts itself at equal weight is
 * dropped together; tokens masked under the job's key and wiped. It does not judge whether a link is true, and it cannot
 * tell a citizen number that only one subject holds from a node's filling: such a token neither links nor vetoes.
 * `reportForDisplay` is the only form of the report that may leave the broker's memory.
 * @module
 */
export { type DisplayedLinkageReport, reportForDisplay } from './broker/display-report.ts'
export { BrokerLinkageError, type BrokerLinkageErrorCode } from './broker/errors.ts'
export type { ExtractTokens, TokenColumn } from './broker/extract-tokens.ts'
export { type LinkedPersons, type LinkOptions, linkPersons } from './broker/link-persons.ts'
export type { LinkageReport } from './broker/report.ts'
