/**
 * How many witnesses must have seen a checkpoint before anyone builds on it.
 * @module
 */
import { toHex } from '@kruispunt/crypto'
import { type LogIdentity, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { isLineOf, verifyCosignatureLine, type Witness } from './cosignature.ts'
import { TransparencyLogError } from './errors.ts'

export type QuorumRule = LogIdentity & { readonly witnesses: readonly Witness[]; readonly quorum: number }

export type QuorumCheckpoint = {
  readonly checkpoint: VerifiedCheckpoint
  /** At least `quorum` of them, in the order of the witnesses. */
  readonly cosigners: readonly { readonly name: string; readonly timestampSeconds: number }[]
}

/**
 * Cosignatures needed among `n` nodes: all of up to three; else so many that two conflicting checkpoints
 * would take more than f = max(1, ⌊(n − 1) / 3⌋) lying nodes (protocol §3.8).
 * @throws {@link TransparencyLogError} `quorum_malformed` if `n` is not a whole number of 1 or more
 */
export function quorumOf(n: number): number {
  if (!Number.isSafeInteger(n) || n < 1) throw new TransparencyLogError('quorum_malformed')
  if (n <= 3) return n
  const liars = Math.max(1, Math.floor((n - 1) / 3))
  return Math.floor((n + liars) / 2) + 1
}

function assertRule({ witnesses, quorum }: QuorumRule): void {
  const names = new Set(witnesses.map(({ name }) => name))
  const keys = new Set(witnesses.map(({ publicKey }) => toHex(publicKey)))
  if (names.size !== witnesses.length || keys.size !== witnesses.length) {
    throw new TransparencyLogError('witness_duplicate')
  }
  if (!Number.isSafeInteger(quorum) || quorum < 1 || quorum > witnesses.length) {
    throw new TransparencyLogError('quorum_malformed')
  }
}

/**
 * Checks the log's signature and every line of a known witness, and counts the witnesses.
 * A witness counts once however many lines it has; its oldest time is reported, so that age is never understated.
 * @throws {@link TransparencyLogError} a code of `verifyCheckpoint`, `witness_duplicate`, `quorum_malformed`,
 *   `cosignature_invalid`, `timestamp_malformed`, `quorum_missing`
 */
export function verifyQuorum(note: string, rule: QuorumRule): QuorumCheckpoint {
  assertRule(rule)
  const checkpoint = verifyCheckpoint(note, rule)
  const cosigners = rule.witnesses.flatMap((witness) => {
    const times = checkpoint.signatures
      .filter((line) => isLineOf(line, witness))
      .map((line) => verifyCosignatureLine(checkpoint.text, line, witness))
    return times.length === 0 ? [] : [{ name: witness.name, timestampSeconds: Math.min(...times) }]
  })
  if (cosigners.length < rule.quorum) throw new TransparencyLogError('quorum_missing')
  return { checkpoint, cosigners }
}
