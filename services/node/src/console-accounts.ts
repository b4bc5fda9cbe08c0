/** The accounts of people at this node, in the node's own database. */
import { type Accounts, createAccounts, createSqlStorage, originsOf } from '@kruispunt/accounts'
import { type ConsoleGrant, consoleGrant } from '@kruispunt/contracts'
import type { Store } from './db/open-store.ts'

export type ConsoleAccounts = Accounts<ConsoleGrant>

/** @param now - ms since 1970 */
export const createConsoleAccounts = (store: Store, now: () => number): ConsoleAccounts =>
  createAccounts({ storage: createSqlStorage(store.sqlite, store.immediately), grant: consoleGrant, now })

export type ConsoleAddress = {
  readonly publicUrl?: string | undefined
  /** As configured; 0 until it listens. */
  readonly port: number
}

/** Where browsers find the console; the first goes into links. */
export const consoleOrigins = ({ publicUrl, port }: ConsoleAddress, hasTls: boolean, at: number = port) =>
  originsOf(publicUrl, hasTls, at)
