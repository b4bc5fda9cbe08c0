/**
 * Which labs there are, who coordinates them, and who was invited.
 * @module
 */
import type { Invitation, KeyId, LabId, PartyId } from '@kruispunt/contracts'
import { fromHex, keyIdOf, randomHex, sha256, toHex } from '@kruispunt/crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { enrolments, invitations, labCoordinators, labs } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { type BrokerKeys, publicPart } from '../keys/key-store.ts'
import { rootKeyOf } from '../log/root-key.ts'

export const tokenDigest = (token: string): string => toHex(sha256(fromHex(token)))

/** Opens a lab. Saying the same thing again changes nothing; another title or other coordinators are refused. */
export function createLab(
  { db, atomically, onDurableStep }: Store,
  lab: {
    readonly id: LabId
    readonly title: string
    readonly coordinatorKeys: readonly string[]
    /** Invented people only: every page says so. */
    readonly isRehearsal?: boolean
  },
  now: number,
): void {
  atomically(() => {
    const known = db.select().from(labs).where(eq(labs.id, lab.id)).get()
    if (known !== undefined) {
      const inFiles = and(eq(labCoordinators.lab, lab.id), isNull(labCoordinators.passkey))
      const keys = db.select().from(labCoordinators).where(inFiles).all()
      const same = new Set(keys.map(({ publicKey }) => publicKey))
      refuseUnless(known.title === lab.title && same.size === lab.coordinatorKeys.length, 'conflict')
      refuseUnless(
        lab.coordinatorKeys.every((key) => same.has(key)),
        'conflict',
      )
      return
    }
    db.insert(labs)
      .values({
        id: lab.id,
        title: lab.title,
        createdAt: new Date(now).toISOString(),
        rehearsal: lab.isRehearsal ?? false,
      })
      .run()
    for (const publicKey of lab.coordinatorKeys) {
      const keyId = keyIdOf(fromHex(publicKey)) as KeyId
      db.insert(labCoordinators).values({ lab: lab.id, keyId, publicKey }).run()
    }
  })
  onDurableStep('lab-created')
}

export type InvitationDeps = { readonly store: Store; readonly keys: BrokerKeys; readonly publicUrl: string }

/**
 * Makes an invitation; the token in it is told once and kept here only as a digest. A new one for the same party puts
 * the earlier ones out of use, unless that party has enrolled already.
 */
export function inviteParty(
  { store, keys, publicUrl }: InvitationDeps,
  invited: {
    readonly lab: LabId
    readonly party: PartyId
    readonly name: string
    readonly days: number
    /** For a party whose node was lost: it enrols a new one, with new keys. */
    readonly again?: boolean
  },
  now: number,
): Invitation {
  const { db, atomically, onDurableStep } = store
  const token = randomHex(32)
  const expires = new Date(now + invited.days * 86_400_000).toISOString()
  const { title, rehearsal } = atomically(() => {
    const lab = db.select().from(labs).where(eq(labs.id, invited.lab)).get()
    if (lab === undefined) throw new BrokerError('not_found')
    // Also while the lab runs: who enrols then is in the next roster.
    const sameParty = (table: typeof invitations | typeof enrolments) =>
      and(eq(table.lab, invited.lab), eq(table.party, invited.party))
    const isEnrolled = db.select().from(enrolments).where(sameParty(enrolments)).get() !== undefined
    refuseUnless(invited.again === true || !isEnrolled, 'conflict')
    db.delete(invitations).where(sameParty(invitations)).run()
    db.insert(invitations)
      .values({
        tokenSha256: tokenDigest(token),
        lab: invited.lab,
        party: invited.party,
        partyName: invited.name,
        expires,
        usedBy: null,
      })
      .run()
    return lab
  })
  onDurableStep('invitation-recorded')
  return {
    v: 1,
    kind: 'kruispunt-invitation',
    brokerUrl: publicUrl,
    brokerName: keys.brokerName,
    caCertificate: keys.authority.certificatePem,
    lab: invited.lab,
    labTitle: title,
    rehearsal,
    party: invited.party,
    partyName: invited.name,
    token,
    brokerKey: publicPart(rootKeyOf(store, keys, invited.lab)),
    logKey: publicPart(keys.logKey),
    expires,
  }
}
