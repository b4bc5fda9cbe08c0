/**
 * The roster a broker puts forward: the first once everybody invited has enrolled, later ones as a change of the one in force.
 * It counts for nobody until officers accept it.
 * @module
 */
import type { EnrolmentRequest, LabId, PartyId, RosterDocument } from '@kruispunt/contracts'
import type { LabState } from '@kruispunt/lab-record'
import { quorumOf } from '@kruispunt/transparency-log'
import { eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { enrolments, invitations } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { type BrokerKeys, publicPart } from '../keys/key-store.ts'
import { coordinatorsOf } from './coordinators.ts'

type Deps = { readonly store: Store; readonly keys: BrokerKeys }
type RosterParty = RosterDocument['parties'][number]

/** What the operator changes besides taking in who enrolled since. */
export type RosterChange = { readonly remove?: readonly PartyId[] }

function enrolledParties({ store: { db } }: Deps, lab: LabId): RosterParty[] {
  const rows = db.select().from(enrolments).where(eq(enrolments.lab, lab)).orderBy(enrolments.party).all()
  return rows.map((row) => {
    const { nodeKey, witnessKey, officers } = JSON.parse(row.keys) as EnrolmentRequest
    return { id: row.party, name: row.name, nodeKey, witnessKey, officers }
  })
}

/** More than half: how many parties of this roster must accept the next one. */
const majorityOf = (parties: number) => Math.floor(parties / 2) + 1

const membersOf = (parties: readonly RosterParty[]) => ({
  parties: [...parties].sort((a, b) => (a.id < b.id ? -1 : 1)),
  quorum: quorumOf(parties.length),
  threshold: majorityOf(parties.length),
})

/** @throws BrokerError `roster_incomplete` while nobody coordinates */
function ownPart({ store, keys }: Deps, lab: LabId) {
  const coordinators = coordinatorsOf(store, lab).map(({ key }) => key)
  if (coordinators.length === 0)
    throw new BrokerError('roster_incomplete', [{ path: 'coordinators', message: 'has not enrolled' }])
  return {
    coordinators,
    broker: { name: keys.brokerName, brokerKey: publicPart(keys.brokerKey), logKey: publicPart(keys.logKey) },
  }
}

/** @throws BrokerError `roster_incomplete`, naming the parties that have not enrolled, or if there are fewer than two */
function firstRoster(deps: Deps, lab: LabId, expires: Date): RosterDocument {
  const invited = deps.store.db.select().from(invitations).where(eq(invitations.lab, lab)).all()
  const waiting = invited.filter((invitation) => invitation.usedBy === null)
  if (waiting.length > 0)
    throw new BrokerError(
      'roster_incomplete',
      waiting.map(({ party }) => ({ path: `parties.${party}`, message: 'has not enrolled' })),
    )
  const enrolled = enrolledParties(deps, lab)
  refuseUnless(enrolled.length >= 2, 'roster_incomplete')
  return {
    v: 1,
    kind: 'roster-document',
    lab,
    version: 1,
    prev: null,
    ...ownPart(deps, lab),
    ...membersOf(enrolled),
    expires: expires.toISOString(),
  }
}

/** A party that enrolled with keys no roster ever had: a newcomer, or one whose node was set up anew. */
function isNew({ rosters }: LabState, party: RosterParty): boolean {
  return !rosters.some(({ document }) =>
    document.parties.some(({ id, nodeKey }) => id === party.id && nodeKey.keyId === party.nodeKey.keyId),
  )
}

/**
 * The next roster: those in force with the keys they have, whoever enrolled since, without those to remove.
 * @throws BrokerError `roster_incomplete` for fewer than two, `not_found` for a party to remove that is not in it
 */
function nextRoster(deps: Deps, lab: LabId, expires: Date, state: LabState, change: RosterChange): RosterDocument {
  const current = state.roster
  if (current === undefined) throw new Error('there is no roster to follow')
  const { remove = [] } = change
  const known = new Map(current.document.parties.map((party) => [party.id, party]))
  refuseUnless(
    remove.every((party) => known.has(party)),
    'not_found',
  )
  const enrolled = enrolledParties(deps, lab).filter((party) => isNew(state, party))
  for (const party of enrolled) known.set(party.id, party)
  for (const party of remove) known.delete(party)
  refuseUnless(known.size >= 2, 'roster_incomplete')
  return {
    ...current.document,
    version: current.document.version + 1,
    prev: current.hash,
    ...ownPart(deps, lab),
    ...membersOf([...known.values()]),
    expires: expires.toISOString(),
  }
}

/** @throws BrokerError as {@link firstRoster} and {@link nextRoster} */
export function draftRoster(
  deps: Deps,
  lab: LabId,
  expires: Date,
  state: LabState,
  change: RosterChange = {},
): RosterDocument {
  return state.roster === undefined ? firstRoster(deps, lab, expires) : nextRoster(deps, lab, expires, state, change)
}
