/**
 * Rosters one after the other: who put one forward, who accepted it, and which counted when. Read from the accepted statements in
 * their order (contracts/docs/protocol.md §3).
 * @module
 */
import type { RosterDocument, Statement } from '@kruispunt/contracts'
import { type Json, writeCanonical } from '../read/canonical.ts'
import { tagged } from '../read/hashes.ts'
import type { SigningKey } from '../read/passkeys.ts'
import type { AnyEntry, Who } from './entries.ts'

export const rosterHashOf = (document: object): string => tagged('roster', writeCanonical(document as Json))

export type KnownKey = Who & SigningKey & { readonly keyId: string }

/** Keys that may sign statements; the log key signs checkpoints. */
export const keysIn = ({ broker, coordinators, parties }: RosterDocument): KnownKey[] => [
  { ...broker.brokerKey, role: 'broker', name: 'broker' },
  ...coordinators.map((key): KnownKey => {
    const { keyId, publicKey } = key
    const page = key.kind === 'webauthn' ? { page: { rpId: key.rpId, origin: key.origin } } : {}
    return { keyId, publicKey, ...page, role: 'coordinator', name: 'coordinator' }
  }),
  ...parties.flatMap(({ id, nodeKey, witnessKey, officers }): KnownKey[] => [
    { ...nodeKey, role: 'node', name: id },
    { ...witnessKey, role: 'witness', name: id },
    ...officers.map(({ keyId, publicKey }): KnownKey => ({ keyId, publicKey, role: 'officer', name: id })),
  ]),
]

/** How many of `n` must cosign: all of three, else more than half together with every third that may lie. */
const quorumFor = (n: number): number => (n <= 3 ? n : Math.floor((n + Math.max(1, Math.floor((n - 1) / 3))) / 2) + 1)

/** By key id, whose it is in words; the log key among them. */
function ownersIn(document: RosterDocument): Map<string, string> {
  const owners = new Map(keysIn(document).map(({ keyId, role, name }) => [keyId, `${role} ${name}`]))
  return owners.set(document.broker.logKey.keyId, 'log')
}

export function isWhole(document: RosterDocument, lab: string, keyIdOf: (publicKey: string) => string): boolean {
  const keys = [...keysIn(document), document.broker.logKey]
  const { length } = document.parties
  return (
    keys.every(({ keyId, publicKey }) => keyIdOf(publicKey) === keyId) &&
    new Set(keys.map(({ keyId }) => keyId)).size === keys.length &&
    new Set(document.parties.map(({ id }) => id)).size === length &&
    document.lab === lab &&
    document.quorum === quorumFor(length) &&
    2 * document.threshold > length &&
    document.threshold <= length
  )
}

/** No key goes from one owner to another. */
export function keepsOwners(before: RosterDocument, after: RosterDocument): boolean {
  const later = ownersIn(after)
  return [...ownersIn(before)].every(([keyId, owner]) => !later.has(keyId) || later.get(keyId) === owner)
}

export type Numbered = { readonly document: RosterDocument; readonly hash: string }
/** A roster that counted, since the entry that made it count. */
export type Reign = Numbered & {
  readonly since: number
  /** Parties whose node key was replaced without the old one signing along. */
  readonly lost: readonly string[]
}
export type Candidate = Numbered & {
  /** Officers who accepted, by key id. */
  readonly officers: Map<string, string>
  /** Every key that signed an acceptance. */
  readonly signed: Set<string>
}

export function createRosters() {
  const reigns: Reign[] = []
  let first: Numbered | undefined
  const firstAcceptedBy = new Set<string>()
  let candidate: Candidate | undefined
  let keys = new Map<string, KnownKey>()
  let candidateKeys = new Map<string, KnownKey>()

  const current = (): Numbered | undefined => reigns.at(-1) ?? first
  const asMap = (list: readonly KnownKey[]) => new Map(list.map((key) => [key.keyId, key]))

  /** What the candidate still lacks. */
  function lacks({
    document,
    officers,
    signed,
  }: Candidate): 'roster_below_threshold' | 'roster_key_unproven' | undefined {
    const before = current()?.document
    if (before === undefined) return 'roster_below_threshold'
    const parties = before.parties.filter((party) => party.officers.some(({ keyId }) => officers.has(keyId)))
    if (parties.length < before.threshold) return 'roster_below_threshold'
    const known = ownersIn(before)
    // A passkey cannot sign a statement: it proves itself with each request.
    const passkeys = new Set<string>(
      document.coordinators.filter(({ kind }) => kind === 'webauthn').map(({ keyId }) => keyId),
    )
    const unproven = [...ownersIn(document).keys()].filter((keyId) => !known.has(keyId) && !signed.has(keyId))
    return unproven.every((keyId) => passkeys.has(keyId)) ? undefined : 'roster_key_unproven'
  }

  function begin(next: Numbered, since: number, signed: ReadonlySet<string>): void {
    const before = new Map(current()?.document.parties.map(({ id, nodeKey }) => [id, nodeKey.keyId]))
    const lost = next.document.parties.flatMap(({ id, nodeKey }) => {
      const old = before.get(id)
      return old !== undefined && old !== nodeKey.keyId && !signed.has(old) ? [id as string] : []
    })
    reigns.push({ document: next.document, hash: next.hash, since, lost })
    keys = asMap(keysIn(next.document))
    candidate = undefined
    candidateKeys = new Map()
  }

  function accept(entry: AnyEntry, rosterHash: string): void {
    if (first !== undefined && reigns.length === 0) {
      firstAcceptedBy.add(entry.who.name)
      if (firstAcceptedBy.size === first.document.parties.length) begin(first, entry.index, new Set())
      return
    }
    if (candidate?.hash !== rosterHash) return
    if (entry.who.role === 'officer') candidate.officers.set(entry.statement.keyId, entry.who.name)
    for (const keyId of entry.signedBy) candidate.signed.add(keyId)
    if (lacks(candidate) === undefined) begin(candidate, entry.index, candidate.signed)
  }

  return {
    /** The one that counts; before everybody accepted the first, that first one. */
    current,
    isInForce: () => reigns.length > 0,
    candidate: () => candidate,
    lacks,
    firstAcceptedBy: firstAcceptedBy as ReadonlySet<string>,
    /** Oldest first. */
    reigns: reigns as readonly Reign[],
    keyOf: (keyId: string): SigningKey | undefined => keys.get(keyId) ?? candidateKeys.get(keyId),
    /** Keys of a roster that does not count yet sign the acceptance of it and nothing else. */
    whoIs(statement: Statement, signedBy: ReadonlySet<string>): KnownKey | undefined {
      const mayBeNew = statement.kind === 'roster-acceptance'
      if (!mayBeNew && [...signedBy].some((keyId) => !keys.has(keyId))) return undefined
      return keys.get(statement.keyId) ?? candidateKeys.get(statement.keyId)
    },
    /** The first roster's keys, before anything is accepted: pinned by what people compared. */
    begin(document: RosterDocument): void {
      keys = asMap(keysIn(document))
    },
    take(entry: AnyEntry): void {
      const { statement } = entry
      if (statement.kind === 'roster-acceptance') accept(entry, statement.rosterHash)
      if (statement.kind !== 'roster') return
      const { document } = statement
      const hash = rosterHashOf(document)
      if (first === undefined) first = { document, hash }
      else {
        candidate = { document, hash, officers: new Map(), signed: new Set() }
        const { logKey } = document.broker
        candidateKeys = asMap([...keysIn(document), { ...logKey, role: 'broker', name: 'broker' }])
      }
    },
  }
}
