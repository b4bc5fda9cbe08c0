/**
 * Roster rules (protocol §3.1). The first roster holds once every party has accepted it; each later one once `threshold` parties
 * of the one before have accepted it and every key that is new in it has signed.
 */

import type { KeyId, RosterDocument } from '@kruispunt/contracts'
import { fromHex, keyIdOf } from '@kruispunt/crypto'
import { documentHash } from '@kruispunt/statements'
import { quorumOf } from '@kruispunt/transparency-log'
import { LabRecordError, type LabRecordErrorCode, refuseUnless } from '../errors.ts'
import { newestCeremony } from '../queries.ts'
import { ownersOf } from '../signers.ts'
import type { LabState, NextRoster, RosterState } from '../state.ts'
import type { Rule } from './context.ts'

/** Consistent in itself, whatever came before it. */
function isConsistent(document: RosterDocument, { lab }: LabState): boolean {
  const all = [
    document.broker.brokerKey,
    document.broker.logKey,
    ...document.coordinators,
    ...document.parties.flatMap((party) => [party.nodeKey, party.witnessKey, ...party.officers]),
  ]
  const parties = document.parties.length
  return (
    // A key id is a digest of the key: a roster that says otherwise would let one id stand for two keys.
    all.every((key) => keyIdOf(fromHex(key.publicKey)) === key.keyId) &&
    new Set(all.map((key) => key.keyId)).size === all.length &&
    new Set(document.parties.map((party) => party.id)).size === parties &&
    document.lab === lab &&
    document.quorum === quorumOf(parties) &&
    // More than half: two groups that share nobody must not be able to make two successors.
    document.threshold > parties / 2 &&
    document.threshold <= parties
  )
}

/** A key stays with whom it is: it does not go from one party or role to another. */
function keepsOwners(before: RosterDocument, after: RosterDocument): boolean {
  const owners = ownersOf(after)
  return [...ownersOf(before)].every(([keyId, owner]) => (owners.get(keyId) ?? owner) === owner)
}

/** Where a version number and its link go wrong. */
function successionFault(current: RosterState, next: RosterDocument): LabRecordErrorCode | undefined {
  const { version } = current.document
  if (next.version <= version) return 'roster_rollback'
  if (next.version > version + 1) return next.prev === current.hash ? 'roster_fast_forward' : 'roster_skipped'
  return next.prev === current.hash ? undefined : 'roster_prev_differs'
}

export const isInForce = ({ roster, rosterAcceptedBy }: LabState): boolean =>
  roster !== undefined && (roster.document.version > 1 || rosterAcceptedBy.size === roster.document.parties.length)

export const roster: Rule<'roster'> = ({ state, recorded, signer, at }) => {
  const { document } = recorded.statement
  const hash = documentHash('roster', document)
  const current = state.roster
  if (current === undefined) {
    refuseUnless(signer.role === 'broker', 'not_in_role')
    refuseUnless(document.version === 1 && document.prev === null, 'roster_invalid')
    refuseUnless(isConsistent(document, state), 'roster_invalid')
    refuseUnless(recorded.statement.roster === hash, 'wrong_roster')
    return () => {
      state.roster = { document, hash, index: recorded.index }
    }
  }
  // An officer too, so that no broker can keep a lab from replacing a key or a party.
  refuseUnless(signer.role === 'broker' || signer.role === 'officer', 'not_in_role')
  refuseUnless(isInForce(state) && state.nextRoster?.hash !== hash, 'roster_exists')
  const fault = successionFault(current, document)
  if (fault !== undefined) throw new LabRecordError(fault)
  refuseUnless(at < Date.parse(document.expires), 'roster_expired')
  const sameLog = document.broker.name === current.document.broker.name
  refuseUnless(sameLog && isConsistent(document, state) && keepsOwners(current.document, document), 'roster_invalid')
  return () => {
    // A later proposal takes the place of one that nobody needs any more; what was accepted of that does not count for this.
    state.nextRoster = {
      document,
      hash,
      index: recorded.index,
      officers: new Map(),
      proven: new Set(),
      acceptedBy: new Map(),
      acceptances: [],
    }
  }
}

/** Parties of the roster in force of which an officer of that roster accepted the next one. */
function approving({ roster: current }: LabState, next: NextRoster): number {
  const parties = current?.document.parties ?? []
  return parties.filter(({ officers }) => officers.some(({ keyId }) => next.officers.has(keyId))).length
}

