/**
 * Everything secret in a node's folder, opened with what lies beside it: what a thief of the whole folder has.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromHex, unwrapKey, unwrapWithPassphrase } from '@kruispunt/crypto'
import { columnKey } from '@kruispunt/extracts'
import Sqlite from 'better-sqlite3'
import { places } from '../../../../services/node/src/keys/key-store.ts'
import { openFolder } from '../../../../services/node/src/open-folder.ts'

export type NodeSecrets = Awaited<ReturnType<typeof secretsIn>>

/** @param folder - a copy, since opening tidies up @param passphrase - of its officer */
export async function secretsIn(folder: string, passphrase: string) {
  const opened = await openFolder({ folder, clock: Date.now, random: () => 0 })
  const database = new Sqlite(`${folder}/node.db`, { readonly: true })
  try {
    const rows = <T>(query: string) => database.prepare(query).all() as T[]
    const epochKeys = rows<{ agreement: string; epoch: number; wrapped: string }>('SELECT * FROM epoch_keys').map(
      ({ agreement, epoch, wrapped }) => ({
        agreement,
        epoch,
        key: opened.keyStore.unwrapFor(agreement, wrapped, places.epochKey(agreement, epoch)),
      }),
    )
    const extracts = rows<{ extract_id: string; agreement: string; wrapped_root: string | null; body: string }>(
      'SELECT * FROM extracts',
    ).flatMap(({ extract_id: extractId, agreement, wrapped_root: wrapped, body }) => {
      if (wrapped === null) return []
      const root = opened.keyStore.unwrapFor(agreement, wrapped, places.root(extractId))
      const { columns } = JSON.parse(body) as { columns: { name: string }[] }
      return [{ extractId, agreement, root, keys: columns.map(({ name }) => columnKey(root, extractId, name)) }]
    })
    const ceremonies = rows<{ wrapped_secrets: string | null; wrapped_keys: string | null }>('SELECT * FROM ceremonies')
    const { key } = JSON.parse(readFileSync(join(folder, 'keys', 'identity.json'), 'utf8')) as { key: string }
    const identity = fromHex(key)
    const lasting = rows<{ name: string; wrapped: string }>('SELECT * FROM secrets').map(({ name, wrapped }) => ({
      name,
      bytes: unwrapKey(identity, JSON.parse(wrapped), name),
    }))
    const officers = rows<{ name: string; wrapped: string }>('SELECT * FROM officers').map(({ name, wrapped }) => ({
      name: `officer ${name}`,
      bytes: unwrapWithPassphrase(passphrase, JSON.parse(wrapped)),
    }))
    return {
      /** Seeds of node, witness and officers, the key that wraps them, the TLS key in PEM. */
      lasting: [{ name: 'identity', bytes: identity }, ...lasting, ...officers],
      epochKeys,
      extracts,
      /** Rounds of which something secret is still kept. */
      openRounds: ceremonies.filter((row) => row.wrapped_secrets !== null || row.wrapped_keys !== null).length,
    }
  } finally {
    database.close()
    opened.store.close()
  }
}
