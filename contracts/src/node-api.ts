/**
 * What a node tells the people of its own partner, and what they order: the words between its local interface and the console.
 * Nothing of this travels to the broker.
 * @module
 */
import { z } from 'zod'
import { agreementDocument } from './agreements.ts'
import {
  agreementId,
  count,
  digest,
  extractId,
  instant,
  keyId,
  localName,
  partyId,
  publicKeyHex,
  requestId,
} from './ids.ts'

const key = z.strictObject({ keyId, publicKey: publicKeyHex })
const code = z.string().max(80)
const signature = {
  officer: z.string().min(1).max(80).describe("name of the officer's key at this node"),
  passphrase: z.string().min(1).max(1000).describe('opens that key for this one decision; not kept'),
}
const reason = z.string().min(1).max(600)

export const nodeReceipt = z.strictObject({
  statementHash: digest,
  index: count.nullable().describe('place in the log; null while the broker has not answered'),
})

export const nodeStatus = z.strictObject({
  lab: z.string(),
  labTitle: z.string(),
  rehearsal: z.boolean().describe('invented people only: every page says so'),
  party: partyId,
  partyName: z.string(),
  version: z.string().describe('of the program this node runs'),
  runtime: z.string().describe('of Node.js under it'),
  broker: z.strictObject({
    name: z.string(),
    url: z.string(),
    state: z.enum(['starting', 'connected', 'waiting', 'frozen']),
    code: code.nullable(),
    brokerCode: code.nullable(),
    lastContact: instant.nullable(),
  }),
  frozen: z.array(z.strictObject({ reason: z.string(), foundAt: instant })),
  log: z.strictObject({ size: count, quorumSize: count }),
  partners: z
    .array(z.strictObject({ party: partyId, name: z.string(), lastSeen: instant.nullable() }))
    .describe('when each last cosigned the log; null: not the newest checkpoint that enough cosigned'),
  outbox: z.array(z.strictObject({ kind: z.string(), madeAt: instant })),
  rosterShortCode: z.string().nullable(),
  rosterAccepted: z.boolean(),
  rosterVersion: z.int().nullable(),
  takesPart: z.boolean().describe('in the roster in force'),
  nextRosterShortCode: z.string().nullable().describe('of the roster that was put forward and waits for officers'),
  backup: z.strictObject({
    lastAt: instant.nullable(),
    isDue: z.boolean().describe('none was made since keys were destroyed last: older copies do not open any more'),
  }),
  expires: z
    .array(
      z.strictObject({
        what: z.enum(['roster', 'agreement', 'certificate']),
        name: z.string().describe('title of the agreement; else empty'),
        at: instant,
      }),
    )
    .describe('what stops working when, soonest first'),
  retention: z
    .array(z.strictObject({ dataset: z.string(), period: z.string(), eraseFrom: instant }))
    .describe('whose keys are destroyed when, soonest first'),
})

export const nodeFingerprints = z.strictObject({
  party: partyId,
  nodeKey: key,
  witnessKey: key,
  officers: z.array(
    z.strictObject({
      name: z.string(),
      role: z.enum(['privacy-officer', 'signatory']),
      keyId,
      publicKey: publicKeyHex,
      inRoster: z.boolean().describe('counts now: the key stands in the roster in force'),
    }),
  ),
  rosterShortCode: z.string().nullable(),
})

const rosterDifference = z.strictObject({
  what: z.enum([
    'party-joins',
    'party-leaves',
    'node-key',
    'witness-key',
    'officer-joins',
    'officer-leaves',
    'coordinator-joins',
    'coordinator-leaves',
    'broker-key',
    'log-key',
    'expires',
  ]),
  who: z.string(),
  value: z.string().nullable(),
})

