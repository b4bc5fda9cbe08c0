/** What a thief of a node's folder, its key files included, has of the one epoch it knows. */
import { epochKeys } from '../../src/db/schema.ts'
import { places } from '../../src/keys/key-store.ts'
import { openFolder } from '../../src/open-folder.ts'
import { optionsFor } from './three-partners.ts'

export async function epochSecret(folder: string) {
  const { store, keyStore } = await openFolder(optionsFor(folder))
  try {
    const row = store.db.select().from(epochKeys).get()
    if (row === undefined) throw new Error('no epoch key')
    const secret = keyStore.unwrapFor(row.agreement, row.wrapped, places.epochKey(row.agreement, row.epoch))
    return { pseudonym: secret.slice(0, 32), inputKey: secret.slice(32, 64), share: secret.slice(64) }
  } finally {
    store.close()
  }
}
