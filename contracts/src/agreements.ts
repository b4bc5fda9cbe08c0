/**
 * The sharing agreement: what partners sign, and what every node checks against (protocol §3.2, glossary §3).
 * `agreementId = H("agreement", jcs(document))`; any change makes another agreement.
 * @module
 */
import { z } from 'zod'
import { dimension } from './dimensions.ts'
import { agreementId, bilingual, categoryCode, digest, instant, labId, localName, partyId } from './ids.ts'
import { statement } from './statements.ts'

const text = z.string().min(1).max(2000)

const party = z.strictObject({
  id: partyId,
  name: z.string().min(1).max(120),
  role: z.enum(['joint-controller', 'processor', 'recipient']),
  contact: z.string().min(1).max(200).describe('office, not a person'),
  legalBasis: z.strictObject({ article: z.string().max(40), statute: z.string().max(200), explanation: text }),
  citizenNumber: z.strictObject({ allowed: z.boolean(), statute: z.string().max(200).nullable() }),
  maxRecords: z.int().min(1).max(50_000_000),
  approval: z.enum(['standing', 'per-request']),
  approvers: z.int().min(1).max(10).describe('officers of this party who must approve each request'),
})

export const linkageKeyName = z.literal('B1')

export const dataset = z.strictObject({
  id: localName,
  party: partyId,
  title: bilingual,
  /** `person`: a row is a person. `record`: a row is an event; a person may have several. */
  grain: z.enum(['person', 'record']),
  recordLabel: bilingual.nullable(),
  dataSubjects: text,
  originalPurpose: text,
  compatibility: text,
  period: z.string().regex(/^\d{4}-\d{2}(?:\/\d{4}-\d{2})?$/),
  schedule: z.string().min(1).max(200),
  citizenNumberHeaders: z.array(z.string().min(1).max(80)).max(40),
  linkageKeys: z.array(linkageKeyName).max(1),
  dimensions: z.array(dimension).max(60),
})
export type Dataset = z.infer<typeof dataset>

export const population = z.strictObject({
  id: localName,
  label: bilingual,
  unit: z.enum(['persons', 'records', 'households']),
  /** persons: the dataset whose persons are counted, or `null` for everybody known to any partner. records: the dataset of the records. */
  dataset: localName.nullable(),
})
export type Population = z.infer<typeof population>

/** What may be crossed: any of `dimensions` (or `presence:<party>`), at most `maxDimensions` at once. */
const allowedTable = z.strictObject({
  id: localName,
  title: bilingual,
  population: localName,
  dimensions: z.array(localName).min(1).max(60),
  filters: z.array(localName).max(60),
  maxDimensions: z.int().min(1).max(4),
})
export type AllowedTable = z.infer<typeof allowedTable>

export const agreementDocument = z.strictObject({
  v: z.literal(1),
  kind: z.literal('agreement-document'),
  lab: labId,
  reference: z.string().min(1).max(80),
  version: z.int().min(1),
  supersedes: agreementId.nullable(),
  title: z.string().min(1).max(200),
  issue: text,
  audienceSummary: z.string().min(1).max(350),
  purpose: text,
  questions: z.array(text).min(1).max(20),
  notUsedFor: text,
  parties: z.array(party).min(2).max(60),
  datasets: z.array(dataset).min(2).max(120),
  populations: z.array(population).min(1).max(40),
  tables: z.array(allowedTable).min(1).max(60),
  disclosure: z.strictObject({
    minimum: z.int().min(3).max(100),
    groupSharePercent: z.int().min(50).max(100),
    zeros: z.enum(['publish', 'protect-foreign', 'protect-all']),
    insider: z.boolean(),
    coalition: z.int().min(1).max(2),
    questionBudget: z.int().min(1).max(10_000),
    /**
     * Categories that the partners agree say nothing about a person in them, such as not being known to a party. The group
     * rule passes them by; without this a variable that concerns few people hides nearly every table it stands in.
     */
    neutral: z
      .array(z.strictObject({ dimension: localName, codes: z.array(categoryCode).min(1).max(200) }))
      .max(60)
      .optional(),
  }),
  pseudonymMode: z.literal('salted'),
  requestBudget: z.int().min(1).max(10_000),
  jobMinutes: z.int().min(1).max(60),
  recipients: text,
  onwardSharing: z.enum(['yes', 'no', 'after-consent']),
  publication: text,
  location: text,
  transfers: text,
  retention: z.strictObject({
    deliveryDays: z.int().min(1).max(3650),
    results: text,
    logs: text,
    reason: text,
  }),
  jointArrangement: text,
  processor: text,
  dpia: z.strictObject({ required: z.boolean(), reference: z.string().max(120), outcome: text, dpoAdvice: text }),
  risks: z
    .array(z.strictObject({ description: text, measure: text, remaining: z.enum(['low', 'medium', 'high']) }))
    .max(40),
  validFrom: instant,
  validUntil: instant,
  evaluation: text,
  exit: text,
  attachments: z
    .array(
      z.strictObject({
        name: z.string().max(120),
        mediaType: z.string().max(80),
        bytes: z.int().min(0),
        sha256: digest,
      }),
    )
    .max(20),
})
export type AgreementDocument = z.infer<typeof agreementDocument>

/** The coordinator puts an agreement forward. */
export const agreementStatement = statement('agreement', { document: agreementDocument })

export const agreementApproval = statement('agreement-approval', {
  agreement: agreementId,
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().max(600).nullable(),
})
