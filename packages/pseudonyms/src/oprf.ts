/**
 * The joint function behind the tokens of citizen numbers: RFC 9497 (ristretto255-SHA512) under a key of which every party
 * holds a share (protocol §3.5). Apart from `index.ts`, as it loads the group.
 * @module
 */
export { groupReady } from '@kruispunt/crypto/group'
export { type BatchSecrets, eraseSecrets, packSecrets, unpackSecrets } from './oprf/batch-secrets.ts'
export { type BlindedBatch, blindBatch, fewestCanaries } from './oprf/blind.ts'
export { type ElementsFault, elementsFault } from './oprf/elements.ts'
export { evaluateBatch } from './oprf/evaluate.ts'
export { type EvaluationFault, evaluationFault, finishBatch } from './oprf/finish.ts'
export { oprfInputs } from './oprf/inputs.ts'
export { drawShare, isShareCommitment, type OprfShare } from './oprf/share.ts'
export { inputBytes, outputBytes } from './oprf/suite.ts'
export { createOprfThreads, type OnPart, type OprfThreads } from './oprf/threads.ts'
