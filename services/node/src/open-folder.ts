/**
 * The part of a node that exists before it belongs to a lab: folder, database, key store, officers' keys.
 * @module
 */
import { existsSync } from 'node:fs'
import { cryptoReady, randomHex } from '@kruispunt/crypto'
import { openStore } from './db/open-store.ts'
import { createSettings } from './db/settings.ts'
import type { OnDurableStep } from './durable-steps.ts'
import { refuseUnless } from './errors.ts'
import { makeFolder, nodeFolder, readSecretFile, writeSecretFile } from './folder.ts'
import { createKeyFiles } from './keys/key-files.ts'
import { createKeyStore } from './keys/key-store.ts'
import { createOfficerKeys } from './keys/officer-keys.ts'

export type FolderOptions = {
  readonly folder: string
  /** Of the node's key files; undefined: file rights protect them. */
  readonly passphrase?: string | undefined
  /** Ms since 1970. */
  readonly clock: () => number
  /** Between 0 and 1; only spreads retries in time. */
  readonly random: () => number
  readonly onDurableStep?: OnDurableStep
}

/** Makes a node's folder, keys and database; repeating it changes nothing. */
export function initialise({ folder, passphrase }: FolderOptions): void {
  const paths = nodeFolder(folder)
  makeFolder(folder)
  makeFolder(paths.keys)
  const files = createKeyFiles(paths.keys, passphrase)
  if (!files.exists()) files.createIdentity()
  files.readIdentity()
  if (!existsSync(paths.apiToken)) writeSecretFile(paths.apiToken, randomHex(32))
  const store = openStore(paths.database)
  try {
    const settings = createSettings(store)
    store.immediately(() => {
      if (settings.get('vaultGeneration') !== undefined) return
      files.createVault(1)
      settings.set('vaultGeneration', 1)
    })
  } finally {
    store.close()
  }
}

/** @throws NodeError `not_initialised`, `key_store_locked`, `folder_insecure` */
export async function openFolder({ folder, passphrase, onDurableStep = () => undefined }: FolderOptions) {
  await cryptoReady()
  const paths = nodeFolder(folder)
  refuseUnless(existsSync(paths.database), 'not_initialised')
  const files = createKeyFiles(paths.keys, passphrase)
  files.readIdentity()
  const store = openStore(paths.database)
  try {
    const settings = createSettings(store)
    const keyStore = createKeyStore({ store, settings, files, onDurableStep })
    const officers = createOfficerKeys(store)
    return { paths, store, settings, keyStore, officers, apiToken: () => readSecretFile(paths.apiToken).trim() }
  } catch (error) {
    store.close()
    throw error
  }
}
