/**
 * Statements: what parties sign, in one byte form, in signed envelopes, chained per key (protocol §3.0).
 * @module
 */
export { canonicalBytes, type ParseLimits, parseCanonical } from './canonical.ts'
export {
  type ChainCheck,
  type ChainHead,
  checkChain,
  genesisPrev,
  nextHeader,
  type StatementHeader,
} from './chain.ts'
export { documentHash, matchesRosterCode, matchesShortCode, rosterCode, shortCode } from './document-hash.ts'
export { type Envelope, envelopeBytes, parseEnvelope } from './envelope.ts'
export { StatementError, type StatementErrorCode } from './errors.ts'
export type { JsonValue } from './json-value.ts'
export {
  type OpenedEnvelope,
  type OpenOptions,
  openEnvelope,
  type ResolveKey,
  readStatement,
  type StatementSchema,
  statementHash,
  type VerificationKey,
} from './open-envelope.ts'
export { type Assertion, type Passkey, passkeyChallenge, passkeySignature } from './passkey.ts'
export { payloadTypeOf, preAuthEncoding } from './pre-auth-encoding.ts'
export { signStatement } from './sign-statement.ts'
