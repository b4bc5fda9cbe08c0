/**
 * Tokens, as a node makes them. How the broker masks them for one job is in `@kruispunt/linkage/broker`.
 * @module
 */
export { PseudonymError, type PseudonymErrorCode } from './errors.ts'
export { type RequestTokenColumn, requestPseudonymKey, tokensForRequest } from './request-tokens.ts'
export { sortSlots } from './slots.ts'
export { createTokenMaker, type TokenMaker, tokenBytes } from './token-maker.ts'
