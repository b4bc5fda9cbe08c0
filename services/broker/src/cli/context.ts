/**
 * What commands share: where they speak, what time it is, and how they get at the broker's own folder.
 * @module
 */
import { existsSync } from 'node:fs'
import { cryptoReady } from '@kruispunt/crypto'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { openStore, type Store } from '../db/open.ts'
import { type BrokerKeys, keysExist, readKeys } from '../keys/key-store.ts'
import { createLabLogs, type LabLogs } from '../log/lab-logs.ts'
import { type CoordinatorClient, signIn } from './coordinator-client.ts'
import { UsageError } from './exit-codes.ts'
import { labAccess, readCoordinatorKey, readJsonFile, readPassphrase } from './files.ts'
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

export type CoordinatorOptions = { readonly access: string; readonly key: string; readonly passphraseFile?: string }

/** The options by which a coordinator says which lab and which key. */
export const withCoordinatorOptions = (command: Command): Command =>
  command
    .requiredOption('--access <file>', 'how to reach the lab, from `lab create` or `lab access`')
    .requiredOption('--key <file>', "the coordinator's key, from `coordinator create-key`")
    .option('--passphrase-file <file>', 'file with the passphrase of that key')

export async function withCoordinator<T>(
  context: Context,
  options: CoordinatorOptions,
  work: (client: CoordinatorClient) => Promise<T>,
): Promise<T> {
  await cryptoReady()
  const access = readJsonFile(options.access, labAccess, 'access')
  const key = readCoordinatorKey(options.key, readPassphrase(options.passphraseFile))
  const client = await signIn(access, key, context.now)
  try {
    return await work(client)
  } finally {
    client.api.close()
  }
}
