/** The accounts of people at this node, in the node's own database. */
import { type Accounts, createAccounts, createSqlStorage, originsOf } from '@kruispunt/accounts'
import { type ConsoleGrant, consoleGrant } from '@kruispunt/contracts'
import { fromHex, randomHex } from '@kruispunt/crypto'
import type { Store } from './db/open-store.ts'
import type { KeyStore } from './keys/key-store.ts'

export type ConsoleAccounts = Accounts<ConsoleGrant>

type Deps = {
  readonly store: Store
  readonly keyStore: KeyStore
  /** Ms since 1970. */
  readonly now: () => number
}

/** Drawn the first time it is needed. */
function sealKeyOf(store: Store, keyStore: KeyStore): Uint8Array {
  return store.immediately(() => {
    const kept = keyStore.readText('accounts-key') ?? randomHex(32)
    keyStore.writeText('accounts-key', kept)
    return fromHex(kept)
  })
}

export const createConsoleAccounts = ({ store, keyStore, now }: Deps): ConsoleAccounts =>
  createAccounts({
    storage: createSqlStorage(store.sqlite, store.immediately),
    grant: consoleGrant,
    now,
    sealKey: () => sealKeyOf(store, keyStore),
    service: 'Kruispunt knooppunt',
  })

export type ConsoleAddress = {
  readonly publicUrl?: string | undefined
  /** As configured; 0 until it listens. */
  readonly port: number
}

/** Where browsers find the console; the first goes into links. */
export const consoleOrigins = ({ publicUrl, port }: ConsoleAddress, hasTls: boolean, at: number = port) =>
  originsOf(publicUrl, hasTls, at)