/** Keys that are new in the next roster and have not signed. A passkey proves itself in each request: its owner need not come to the portal for this. */
function unprovenKeys({ roster: current }: LabState, next: NextRoster): KeyId[] {
  const known = current === undefined ? new Map() : ownersOf(current.document)
  const passkeys = next.document.coordinators.filter(({ kind }) => kind === 'webauthn')
  return [...ownersOf(next.document).keys()].filter(
    (keyId) => !known.has(keyId) && !next.proven.has(keyId) && !passkeys.some((passkey) => passkey.keyId === keyId),
  )
}

/** What the next roster still lacks: nothing, when it is in force. */
export function rosterLacks(state: LabState, next: NextRoster): LabRecordErrorCode | undefined {
  if (approving(state, next) < (state.roster?.document.threshold ?? Number.POSITIVE_INFINITY))
    return 'roster_below_threshold'
  return unprovenKeys(state, next).length === 0 ? undefined : 'roster_key_unproven'
}

/** From here on the next roster is the one in force. */
function putInForce(state: LabState, next: NextRoster, since: number): void {
  const { document, hash, index } = next
  const before = new Map(state.roster?.document.parties.map((party) => [party.id, party]))
  const after = new Map(document.parties.map((party) => [party.id, party]))
  const lost = [...before].filter(([id, { nodeKey }]) => {
    const now = after.get(id)
    // The old key signed along when it is there to sign; without it, it is lost or in other hands.
    return now !== undefined && now.nodeKey.keyId !== nodeKey.keyId && !next.proven.has(nodeKey.keyId)
  })
  for (const agreement of state.agreements.values()) {
    const parties = agreement.document.parties.map(({ id }) => id)
    if (parties.some((id) => !after.has(id))) agreement.closedBy ??= index
    const newest = newestCeremony(agreement)
    if (newest !== undefined && lost.some(([id]) => parties.includes(id))) agreement.firstOpenEpoch = newest.epoch + 1
  }
  state.roster = { document, hash, index }
  state.rosterAcceptedBy.clear()
  for (const [party, at] of next.acceptedBy) if (after.has(party)) state.rosterAcceptedBy.set(party, at)
  state.rosterProofs = [...next.acceptances]
  state.rosters.push({ document, hash, since })
  state.nextRoster = undefined
}

const acceptFirst: Rule<'roster-acceptance'> = ({ state, recorded, signer, signedBy }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  refuseUnless(state.roster !== undefined, 'wrong_roster')
  const { document, hash } = state.roster
  const party = document.parties.find(({ id }) => id === signer.party)
  refuseUnless(party !== undefined && !state.rosterAcceptedBy.has(party.id), 'already_decided')
  refuseUnless(signedBy.has(party.nodeKey.keyId) && signedBy.has(party.witnessKey.keyId), 'roster_key_unproven')
  return () => {
    state.rosterAcceptedBy.set(party.id, recorded.index)
    if (document.version === 1 && isInForce(state)) state.rosters.push({ document, hash, since: recorded.index })
  }
}

/**
 * Counts only with all of a party's keys on it: the officer who compared, the node and the witness. A party that leaves has its
 * officers only; new keys of broker and coordinators come with an acceptance of their own.
 */
export const rosterAcceptance: Rule<'roster-acceptance'> = (context) => {
  const { state, recorded, signer, signedBy, at } = context
  const next = state.nextRoster
  const { rosterHash, keyId } = recorded.statement
  if (rosterHash === state.roster?.hash) return acceptFirst(context)
  refuseUnless(next?.hash === rosterHash, 'wrong_roster')
  refuseUnless(at < Date.parse(next.document.expires), 'roster_expired')
  refuseUnless(signer.role !== 'node' && signer.role !== 'witness', 'not_in_role')
  const accepted = [...next.officers.keys(), ...(signer.role === 'officer' ? [] : next.proven)]
  refuseUnless(!accepted.includes(keyId), 'already_decided')
  const { broker } = next.document
  const stays = signer.role === 'officer' && next.document.parties.find(({ id }) => id === signer.party)
  const needed =
    signer.role === 'officer'
      ? stays
        ? [stays.nodeKey, stays.witnessKey]
        : []
      : signer.role === 'broker'
        ? [broker.brokerKey, broker.logKey]
        : []
  refuseUnless(
    needed.every((key) => signedBy.has(key.keyId)),
    'roster_key_unproven',
  )
  return () => {
    if (signer.role === 'officer') {
      next.officers.set(keyId, signer.party)
      next.acceptedBy.set(signer.party, next.acceptedBy.get(signer.party) ?? recorded.index)
    }
    for (const key of signedBy) next.proven.add(key)
    next.acceptances.push(recorded.index)
    if (rosterLacks(state, next) === undefined) putInForce(state, next, recorded.index)
  }
}
