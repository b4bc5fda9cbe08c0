/**
 * Small facts of a node that are not tables of their own, each with its schema.
 * @module
 */
import { invitation } from '@kruispunt/contracts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Store } from './open-store.ts'
import { settings } from './schema.ts'

const known = {
  invitation,
  /** Client certificate, PEM. */
  certificate: z.string(),
  certificateRequest: z.string(),
  vaultGeneration: z.int().min(1),
  /** When the last copy was made, and of which keys. */
  lastBackup: z.strictObject({ at: z.string(), vaultGeneration: z.int() }),
  /** Agreements whose keys were deleted and still have to be shredded. */
  shredDue: z.array(z.string()),
  /** The write-ahead log may still hold bytes of deleted keys. */
  truncateDue: z.boolean(),
  /** Agreement → epoch of the round an officer or operator asked for. */
  restarts: z.record(z.string(), z.int()),
  /** Statements of officers by which this node went on after it had stopped: none counts twice. */
  recoveriesUsed: z.array(z.strictObject({ keyId: z.string(), seq: z.int() })),
  /** Since when, in ms, and from which size on this node waits for its peers' word on the log. */
  catchingUp: z.strictObject({ since: z.int(), size: z.int() }),
} as const
type Known = typeof known

export type Settings = ReturnType<typeof createSettings>

export function createSettings({ db }: Store) {
  return {
    get<N extends keyof Known>(name: N): z.infer<Known[N]> | undefined {
      const row = db.select().from(settings).where(eq(settings.name, name)).get()
      return row === undefined ? undefined : (known[name].parse(JSON.parse(row.value)) as z.infer<Known[N]>)
    },
    set<N extends keyof Known>(name: N, value: z.infer<Known[N]>): void {
      const text = JSON.stringify(value)
      db.insert(settings)
        .values({ name, value: text })
        .onConflictDoUpdate({ target: settings.name, set: { value: text } })
        .run()
    },
    remove(name: keyof Known): void {
      db.delete(settings).where(eq(settings.name, name)).run()
    },
  }
}
