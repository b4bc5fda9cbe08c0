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

/** The page and the key of a browser's authenticator must be of one domain, and nobody in between can read along. */
function isPageOf(origin: string, rpId: string): boolean {
  const url = URL.parse(origin)
  if (url === null || url.origin !== origin) return false
  const isPrivate = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost')
  return isPrivate && (url.hostname === rpId || url.hostname.endsWith(`.${rpId}`))
}

const ed25519Coordinator = z.strictObject({ keyId, publicKey: publicKeyHex, kind: z.literal('ed25519') })
/** A passkey: P-256 as `04`, x, y, or Ed25519; and the one page that may ask it to sign. */
export const passkeyCoordinator = z
  .strictObject({
    keyId,
    publicKey: z.string().regex(/^(?:04[0-9a-f]{128}|[0-9a-f]{64})$/),
    kind: z.literal('webauthn'),
    rpId: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/),
    origin: z.string().max(300),
  })
  .refine(({ origin, rpId }) => isPageOf(origin, rpId), 'origin and rpId do not belong together')
export const rosterCoordinator = z.union([ed25519Coordinator, passkeyCoordinator])
export type RosterCoordinator = z.infer<typeof rosterCoordinator>

/** The document whose hash officers compare: `H("roster", jcs)`. */
export const rosterDocument = z.strictObject({
  v: z.literal(1),
  kind: z.literal('roster-document'),
  lab: labId,
  version: z.int().min(1),
  prev: digest.nullable(),
  parties: z.array(rosterParty).min(2).max(60),
  coordinators: z.array(rosterCoordinator).min(1).max(20),
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
