/**
 * Names of a lab's log and its witnesses, in one place: both sides must spell them alike, or no cosignature counts.
 * @module
 */
import type { LabId, PartyId, RosterDocument } from '@kruispunt/contracts'
import { fromHex } from '@kruispunt/crypto'
import type { LogIdentity, QuorumRule, Witness } from '@kruispunt/transparency-log'

/** Origin line of a lab's checkpoints, and the name of the log key. */
export const logOrigin = (brokerName: string, lab: LabId): string => `${brokerName}/${lab}`

/** Name on a party's cosignature lines. */
export const witnessName = (brokerName: string, lab: LabId, party: PartyId): string =>
  `${logOrigin(brokerName, lab)}/${party}`

/** @param logPublicKeyHex - from the invitation while there is no roster yet, from the roster afterwards */
export function logIdentityOf(brokerName: string, lab: LabId, logPublicKeyHex: string): LogIdentity {
  const origin = logOrigin(brokerName, lab)
  return { origin, logKeyName: origin, logPublicKey: fromHex(logPublicKeyHex) }
}

export function witnessOf(roster: RosterDocument, party: PartyId): Witness | undefined {
  const listed = roster.parties.find(({ id }) => id === party)
  if (listed === undefined) return undefined
  return {
    name: witnessName(roster.broker.name, roster.lab, party),
    publicKey: fromHex(listed.witnessKey.publicKey),
  }
}

/** Who must have cosigned before anyone builds on a checkpoint of this lab. */
export function quorumRuleOf(roster: RosterDocument): QuorumRule {
  const witnesses = roster.parties.map(({ id, witnessKey }) => ({
    name: witnessName(roster.broker.name, roster.lab, id),
    publicKey: fromHex(witnessKey.publicKey),
  }))
  const identity = logIdentityOf(roster.broker.name, roster.lab, roster.broker.logKey.publicKey)
  return { ...identity, witnesses, quorum: roster.quorum }
}
