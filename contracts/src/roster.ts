/**
 * Roster: whose keys count in a lab (protocol §3.1). The root of trust, compared out of band.
 * @module
 */
import { z } from 'zod'
import { digest, instant, keyId, labId, partyId, publicKeyHex } from './ids.ts'
import { statement } from './statements.ts'

export const officerRole = z.enum(['privacy-officer', 'signatory'])

const key = z.strictObject({ keyId, publicKey: publicKeyHex })

export const rosterParty = z.strictObject({
  id: partyId,
  name: z.string().min(1).max(120),
  nodeKey: key,
  witnessKey: key,
  officers: z
    .array(z.strictObject({ keyId, publicKey: publicKeyHex, role: officerRole }))
    .min(1)
    .max(20),
})

/** The document whose hash officers compare: `H("roster", jcs)`. */
export const rosterDocument = z.strictObject({
  v: z.literal(1),
  kind: z.literal('roster-document'),
  lab: labId,
  version: z.int().min(1),
  prev: digest.nullable(),
  parties: z.array(rosterParty).min(2).max(60),
  coordinators: z
    .array(z.strictObject({ keyId, publicKey: publicKeyHex, kind: z.literal('ed25519') }))
    .min(1)
    .max(20),
  broker: z.strictObject({ name: z.string().min(1).max(120), brokerKey: key, logKey: key }),
  quorum: z.int().min(1),
  threshold: z.int().min(1),
  expires: instant,
})
export type RosterDocument = z.infer<typeof rosterDocument>

/** The first is put forward by the broker, later ones by the broker or by an officer; it counts for nobody until it is accepted. */
export const rosterStatement = statement('roster', { document: rosterDocument })

/**
 * Signed by an officer after comparing the short code, and by the party's node and witness keys (proof of possession). New keys
 * of broker and coordinators prove themselves by an acceptance of their own.
 */
export const rosterAcceptance = statement('roster-acceptance', { rosterHash: digest })

/**
 * One officer's word that the log up to this checkpoint is the lab's log. Nodes that stopped go on from it once officers of as
 * many parties as the roster's threshold have said the same (protocol §3.8).
 */
export const recoveryStatement = statement('recovery', {
  size: z.int().min(1),
  root: digest,
  reason: z.string().min(1).max(600),
})
