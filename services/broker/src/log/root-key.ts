/**
 * The broker key that a lab's log begins with. Who reads the log starts from it, however often the keys changed since.
 * @module
 */
import type { LabId } from '@kruispunt/contracts'
import type { SigningKey } from '@kruispunt/crypto'
import { parseEnvelope } from '@kruispunt/statements'
import { and, eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { logEntries } from '../db/schema.ts'
import { allBrokerKeys, type BrokerKeys } from '../keys/key-store.ts'

/** The newest key, for a lab whose log is still empty. */
export function rootKeyOf({ db }: Store, keys: BrokerKeys, lab: LabId): SigningKey {
  const first = db
    .select()
    .from(logEntries)
    .where(and(eq(logEntries.lab, lab), eq(logEntries.position, 0)))
    .get()
  if (first === undefined) return keys.brokerKey
  const [signature] = parseEnvelope(first.envelope).signatures
  const key = allBrokerKeys(keys).find(({ keyId }) => keyId === signature?.keyid)
  if (key === undefined) throw new Error('the key that began this log is not in the key file')
  return key
}
