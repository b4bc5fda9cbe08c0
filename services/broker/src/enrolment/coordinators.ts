/**
 * The keys with which a lab is coordinated, as the next roster will have them: in a file, or a passkey of somebody at the portal.
 * @module
 */
import type { KeyId, LabId, RosterCoordinator } from '@kruispunt/contracts'
import { fromHex, keyIdOf } from '@kruispunt/crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Store } from '../db/open.ts'
import { labCoordinators } from '../db/schema.ts'
import { refuseUnless } from '../errors.ts'

const passkeyPlace = z.strictObject({
  account: z.string(),
  credentialId: z.string(),
  rpId: z.string(),
  origin: z.string(),
})
type PasskeyPlace = z.infer<typeof passkeyPlace>

/** A replaced or lost key stays on record: statements it signed are in the log. */
const mostPerLab = 20

type Coordinator = { readonly key: RosterCoordinator; readonly passkey: PasskeyPlace | null }

/** In the order in which they came. */
export function coordinatorsOf({ db }: Store, lab: LabId): Coordinator[] {
  const rows = db.select().from(labCoordinators).where(eq(labCoordinators.lab, lab)).orderBy(sql`rowid`).all()
  return rows.map(({ keyId, publicKey, passkey }) => {
    if (passkey === null) return { key: { keyId, publicKey, kind: 'ed25519' }, passkey: null }
    const place = passkeyPlace.parse(JSON.parse(passkey))
    const { rpId, origin } = place
    return { key: { keyId, publicKey, kind: 'webauthn', rpId, origin }, passkey: place }
  })
}

/** The key in a file with this id, in hex: the only kind that opens a session of a program. */
export function keyFileCoordinator({ db }: Store, lab: LabId, keyId: KeyId): string | undefined {
  const own = and(eq(labCoordinators.lab, lab), eq(labCoordinators.keyId, keyId), isNull(labCoordinators.passkey))
  return db.select().from(labCoordinators).where(own).get()?.publicKey
}

/** The passkeys of one account, the newest last. */
export const passkeysOf = (store: Store, lab: LabId, account: string) =>
  coordinatorsOf(store, lab).flatMap(({ key, passkey }) =>
    passkey?.account === account ? [{ keyId: key.keyId, ...passkey }] : [],
  )

/** @throws BrokerError `conflict` for a key that is there already, or when there are twenty */
export function addPasskey(store: Store, lab: LabId, publicKey: string, passkey: PasskeyPlace): KeyId {
  const keyId = keyIdOf(fromHex(publicKey)) as KeyId
  store.atomically(() => {
    const known = coordinatorsOf(store, lab)
    refuseUnless(known.length < mostPerLab && !known.some(({ key }) => key.keyId === keyId), 'conflict')
    store.db
      .insert(labCoordinators)
      .values({ lab, keyId, publicKey, passkey: JSON.stringify(passkey) })
      .run()
  })
  store.onDurableStep('coordinator-recorded')
  return keyId
}
