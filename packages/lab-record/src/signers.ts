/**
 * Whose key it is: the one place that turns a key id into a public key and a role.
 * @module
 */
import type { KeyId, PartyId, RosterDocument } from '@kruispunt/contracts'
import { fromHex } from '@kruispunt/crypto'

export type Signer =
  | { readonly role: 'broker' }
  | { readonly role: 'coordinator' }
  | { readonly role: 'node' | 'witness' | 'officer'; readonly party: PartyId }

type KnownKey = { readonly publicKey: Uint8Array; readonly signer: Signer }

/** Every key of a roster that may sign statements. The log key signs checkpoints only, so it is not among them. */
export function keysOf(roster: RosterDocument): Map<KeyId, KnownKey> {
  const keys = new Map<KeyId, KnownKey>()
  const add = (key: { keyId: KeyId; publicKey: string }, signer: Signer) =>
    keys.set(key.keyId, { publicKey: fromHex(key.publicKey), signer })
  add(roster.broker.brokerKey, { role: 'broker' })
  for (const coordinator of roster.coordinators) add(coordinator, { role: 'coordinator' })
  for (const party of roster.parties) {
    add(party.nodeKey, { role: 'node', party: party.id })
    add(party.witnessKey, { role: 'witness', party: party.id })
    for (const officer of party.officers) add(officer, { role: 'officer', party: party.id })
  }
  return keys
}
