/**
 * Bodies and answers of the broker's HTTP interface under `/v1`. Statements and log entries are the interface; what is
 * here is how they travel.
 * @module
 */
import { z } from 'zod'
import {
  agreementId,
  bilingual,
  count,
  digest,
  extractId,
  instant,
  keyId,
  labId,
  localName,
  partyId,
  publicKeyHex,
  requestId,
} from './ids.ts'
import { elementBytes, mostElements } from './oprf.ts'
import { officerRole } from './roster.ts'
import { envelope } from './statements.ts'

const pem = z.string().max(16_384)
const key = z.strictObject({ keyId, publicKey: publicKeyHex })

/** A file the coordinator hands to a partner, out of band. The token works once; the rest lets the node check the broker. */
export const invitation = z.strictObject({
  v: z.literal(1),
  kind: z.literal('kruispunt-invitation'),
  brokerUrl: z.url(),
  brokerName: z.string(),
  caCertificate: pem,
  lab: labId,
  labTitle: z.string(),
  /** Invented people only; an invitation from before there was this says nothing. */
  rehearsal: z.boolean().optional(),
  party: partyId,
  partyName: z.string(),
  token: z.string().regex(/^[0-9a-f]{64}$/),
  brokerKey: key,
  logKey: key,
  expires: instant,
})
export type Invitation = z.infer<typeof invitation>

/** `proofs`: Ed25519 signature of each key over `H("enrolment", lab, party, publicKey)`, keyed by keyId. */
export const enrolmentRequest = z.strictObject({
  lab: labId,
  party: partyId,
  token: z.string().regex(/^[0-9a-f]{64}$/),
  certificateRequest: pem,
  nodeKey: key,
  witnessKey: key,
  officers: z
    .array(z.strictObject({ keyId, publicKey: publicKeyHex, role: officerRole }))
    .min(1)
    .max(20),
  proofs: z.record(keyId, z.string().regex(/^[0-9a-f]{128}$/)),
})
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>
export const enrolmentResponse = z.strictObject({ certificate: pem })

export const health = z.strictObject({ status: z.literal('ok'), version: z.string() })

export const logEntry = z.strictObject({ index: count, envelope })
/** `from` is the first index wanted; `waitMs` keeps the answer until there is one, at most that long. */
export const logEntriesQuery = z.strictObject({
  from: z.coerce.number().pipe(count),
  limit: z.coerce.number().pipe(z.int().min(1).max(1000)).default(500),
  waitMs: z.coerce.number().pipe(z.int().min(0).max(25_000)).default(0),
})
export const logEntries = z.strictObject({ entries: z.array(logEntry), size: count })

/** The newest checkpoint the log key signed, with every cosignature so far, as a C2SP note; and the newest one with a quorum. */
export const checkpoints = z.strictObject({ latest: z.string(), quorum: z.string().nullable() })
export const cosignatureRequest = z.strictObject({
  note: z.string().max(20_000).describe('the checkpoint with this witness line'),
})
export const inclusionProofQuery = z.strictObject({
  index: z.coerce.number().pipe(count),
  size: z.coerce.number().pipe(z.int().min(1)),
})
export const consistencyProofQuery = z.strictObject({
  first: z.coerce.number().pipe(count),
  second: z.coerce.number().pipe(count),
})
export const proof = z.strictObject({ proof: z.array(digest) })

export const statementSubmission = z.strictObject({ envelope })
/** `existing`: this very statement was on record already; sending twice is safe. */
export const statementReceipt = z.strictObject({ index: count, size: count, existing: z.boolean() })

export const columnReceipt = z.strictObject({ bytes: count, sha256: digest, existing: z.boolean() })
export const columnParams = z.strictObject({
  lab: labId,
  extractId,
  column: z.string().regex(/^[a-z][a-zA-Z0-9._:-]{0,79}$/),
})

/** Elements of the joint numbers on their way: named by the party that sends them and their digest. */
export const mostElementsBytes = mostElements * elementBytes
export const ownElementsParams = z.strictObject({ lab: labId, sha256: digest })
export const elementsParams = z.strictObject({ lab: labId, party: partyId, sha256: digest })
export const elementsReceipt = z.strictObject({ bytes: count, sha256: digest, existing: z.boolean() })

/** Signing in: the coordinator's key signs `H("session", lab, keyId, challenge)` over a fresh challenge. The session reads and submits; it never signs or releases. */
export const challengeRequest = z.strictObject({ lab: labId, keyId })
export const challenge = z.strictObject({ challenge: z.string().regex(/^[0-9a-f]{64}$/), expires: instant })
export const sessionRequest = z.strictObject({
  lab: labId,
  keyId,
  challenge: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export const session = z.strictObject({ token: z.string(), expires: instant })

export const jobState = z.enum(['waiting', 'opening', 'open', 'closed', 'failed'])
export const jobView = z.strictObject({
  requestId,
  agreement: agreementId,
  state: jobState,
  waitingFor: z.array(partyId),
  refusals: z.array(z.strictObject({ party: partyId, code: z.string() })),
  notAfter: instant.nullable(),
  questionsLeft: count,
  privacyBudgets: z
    .array(
      z.strictObject({
        population: localName,
        answersLeft: count,
        epsilon: z.number(),
        spent: z.number(),
      }),
    )
    .describe('of the populations whose counts carry noise; populations of one unit share theirs'),
  failure: bilingual.nullable(),
})
export type JobView = z.infer<typeof jobView>

export const agreementStatus = z.enum(['in-review', 'active', 'rejected', 'withdrawn', 'expired'])

export const labView = z.strictObject({
  lab: labId,
  title: z.string(),
  rehearsal: z.boolean().describe('invented people only: every page says so'),
  parties: z.array(
    z.strictObject({ id: partyId, name: z.string(), enrolled: z.boolean(), rosterAccepted: z.boolean() }),
  ),
  rosterHash: digest.nullable(),
  roster: z.strictObject({ version: z.int(), expires: instant, threshold: count }).nullable(),
  nextRoster: z
    .strictObject({
      hash: digest,
      version: z.int(),
      parties: z.array(partyId),
      acceptedBy: z.array(partyId),
      waitsFor: z.enum(['acceptances', 'new-keys']),
    })
    .nullable()
    .describe('put forward and not in force yet'),
  agreements: z.array(
    z.strictObject({
      id: agreementId,
      title: z.string(),
      status: agreementStatus,
      signedBy: z.array(partyId),
      waitingFor: z.array(partyId),
      ceremony: z.enum(['not-started', 'running', 'complete', 'aborted']),
      deliveries: z.array(
        z.strictObject({
          party: partyId,
          dataset: z.string(),
          extractId,
          version: z.int(),
          subjects: count,
          records: count,
        }),
      ),
    }),
  ),
  logSize: count,
})
export type LabView = z.infer<typeof labView>

export const noQuery = z.strictObject({})
export const labParams = z.strictObject({ lab: labId })
export const jobParams = z.strictObject({ lab: labId, requestId })
