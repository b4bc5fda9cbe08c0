/**
 * What a witness does with a checkpoint it is asked to cosign (C2SP tlog-witness; protocol §3.8).
 *
 * Pure. The caller reads `stored`, decides and writes `next` in one transaction, and only then cosigns; otherwise two
 * racing requests could roll the witness back.
 * @module
 */
import { equalBytes } from '@kruispunt/crypto'
import type { VerifiedCheckpoint } from './checkpoint.ts'
import { merkleRoot } from './hashes.ts'
import { verifyConsistency } from './verify-proofs.ts'

/** The last checkpoint this witness cosigned, with the signed note. */
export type StoredCheckpoint = { readonly size: number; readonly root: Uint8Array; readonly note: string }

export type CosignRequest = {
  /** The size the log believes this witness has. */
  readonly oldSize: number
  /** Consistency proof from `oldSize` to the checkpoint. */
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: VerifiedCheckpoint
}

/** Both notes as the log signed them; `storedNote` is absent if the very first checkpoint was bad. */
export type ForkEvidence = {
  readonly reason: 'smaller' | 'other_root' | 'proof_failed'
  readonly storedNote: string | undefined
  readonly offeredNote: string
}

export type CosignDecision =
  | { readonly decision: 'cosign'; readonly next: StoredCheckpoint }
  | { readonly decision: 'conflict'; readonly size: number }
  | { readonly decision: 'frozen'; readonly evidence: ForkEvidence }

/**
 * - `cosign`: store `next`, then cosign.
 * - `conflict`: the log has another idea of where this witness is; it may come again with a proof from `size`. Also what
 *   the loser of two racing requests gets, and a proof where none belongs.
 * - `frozen`: the log contradicts itself. Keep the evidence; cosign and release nothing until officers have met.
 *
 * @param stored - undefined for a witness that has cosigned nothing yet: as if it held the empty tree
 */
export function decideCosign(stored: StoredCheckpoint | undefined, request: CosignRequest): CosignDecision {
  const { oldSize, proof, checkpoint } = request
  const { size, root, note } = checkpoint
  const first = stored?.size ?? 0
  const firstRoot = stored?.root ?? merkleRoot([])
  const frozen = (reason: ForkEvidence['reason']): CosignDecision => ({
    decision: 'frozen',
    evidence: { reason, storedNote: stored?.note, offeredNote: note },
  })

  // Two roots for one size prove a fork whatever the log believes about this witness, so this comes first.
  if (size === first && !equalBytes(root, firstRoot)) return frozen('other_root')
  if (oldSize !== first) return { decision: 'conflict', size: first }
  if (size < first) return frozen('smaller')
  if (size === first && proof.length > 0) return { decision: 'conflict', size: first }
  if (!verifyConsistency({ first, second: size, firstRoot, secondRoot: root, proof })) return frozen('proof_failed')
  return { decision: 'cosign', next: { size, root, note } }
}
