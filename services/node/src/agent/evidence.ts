/**
 * The frozen state: what made the node stop trusting the log, kept on disk. From the first row on the node starts no
 * ceremony, releases no key and signs nothing, also after a restart. Officers end it together, not the node.
 * @module
 */
import type { Store } from '../db/open-store.ts'
import { evidence } from '../db/schema.ts'
import { NodeError } from '../errors.ts'

export type FreezeReason =
  | 'log_shrunk'
  | 'log_entry_invalid'
  | 'log_entry_changed'
  | 'checkpoint_invalid'
  | 'checkpoint_smaller'
  | 'checkpoint_other_root'
  | 'checkpoint_proof_failed'
  | 'own_chain_differs'

const mostPerReason = 3

export type Evidence = ReturnType<typeof createEvidence>

export function createEvidence({ db }: Store, clock: () => number) {
  const reasons = () => db.select().from(evidence).all()
  return {
    reasons: () => reasons().map(({ reason, foundAt }) => ({ reason, foundAt })),
    isFrozen: () => reasons().length > 0,
    /** @param detail - both sides of the contradiction, as they were signed */
    freeze(reason: FreezeReason, detail: object): NodeError {
      const text = JSON.stringify(detail)
      const known = reasons().filter((row) => row.reason === reason)
      // The first few prove it; a broker must not be able to fill the disk with more.
      if (known.length < mostPerReason && !known.some((row) => row.detail === text))
        db.insert(evidence)
          .values({ reason, detail: text, foundAt: new Date(clock()).toISOString() })
          .run()
      return new NodeError('frozen')
    },
    /** @throws NodeError `frozen` */
    refuseIfFrozen(): void {
      if (reasons().length > 0) throw new NodeError('frozen')
    },
  }
}