export const nodeRoster = z.strictObject({
  hash: digest,
  version: z.int(),
  shortCode: z.string(),
  expires: instant,
  threshold: count.describe('parties that must accept the next roster'),
  next: z
    .strictObject({
      hash: digest,
      version: z.int(),
      shortCode: z.string(),
      expires: instant,
      differences: z.array(rosterDifference),
      acceptedBy: z.array(partyId),
      waitsFor: z.enum(['acceptances', 'new-keys']),
    })
    .nullable()
    .describe('put forward, not in force'),
  quorum: count,
  brokerName: z.string(),
  coordinators: z.array(keyId).describe('whose requests count: compare with what the coordinator says'),
  parties: z.array(z.strictObject({ id: partyId, name: z.string(), officers: count, accepted: z.boolean() })),
})
export const rosterAcceptanceOrder = z.strictObject({ ...signature, shortCode: z.string().min(1).max(40) })

const newOfficer = z.strictObject({
  name: z.string().min(1).max(80),
  role: z.enum(['privacy-officer', 'signatory']),
  passphrase: z.string().min(1).max(1000),
})
export const rosterProposalOrder = z.strictObject({
  ...signature,
  renew: z
    .array(z.enum(['node', 'witness']))
    .max(2)
    .default([])
    .describe('own keys to replace with fresh ones'),
  addOfficers: z.array(newOfficer).max(10).default([]),
  removeOfficers: z.array(z.string().min(1).max(80)).max(20).default([]).describe('names or key ids'),
  removeParties: z.array(partyId).max(60).default([]),
  days: z.int().min(1).max(3650).optional().describe('from now; absent: as the roster in force'),
})
const checkpointWithCode = z.strictObject({ size: count, root: digest, code: z.string() })
/** The own copy of the log beside what the broker offers, as officers compare them after a contradiction. */
export const nodeRecovery = z.strictObject({
  frozen: z.array(z.strictObject({ reason: z.string(), foundAt: instant })),
  own: checkpointWithCode,
  offered: checkpointWithCode,
  isSame: z.boolean().describe('as far as both go'),
  signed: z.array(z.strictObject({ size: count, code: z.string(), by: z.array(partyId) })),
  needed: count.describe('parties whose officers must sign the same'),
})
export const recoveryOrder = z.strictObject({
  ...signature,
  size: z.int().min(1),
  code: z.string().min(1).max(40).describe('as heard from the other partners'),
  reason,
})
export const passphraseOrder = z.strictObject({ ...signature, newPassphrase: z.string().min(1).max(1000) })
export const rotationOrder = z.strictObject({
  ...signature,
  agreement: agreementId,
  reason: z.enum(['scheduled', 'compromise']).describe('`compromise` closes the deliveries at once'),
})

export const nodeAgreement = z.strictObject({
  id: agreementId,
  shortCode: z.string(),
  title: z.string(),
  reference: z.string(),
  version: z.int(),
  status: z.enum(['in-review', 'active', 'rejected', 'withdrawn', 'expired']),
  validFrom: instant,
  validUntil: instant,
  signedBy: z.array(partyId),
  refusedBy: z.array(partyId),
  waitingFor: z.array(partyId),
  isOurs: z.boolean(),
})
/** As the glossary has it: the two that add something count as the decision they are. */
export const agreementOutcome = z.enum(['approved', 'approved-with-conditions', 'returned', 'rejected'])
export type AgreementOutcome = z.infer<typeof agreementOutcome>
/** What one officer decided, as it stands in the log. */
const agreementDecision = z.strictObject({
  party: partyId,
  role: z.enum(['privacy-officer', 'signatory']).nullable().describe('of the key, under the roster it signed under'),
  keyId,
  outcome: agreementOutcome,
  reason: z.string().nullable(),
  at: instant,
  entry: count.describe('place in the log'),
})
export const nodeAgreementText = nodeAgreement.extend({
  document: agreementDocument,
  text: z.string(),
  decisions: z.array(agreementDecision),
})
/** What is different from the text this party signed last, line by line of what the node makes of both. */
export const agreementDifferences = z.strictObject({
  before: z
    .strictObject({ id: agreementId, shortCode: z.string(), title: z.string(), version: z.int(), signedAt: instant })
    .nullable()
    .describe('null: nothing that this one follows was signed here'),
  changes: z.array(
    z.strictObject({
      place: z.array(z.string()).describe('headings above, outermost first'),
      removed: z.array(z.string()),
      added: z.array(z.string()),
    }),
  ),
})
export type AgreementDifferences = z.infer<typeof agreementDifferences>
/** What officers take along of an agreement, as a file. */
export const agreementExport = z.enum(['agreement-pdf', 'register-csv', 'register-json', 'dpia-pdf', 'audit-extract'])
export type AgreementExport = z.infer<typeof agreementExport>
export const agreementDecisionOrder = z
  .strictObject({
    ...signature,
    shortCode: z.string().min(1).max(40).describe('of the text that was read'),
    decision: agreementOutcome,
    reason: reason.nullable().default(null),
  })
  .refine(({ decision, reason: why }) => decision === 'approved' || why !== null, {
    path: ['reason'],
    message: 'say why, or under which conditions',
  })
