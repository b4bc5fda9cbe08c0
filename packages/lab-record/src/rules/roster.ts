/** Roster rules (protocol §3.1): version 1 only; joining and leaving are another step. */
import { fromHex, keyIdOf } from '@kruispunt/crypto'
import { documentHash } from '@kruispunt/statements'
import { quorumOf } from '@kruispunt/transparency-log'
import { refuseUnless } from '../errors.ts'
import type { Rule } from './context.ts'

export const roster: Rule<'roster'> = ({ state, recorded, signer }) => {
  refuseUnless(signer.role === 'broker', 'not_in_role')
  refuseUnless(state.roster === undefined, 'roster_exists')
  const { document } = recorded.statement
  const hash = documentHash('roster', document)
  const all = [
    document.broker.brokerKey,
    document.broker.logKey,
    ...document.coordinators,
    ...document.parties.flatMap((party) => [party.nodeKey, party.witnessKey, ...party.officers]),
  ]
  // A key id is a digest of the key: a roster that says otherwise would let one id stand for two keys.
  refuseUnless(
    all.every((key) => keyIdOf(fromHex(key.publicKey)) === key.keyId),
    'roster_invalid',
  )
  refuseUnless(new Set(all.map((key) => key.keyId)).size === all.length, 'roster_invalid')
  refuseUnless(new Set(document.parties.map((party) => party.id)).size === document.parties.length, 'roster_invalid')
  refuseUnless(document.version === 1 && document.prev === null && document.lab === state.lab, 'roster_invalid')
  refuseUnless(document.quorum === quorumOf(document.parties.length), 'roster_invalid')
  refuseUnless(document.threshold >= 1 && document.threshold <= document.parties.length, 'roster_invalid')
  refuseUnless(recorded.statement.roster === hash, 'wrong_roster')
  return () => {
    state.roster = { document, hash, index: recorded.index }
  }
}

/** Counts only with all of a party's keys on it: the officer who compared, the node and the witness. */
export const rosterAcceptance: Rule<'roster-acceptance'> = ({ state, recorded, signer, signedBy }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  refuseUnless(recorded.statement.rosterHash === state.roster?.hash, 'wrong_roster')
  const party = state.roster.document.parties.find(({ id }) => id === signer.party)
  refuseUnless(party !== undefined && !state.rosterAcceptedBy.has(party.id), 'already_decided')
  refuseUnless(signedBy.has(party.nodeKey.keyId) && signedBy.has(party.witnessKey.keyId), 'signature_invalid')
  return () => {
    state.rosterAcceptedBy.set(party.id, recorded.index)
  }
}
