/**
 * What a party can propose to change in the roster: its own keys, its officers, who takes part, how long it holds.
 * Pure: the document that would follow the one in force.
 * @module
 */
import type { PartyId, RosterDocument } from '@kruispunt/contracts'
import { quorumOf } from '@kruispunt/transparency-log'
import { refuseUnless } from '../errors.ts'

type RosterParty = RosterDocument['parties'][number]
type Key = RosterParty['nodeKey']

export type RosterChange = {
  readonly nodeKey?: Key | undefined
  readonly witnessKey?: Key | undefined
  readonly addOfficers?: RosterParty['officers']
  /** Key ids. */
  readonly removeOfficers?: readonly string[]
  readonly removeParties?: readonly PartyId[]
  /** UTC instant. */
  readonly expires?: string | undefined
}

function changedParty(own: RosterParty, change: RosterChange): RosterParty {
  const { addOfficers = [], removeOfficers = [] } = change
  const stays = own.officers.filter(({ keyId }) => !removeOfficers.includes(keyId))
  refuseUnless(stays.length === own.officers.length - removeOfficers.length, 'officer_unknown')
  const officers = [...stays, ...addOfficers]
  // Nobody could decide for this party any more.
  refuseUnless(officers.length > 0, 'officer_last')
  return { ...own, nodeKey: change.nodeKey ?? own.nodeKey, witnessKey: change.witnessKey ?? own.witnessKey, officers }
}

/**
 * @param party - whose keys and officers may change; of other parties only whether they take part
 * @throws NodeError `roster_not_ours` for a party that is not in it, `officer_unknown`, `officer_last`, `party_unknown`
 */
export function rosterAfter(
  current: { readonly document: RosterDocument; readonly hash: string },
  party: PartyId,
  change: RosterChange,
): RosterDocument {
  const { document, hash } = current
  const { removeParties = [] } = change
  const own = document.parties.find(({ id }) => id === party)
  refuseUnless(own !== undefined, 'roster_not_ours')
  refuseUnless(
    removeParties.every((removed) => document.parties.some(({ id }) => id === removed)),
    'party_unknown',
  )
  const parties = document.parties
    .filter(({ id }) => !removeParties.includes(id))
    .map((listed) => (listed.id === party ? changedParty(listed, change) : listed))
  refuseUnless(parties.length >= 2, 'party_last')
  return {
    ...document,
    version: document.version + 1,
    prev: hash,
    parties,
    quorum: quorumOf(parties.length),
    threshold: Math.floor(parties.length / 2) + 1,
    expires: change.expires ?? document.expires,
  }
}

/** One difference between two rosters, in codes that a page can put into words. */
export type RosterDifference = {
  readonly what:
    | 'party-joins'
    | 'party-leaves'
    | 'node-key'
    | 'witness-key'
    | 'officer-joins'
    | 'officer-leaves'
    | 'coordinator-joins'
    | 'coordinator-leaves'
    | 'broker-key'
    | 'log-key'
    | 'expires'
  /** A party, or `broker`, or `coordinator`. */
  readonly who: string
  /** Key id, or the instant until which it holds. */
  readonly value: string | null
}

const missing = <T extends { readonly keyId: string }>(from: readonly T[], among: readonly T[]): string[] =>
  from.map(({ keyId }) => keyId).filter((keyId) => !among.some((other) => other.keyId === keyId))

function partyDifferences(before: RosterParty, after: RosterParty): RosterDifference[] {
  const of = (what: RosterDifference['what'], value: string): RosterDifference => ({ what, who: after.id, value })
  return [
    ...(before.nodeKey.keyId === after.nodeKey.keyId ? [] : [of('node-key', after.nodeKey.keyId)]),
    ...(before.witnessKey.keyId === after.witnessKey.keyId ? [] : [of('witness-key', after.witnessKey.keyId)]),
    ...missing(after.officers, before.officers).map((keyId) => of('officer-joins', keyId)),
    ...missing(before.officers, after.officers).map((keyId) => of('officer-leaves', keyId)),
  ]
}

/** What an officer has to read before accepting. */
export function rosterDifferences(before: RosterDocument, after: RosterDocument): RosterDifference[] {
  const was = new Map(before.parties.map((party) => [party.id, party]))
  const is = new Map(after.parties.map((party) => [party.id, party]))
  const coordinators = (what: RosterDifference['what']) => (keyId: string) => ({
    what,
    who: 'coordinator',
    value: keyId,
  })
  const brokerKeys = (['brokerKey', 'logKey'] as const).filter(
    (name) => before.broker[name].keyId !== after.broker[name].keyId,
  )
  return [
    ...[...is.keys()]
      .filter((id) => !was.has(id))
      .map((id): RosterDifference => ({ what: 'party-joins', who: id, value: is.get(id)?.nodeKey.keyId ?? null })),
    ...[...was.keys()]
      .filter((id) => !is.has(id))
      .map((id): RosterDifference => ({ what: 'party-leaves', who: id, value: null })),
    ...[...was].flatMap(([id, party]) => {
      const now = is.get(id)
      return now === undefined ? [] : partyDifferences(party, now)
    }),
    ...missing(after.coordinators, before.coordinators).map(coordinators('coordinator-joins')),
    ...missing(before.coordinators, after.coordinators).map(coordinators('coordinator-leaves')),
    ...brokerKeys.map(
      (name): RosterDifference => ({
        what: name === 'brokerKey' ? 'broker-key' : 'log-key',
        who: 'broker',
        value: after.broker[name].keyId,
      }),
    ),
    ...(before.expires === after.expires ? [] : [{ what: 'expires', who: 'broker', value: after.expires } as const]),
  ]
}