export const withdrawalOrder = z.strictObject({ ...signature, reason })

export const nodeCeremony = z.strictObject({
  agreement: agreementId,
  title: z.string(),
  epoch: z.int().nullable(),
  status: z.enum(['not-started', 'running', 'complete', 'aborted']),
  waitingFor: z.array(partyId),
  keyUsable: z.boolean(),
  trouble: code.nullable(),
  abandonedBy: partyId.nullable(),
  reason: code.nullable(),
})
export const ceremonyOrder = z.strictObject({ agreement: agreementId })

export const nodeRequest = z.strictObject({
  hash: digest,
  requestId,
  agreement: agreementId,
  question: z.string(),
  askedAt: instant,
  columns: z.array(z.strictObject({ dataset: localName, columns: z.array(z.string()) })),
  state: z.enum(['withdrawn', 'rejected', 'closed', 'job-open', 'asked']),
  waitingForApprovalOf: z.array(partyId),
  refusals: z.array(z.strictObject({ party: partyId, code })),
  released: z.boolean(),
  inTheWay: code.nullable().describe('code of what keeps this node from releasing right now'),
  results: count,
})
/** What a withdrawal would do; `text` for whoever is about to sign. */
export const withdrawalConsequences = z.strictObject({
  scope: z.enum(['agreement', 'extract', 'request']),
  keysDestroyed: z.array(z.strictObject({ extractId, dataset: z.string(), period: z.string() })),
  secretDestroyed: z.boolean(),
  requestsEnded: z.array(
    z.strictObject({
      requestId,
      question: z.string(),
      jobUntil: z.string().nullable(),
      keysGiven: z.boolean().describe('already in the memory of the broker: nobody can recall them'),
    }),
  ),
  resultsStaying: z.array(z.strictObject({ entry: count, requestId, resultSha256: digest })),
  partnersAffected: z.array(partyId),
  text: z.string(),
})
export const requestDecisionOrder = z.strictObject({
  ...signature,
  decision: z.enum(['approved', 'rejected']),
  reason: reason.nullable().default(null),
})

export const logVerification = z.strictObject({
  valid: z.boolean(),
  size: count,
  root: digest,
  problem: z.string().nullable(),
  cosigned: z.strictObject({ size: count, valid: z.boolean() }).nullable(),
  quorum: z.strictObject({ size: count, valid: z.boolean(), witnesses: z.array(partyId) }).nullable(),
  agreements: z.array(
    z.strictObject({
      id: agreementId,
      status: nodeAgreement.shape.status,
      signedBy: z.array(partyId),
      ceremonies: z.array(z.strictObject({ epoch: z.int(), status: z.enum(['running', 'complete', 'aborted']) })),
    }),
  ),
  requests: z.array(
    z.strictObject({
      requestId,
      agreement: agreementId,
      releasedBy: z.array(partyId),
      refusedBy: z.array(z.strictObject({ party: partyId, code })),
      results: z.array(
        z.strictObject({ index: count, tableHash: digest, resultSha256: digest, released: count, withheld: count }),
      ),
      closed: z.string().nullable(),
    }),
  ),
})
