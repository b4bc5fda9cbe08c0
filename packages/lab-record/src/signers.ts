/**
 * Whose key it is: the one place that turns a key id into a public key and a role.
 * @module
 */
import type { KeyId, PartyId, RosterCoordinator, RosterDocument } from '@kruispunt/contracts'
import { fromHex } from '@kruispunt/crypto'
import type { VerificationKey } from '@kruispunt/statements'

export type Signer =
  | { readonly role: 'broker' }
  | { readonly role: 'coordinator' }
  | { readonly role: 'node' | 'witness' | 'officer'; readonly party: PartyId }

type Key = { readonly keyId: KeyId; readonly publicKey: string }
export type KnownKey = { readonly key: VerificationKey; readonly signer: Signer }

function keyOf(coordinator: RosterCoordinator): VerificationKey {
  const publicKey = fromHex(coordinator.publicKey)
  if (coordinator.kind === 'ed25519') return publicKey
  return { publicKey, rpId: coordinator.rpId, origin: coordinator.origin }
}

/** Whose key each is, for comparing two rosters: `node:ggd`, `broker`, `log`. */
export function ownersOf(roster: RosterDocument): Map<KeyId, string> {
  const owners = new Map<KeyId, string>()
  owners.set(roster.broker.brokerKey.keyId, 'broker')
  owners.set(roster.broker.logKey.keyId, 'log')
  for (const { keyId } of roster.coordinators) owners.set(keyId, 'coordinator')
  for (const { id, nodeKey, witnessKey, officers } of roster.parties) {
    owners.set(nodeKey.keyId, `node:${id}`)
    owners.set(witnessKey.keyId, `witness:${id}`)
    for (const { keyId } of officers) owners.set(keyId, `officer:${id}`)
  }
  return owners
}

/** Every key of a roster that may sign statements. The log key signs checkpoints only, so it is not among them. */
export function keysOf(roster: RosterDocument): Map<KeyId, KnownKey> {
  const keys = new Map<KeyId, KnownKey>()
  const add = (key: Key, signer: Signer) => keys.set(key.keyId, { key: fromHex(key.publicKey), signer })
  add(roster.broker.brokerKey, { role: 'broker' })
  for (const coordinator of roster.coordinators)
    keys.set(coordinator.keyId, { key: keyOf(coordinator), signer: { role: 'coordinator' } })
  for (const party of roster.parties) {
    add(party.nodeKey, { role: 'node', party: party.id })
    add(party.witnessKey, { role: 'witness', party: party.id })
    for (const officer of party.officers) add(officer, { role: 'officer', party: party.id })
  }
  return keys
}

/**
 * Keys that may stand on an acceptance of a roster that is not in force yet: its own, and the log key beside the broker's. The
 * log key opens no chain: no statement may be in its name.
 */
export function candidateKeysOf(roster: RosterDocument): Map<KeyId, KnownKey> {
  const { logKey } = roster.broker
  return keysOf(roster).set(logKey.keyId, { key: fromHex(logKey.publicKey), signer: { role: 'broker' } })
}
