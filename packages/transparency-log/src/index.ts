/**
 * The log that nobody can quietly rewrite: Merkle tree, checkpoints, witnesses (protocol §3.8).
 * @module
 */
export {
  type Checkpoint,
  type CheckpointBody,
  formatCheckpoint,
  type LogIdentity,
  parseCheckpoint,
  signCheckpoint,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts'
export { cosign, mergeCosignatures, verifyCosignature, type Witness } from './cosignature.ts'
export {
  type CosignDecision,
  type CosignRequest,
  decideCosign,
  type ForkEvidence,
  type StoredCheckpoint,
} from './decide-cosign.ts'
export { TransparencyLogError, type TransparencyLogErrorCode } from './errors.ts'
export { leafHash, merkleRoot, nodeHash } from './hashes.ts'
export { createMerkleTree, type MerkleTree } from './merkle-tree.ts'
export type { NoteSignature } from './note.ts'
export { type QuorumCheckpoint, type QuorumRule, quorumOf, verifyQuorum } from './quorum.ts'
export { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from './verify-proofs.ts'
