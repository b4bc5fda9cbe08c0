/**
 * The roster a broker puts forward once everybody invited has enrolled. It counts for nobody until officers accept it.
 * @module
 */
import type { EnrolmentRequest, LabId, RosterDocument } from '@kruispunt/contracts'
import { quorumOf } from '@kruispunt/transparency-log'
import { eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { enrolments, invitations, labCoordinators } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { type BrokerKeys, publicPart } from '../keys/key-store.ts'

/** @throws BrokerError `roster_incomplete`, naming the parties that have not enrolled; `invalid_request` for fewer than two */
export function draftRoster(
  { store: { db }, keys }: { readonly store: Store; readonly keys: BrokerKeys },
  lab: LabId,
  expires: Date,
): RosterDocument {
  const enrolled = db.select().from(enrolments).where(eq(enrolments.lab, lab)).orderBy(enrolments.party).all()
  const waiting = db
    .select()
    .from(invitations)
    .where(eq(invitations.lab, lab))
    .all()
    .filter((invitation) => invitation.usedBy === null)
  if (waiting.length > 0)
    throw new BrokerError(
      'roster_incomplete',
      waiting.map(({ party }) => ({ path: `parties.${party}`, message: 'has not enrolled' })),
    )
  refuseUnless(enrolled.length >= 2, 'roster_incomplete')
  const coordinators = db.select().from(labCoordinators).where(eq(labCoordinators.lab, lab)).all()
  return {
    v: 1,
    kind: 'roster-document',
    lab,
    version: 1,
    prev: null,
    parties: enrolled.map((party) => {
      const { nodeKey, witnessKey, officers } = JSON.parse(party.keys) as EnrolmentRequest
      return { id: party.party, name: party.name, nodeKey, witnessKey, officers }
    }),
    coordinators: coordinators.map(({ keyId, publicKey }) => ({ keyId, publicKey, kind: 'ed25519' as const })),
    broker: { name: keys.brokerName, brokerKey: publicPart(keys.brokerKey), logKey: publicPart(keys.logKey) },
    quorum: quorumOf(enrolled.length),
    // How many parties of this roster must sign the next one: more than half.
    threshold: Math.floor(enrolled.length / 2) + 1,
    expires: expires.toISOString(),
  }
}
