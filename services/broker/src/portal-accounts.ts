/**
 * People at the portal, in the broker's database, and the addresses at which they find it.
 * @module
 */
import { type Accounts, createAccounts, createSqlStorage, originsOf } from '@kruispunt/accounts'
import { type PortalGrant, portalGrant } from '@kruispunt/contracts'
import { hkdfSha256, utf8 } from '@kruispunt/crypto'
import type { PortalConfig } from './config.ts'
import type { Store } from './db/open.ts'
import type { BrokerKeys } from './keys/key-store.ts'

type Deps = { readonly store: Store; readonly keys: BrokerKeys; readonly now: () => number }

/** A key of its own for each use, out of the secret that the key file opens. */
const sealKeyOf = ({ ledgerSecret }: BrokerKeys) =>
  hkdfSha256({ ikm: ledgerSecret, salt: new Uint8Array(0), info: utf8('kruispunt/portal/accounts'), length: 32 })

export const portalAccounts = ({ store, keys, now }: Deps): Accounts<PortalGrant> =>
  createAccounts({
    storage: createSqlStorage(store.sqlite, store.atomically),
    grant: portalGrant,
    now,
    sealKey: () => sealKeyOf(keys),
    service: `Kruispunt ${keys.brokerName}`,
  })

/** Where browsers find the portal; the first goes into links. */
export const portalOrigins = (
  { publicUrl, port, certificateFile }: Pick<PortalConfig, 'publicUrl' | 'port' | 'certificateFile'>,
  at: number = port,
): readonly string[] => originsOf(publicUrl, certificateFile !== undefined, at)
