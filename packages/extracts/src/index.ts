/**
 * Extracts: how a node's columns are written, sealed and opened, and how their keys travel to one job.
 * @module
 */
export { type AmountBounds, decodeAmounts, encodeAmounts } from './amount-columns.ts'
export { codeColumnType, decodeCodes, encodeCodes } from './code-columns.ts'
export { type ColumnPlace, columnAad, columnKey, keyCommitment } from './column-keys.ts'
export { type ColumnCiphertext, openColumn, openCommittedColumn } from './column-opener.ts'
export { type ColumnSealer, createColumnSealer, type SealedColumn } from './column-sealer.ts'
export { ExtractError, type ExtractErrorCode } from './errors.ts'
export {
  type KeyReleaseBox,
  openKeyRelease,
  type ReleasedKey,
  type ReleasePurpose,
  sealKeyRelease,
} from './key-release.ts'
export { decodeSubjectIndex, encodeSubjectIndex } from './subject-columns.ts'
export { decodeTokens, encodeTokens } from './token-columns.ts'
