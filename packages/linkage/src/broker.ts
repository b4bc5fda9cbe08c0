/**
 * Linkage as the broker does it: from tokens to persons, with a report in counts. Never imports the node's side.
 *
 * `linkPersons` promises: the same persons whatever the order of parties, subjects, keys and slots; at most one subject
 * of a party in a person; never two citizen numbers in a person, where parties say who has one; a token that one extract
 * holds twice links nobody; what contradicts itself at equal weight is dropped together; tokens masked under the job's
 * key and wiped. Whether a single link is true it cannot tell; how many are, the report estimates, and says when not.
 * `reportForDisplay` is the only form of the report that may leave the broker's memory.
 * @module
 */
export { type DecoyScore, scoreDecoys, type WithDecoys } from './broker/decoys.ts'
export type { ShownEstimate, ShownQuality } from './broker/display-estimate.ts'
export { type DisplayedLinkageReport, type DisplayedPair, reportForDisplay } from './broker/display-report.ts'
export { BrokerLinkageError, type BrokerLinkageErrorCode } from './broker/errors.ts'
export { type Bilingual, explainQuality, type PartyWords } from './broker/explain-quality.ts'
export type { ExtractTokens, TokenColumn } from './broker/extract-tokens.ts'
export { type Households, noHousehold } from './broker/households.ts'
export { type LinkedPersons, type LinkOptions, linkPersons } from './broker/link-persons.ts'
export type { LinkRules } from './broker/link-rules.ts'
export type { Estimate, LinkageReport, PairReport } from './broker/report-shape.ts'
