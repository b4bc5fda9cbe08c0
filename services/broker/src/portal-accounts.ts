/**
 * People at the portal, in the broker's database, and the addresses at which they find it.
 * @module
 */
import { type Accounts, createAccounts, createSqlStorage, originsOf } from '@kruispunt/accounts'
import { type PortalGrant, portalGrant } from '@kruispunt/contracts'
import type { PortalConfig } from './config.ts'
import type { Store } from './db/open.ts'

export const portalAccounts = (store: Store, now: () => number): Accounts<PortalGrant> =>
  createAccounts({ storage: createSqlStorage(store.sqlite, store.atomically), grant: portalGrant, now })

/** Where browsers find the portal; the first goes into links. */
export const portalOrigins = (
  { publicUrl, port, certificateFile }: Pick<PortalConfig, 'publicUrl' | 'port' | 'certificateFile'>,
  at: number = port,
): readonly string[] => originsOf(publicUrl, certificateFile !== undefined, at)
