/**
 * The chain of one key's statements: a number that goes up by one, and the hash of the one before.
 * It shows a withheld or a second statement even before the log does.
 * @module
 */

/** What every statement carries besides the members of its kind (protocol §3.0). */
export type StatementHeader = {
  readonly v: 1
  readonly kind: string
  readonly lab: string
  /** A party id, `broker` or `coordinator`. */
  readonly from: string
  readonly keyId: string
  readonly seq: number
  /** Hash of the same key's previous statement; {@link genesisPrev} for the first. */
  readonly prev: string
  /** UTC instant with milliseconds. */
  readonly issuedAt: string
  readonly notAfter: string | null
  /** Hash of the roster the signer has pinned. */
  readonly roster: string
  /** The last checkpoint the signer verified. */
  readonly seen: { readonly size: number; readonly root: string } | null
}

/** Number and hash of the last statement of a key that was accepted. */
export type ChainHead = { readonly seq: number; readonly hash: string }

export type ChainCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'chain_gap' | 'chain_replay' | 'chain_fork' }

export const genesisPrev = '0'.repeat(64)

/** Number and link for the statement after `head`; the first one is number 1. */
export function nextHeader(head: ChainHead | undefined): { seq: number; prev: string } {
  return head === undefined ? { seq: 1, prev: genesisPrev } : { seq: head.seq + 1, prev: head.hash }
}

/**
 * Whether a statement is the next one of its key.
 *
 * - `chain_gap`: numbers are missing in between; somebody holds statements back.
 * - `chain_replay`: a number that was there before. Where `hash` is given and differs from that of the head at the
 *   same number, the signer has said two things: `chain_fork`.
 * - `chain_fork`: the next number, but on another past. Keep both envelopes: together they are the evidence.
 */
export function checkChain(
  head: ChainHead | undefined,
  statement: { readonly seq: number; readonly prev: string; readonly hash?: string },
): ChainCheck {
  const next = nextHeader(head)
  if (statement.seq > next.seq) return { ok: false, code: 'chain_gap' }
  if (statement.seq < next.seq) {
    const otherAtHead = statement.seq === head?.seq && statement.hash !== undefined && statement.hash !== head.hash
    return { ok: false, code: otherAtHead ? 'chain_fork' : 'chain_replay' }
  }
  return statement.prev === next.prev ? { ok: true } : { ok: false, code: 'chain_fork' }
}
