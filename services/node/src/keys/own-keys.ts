/**
 * This node's own signing keys. A key that was replaced stays until the roster that names the next one is in force, so which
 * one signs is read off the roster, each time.
 * @module
 */
import type { PartyId } from '@kruispunt/contracts'
import type { SigningKey } from '@kruispunt/crypto'
import type { Replica } from '../agent/replica.ts'
import type { KeyStore } from './key-store.ts'

export type OwnKeyName = 'node' | 'witness'
export type OwnKeys = ReturnType<typeof createOwnKeys>

export function createOwnKeys(deps: {
  readonly keyStore: KeyStore
  readonly replica: Replica
  readonly party: PartyId
}) {
  const { keyStore, replica, party } = deps
  const known: Record<OwnKeyName, SigningKey[]> = { node: [], witness: [] }

  /** Oldest first. Read again when a key is asked for that is not among them: another process may have made it. */
  function all(name: OwnKeyName, wanted?: string): readonly SigningKey[] {
    const isThere = wanted === undefined ? known[name].length > 0 : known[name].some(({ keyId }) => keyId === wanted)
    if (!isThere) known[name] = keyStore.signingKeys(name)
    return known[name]
  }

  function listed(name: OwnKeyName): string | undefined {
    const own = replica.record.state.roster?.document.parties.find(({ id }) => id === party)
    return own?.[name === 'node' ? 'nodeKey' : 'witnessKey'].keyId
  }

  /** The one the roster in force names; the first one where it names none of ours. */
  function inForce(name: OwnKeyName): SigningKey {
    const wanted = listed(name)
    const keys = all(name, wanted)
    const key = keys.find(({ keyId }) => keyId === wanted) ?? keys[0]
    if (key === undefined) throw new Error(`this node has no ${name} key`)
    return key
  }

  return {
    node: () => inForce('node'),
    witness: () => inForce('witness'),
    /** Whether a key is, or was, this node's own. */
    isOwn: (name: OwnKeyName, keyId: string) => all(name, keyId).some((key) => key.keyId === keyId),
    find: (name: OwnKeyName, keyId: string) => all(name, keyId).find((key) => key.keyId === keyId),
    /** A fresh key. It signs nothing but an acceptance until a roster names it. */
    renew(name: OwnKeyName): SigningKey {
      const key = keyStore.addSigningKey(name)
      known[name] = []
      return key
    },
  }
}
