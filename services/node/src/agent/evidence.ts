/**
 * The frozen state: what made the node stop trusting the log, kept on disk. From the first row on the node starts no
 * ceremony, releases no key and signs nothing, also after a restart. Officers end it together, not the node.
 * @module
 */
import { isNull } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { evidence } from '../db/schema.ts'
import type { Settings } from '../db/settings.ts'
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

export function createEvidence({ db }: Store, clock: () => number, settings: Settings) {
  const reasons = () => db.select().from(evidence).where(isNull(evidence.resolvedAt)).all()
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
    /** @throws NodeError `frozen`, `catching_up` */
    refuseIfFrozen(): void {
      if (reasons().length > 0) throw new NodeError('frozen')
      if (settings.get('catchingUp') !== undefined) throw new NodeError('catching_up')
    },
    /** When the newest contradiction was found, in ms; undefined if there is none. */
    newestAt: (): number | undefined => {
      const times = reasons().map(({ foundAt }) => Date.parse(foundAt))
      return times.length === 0 ? undefined : Math.max(...times)
    },
    wasUsed: (keyId: string, seq: number): boolean =>
      (settings.get('recoveriesUsed') ?? []).some((used) => used.keyId === keyId && used.seq === seq),
    /** Ends the frozen state; the rows stay. */
    resolve(at: string, used: readonly { readonly keyId: string; readonly seq: number }[]): void {
      db.update(evidence).set({ resolvedAt: at }).where(isNull(evidence.resolvedAt)).run()
      settings.set('recoveriesUsed', [...(settings.get('recoveriesUsed') ?? []), ...used])
    },
    /** Whether all that stands against the log is statements of our own keys that this copy of the node does not know. */
    isOnlyForgotten: (): boolean =>
      reasons().every(
        ({ reason, detail }) =>
          reason === 'own_chain_differs' && (JSON.parse(detail) as { own?: unknown }).own === null,
      ),
    /** A node that does not know what it signed last waits for its peers before it signs anything. */
    waitForPeers(size: number): void {
      if (settings.get('catchingUp') === undefined) settings.set('catchingUp', { since: clock(), size })
    },
    waiting: () => settings.get('catchingUp'),
    caughtUp: () => settings.remove('catchingUp'),
  }
}
