/**
 * Tokens, as a node makes them. What the broker does with them is in `@kruispunt/pseudonyms/broker`.
 * @module
 */
export { PseudonymError, type PseudonymErrorCode } from './errors.ts'
export { createTokenMaker, type TokenMaker, tokenBytes } from './token-maker.ts'
