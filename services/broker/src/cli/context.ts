/**
 * What commands share: where they speak, what time it is, and how they get at the broker's own folder.
 * @module
 */
import { existsSync } from 'node:fs'
import { cryptoReady } from '@kruispunt/crypto'
import type { Config } from '../config.ts'
import { openStore, type Store } from '../db/open.ts'
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
}

export type LocalBroker = {
  readonly config: Config
  readonly store: Store
  readonly keys: BrokerKeys
  readonly logs: LabLogs
}

/** Works on the data folder itself, also while a server runs on it: every write is a transaction of its own. */
export async function withLocalBroker<T>(context: Context, work: (broker: LocalBroker) => T | Promise<T>): Promise<T> {
  const config = context.config()
  if (!keysExist(config.dataDir)) throw new UsageError('there is no broker in this data folder: run init first')
  if (!existsSync(config.kekFile)) throw new UsageError('the key file is not there: see kekFile')
  await cryptoReady()
  const keys = readKeys(config.dataDir, config.kekFile)
  const store = openStore(config.databaseFile)
  try {
    const logs = createLabLogs({ store, keys, now: context.now, admit: () => undefined, onRecorded: () => undefined })
    return await work({ config, store, keys, logs })
  } finally {
    store.close()
  }
}
