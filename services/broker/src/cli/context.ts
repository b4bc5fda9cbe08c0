/**
 * What commands share: where they speak, what time it is, and how they get at the broker's own folder.
 * @module
 */
import { existsSync } from 'node:fs'
import { cryptoReady } from '@kruispunt/crypto'
import type { Config } from '../config.ts'
import { openStore, type Store } from '../db/open.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { type BrokerKeys, keysExist, readKeys } from '../keys/key-store.ts'
import { createLabLogs, type LabLogs } from '../log/lab-logs.ts'
import { UsageError } from './exit-codes.ts'
import type { Output } from './output.ts'

export type Context = {
  readonly output: () => Output
  readonly config: () => Config
  readonly now: () => number
  /** Resolves when the process is asked to stop. */
  readonly untilStopped: () => Promise<void>
  readonly onDurableStep?: OnDurableStep | undefined
}

export type LocalBroker = {
  readonly config: Config
  readonly store: Store
  readonly keys: BrokerKeys
  readonly logs: LabLogs
}

/** A command on a folder without a broker. */
export const noBrokerHere = () =>
  new UsageError(
    'In deze map staat nog geen schakelpunt. Voer eerst kruispunt-broker init uit, of wijs de map aan met --data-dir.',
    'There is no broker in this data folder. Run kruispunt-broker init first, or point to the folder with --data-dir.',
  )

/** Works on the data folder itself, also while a server runs on it: every write is a transaction of its own. */
export async function withLocalBroker<T>(context: Context, work: (broker: LocalBroker) => T | Promise<T>): Promise<T> {
  const config = context.config()
  if (!keysExist(config.dataDir)) throw noBrokerHere()
  if (!existsSync(config.kekFile))
    throw new UsageError(
      'Het sleutelbestand van het schakelpunt is er niet. Zet het terug, of wijs het aan met kekFile.',
      'The key file of the broker is not there. Put it back, or point to it with kekFile.',
    )
  await cryptoReady()
  const keys = readKeys(config.dataDir, config.kekFile)
  const store = openStore(config.databaseFile, context.onDurableStep)
  try {
    const logs = createLabLogs({ store, keys, now: context.now, admit: () => undefined, onRecorded: () => undefined })
    return await work({ config, store, keys, logs })
  } finally {
    store.close()
  }
}
