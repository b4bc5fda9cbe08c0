/**
 * The logs of all labs, each opened when it is first asked for.
 * @module
 */
import type { LabId } from '@kruispunt/contracts'
import type { Recorded } from '@kruispunt/lab-record'
import { eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { labs } from '../db/schema.ts'
import { BrokerError } from '../errors.ts'
import type { BrokerKeys } from '../keys/key-store.ts'
import { createLabLog, type LabLog } from './lab-log.ts'

export type LabLogs = {
  list(): LabId[]
  /** @throws BrokerError `not_found` */
  get(lab: LabId): LabLog
}

export type LabLogsDeps = {
  readonly store: Store
  readonly keys: BrokerKeys
  readonly now: () => number
  readonly admit: (lab: LabId, recorded: Recorded) => void
  readonly onRecorded: (lab: LabId, recorded: Recorded) => void
}

export function createLabLogs({ store, keys, now, admit, onRecorded }: LabLogsDeps): LabLogs {
  const open = new Map<LabId, LabLog>()
  return {
    list: () =>
      store.db
        .select({ id: labs.id })
        .from(labs)
        .all()
        .map(({ id }) => id),
    get(lab) {
      const known = open.get(lab)
      if (known !== undefined) return known
      const listed = store.db.select().from(labs).where(eq(labs.id, lab)).get()
      if (listed === undefined) throw new BrokerError('not_found')
      const log = createLabLog({
        lab,
        store,
        keys,
        now,
        admit: (recorded) => admit(lab, recorded),
        onRecorded: (recorded) => onRecorded(lab, recorded),
      })
      open.set(lab, log)
      return log
    },
  }
}
