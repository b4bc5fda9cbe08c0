/**
 * The sharing agreement: what partners sign, and what every node checks against (protocol §3.2, glossary §3).
 * `agreementId = H("agreement", jcs(document))`; any change makes another agreement.
 * @module
 */
import { z } from 'zod'
import { dimension } from './dimensions.ts'
import { agreementId, bilingual, categoryCode, digest, instant, labId, localName, partyId } from './ids.ts'
import { identifierField, linkageRecipe, matchKeyId } from './linkage.ts'
import { measure } from './measures.ts'
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

/** Rules that one dataset may set tighter than the agreement does; a table follows the tightest of the datasets it shows. */
const stricter = z.strictObject({
  minimum: z.int().min(3).max(100).optional(),
  groupSharePercent: z.int().min(50).max(100).optional(),
  zeros: z.enum(['protect-foreign', 'protect-all']).optional(),
})

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
  /** Which fields recognise people, each with the column headings under which sources carry it. None of them travels. */
  identifiers: z
    .array(z.strictObject({ field: identifierField, headers: z.array(z.string().min(1).max(80)).min(1).max(40) }))
    .max(20),
  /** Keys of the agreement's recipe that are made for this dataset; `B1` only where its party may use the citizen number. */
  linkageKeys: z.array(matchKeyId).max(60),
  /**
   * `per-request`, meant for special categories: nothing of it stays at the broker. For each approved request the node makes an
   * extract that nothing else opens, under pseudonyms of that request (protocol §3.6). `standing` when left out.
   */
  extractMode: z.enum(['standing', 'per-request']).optional(),
  dimensions: z.array(dimension).max(60),
  /** Amounts that may be added up, such as hours of care. */
  measures: z.array(measure).max(20).optional(),
  stricter: stricter.optional(),
})
export type Dataset = z.infer<typeof dataset>

/** A number with decimals, written out: a statement holds whole numbers only. */
const decimal = (lowest: number, highest: number) =>
  z
    .string()
    .regex(/^\d{1,2}(?:\.\d{1,12})?$/)
    .refine((text) => Number(text) >= lowest && Number(text) <= highest, `not between ${lowest} and ${highest}`)

/**
 * `suppression`: exact counts, unsafe cells withheld. `cell-key`: every count carries a small error that is the same each
 * time. `differential-privacy`: random noise under a budget that is spent and then refused.
 */
export const answerMode = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('suppression') }),
  z.strictObject({
    kind: z.literal('cell-key'),
    maxDeviation: z.int().min(1).max(20).describe('largest error of a count'),
    variance: z.int().min(1).max(100).describe('of the error'),
    smallestShown: z.int().min(0).max(20).describe('largest count that never appears, zero apart'),
  }),
  z.strictObject({
    kind: z.literal('differential-privacy'),
    epsilon: decimal(0.01, 20).describe('whole budget of the population'),
    delta: decimal(1e-12, 1e-3),
    epsilonPerTable: decimal(0.001, 20),
  }),
])
export type AnswerMode = z.infer<typeof answerMode>

export const population = z.strictObject({
  id: localName,
  label: bilingual,
  unit: z.enum(['persons', 'records', 'households']),
  /** persons: the dataset whose persons are counted, or `null` for everybody known to any partner. records: the dataset of the records. */
  dataset: localName.nullable(),
  /** How its tables are protected; suppression when left out. One population, one way, as long as the agreement runs. */
  answers: answerMode.optional(),
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
  /** Amounts of the population's own dataset that may stand beside the counts. */
  measures: z.array(localName).max(20).optional(),
})
export type AllowedTable = z.infer<typeof allowedTable>

/**
 * How the token of a citizen number is made. `salted`: from the number, under the secret all nodes share. `joint-oprf`: from what
 * all nodes together make of it, each with a share of its own (protocol §3.5). Tokens of the other keys are salted in both.
 */
export const pseudonymMode = z.enum(['joint-oprf', 'salted'])
export type PseudonymMode = z.infer<typeof pseudonymMode>

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
    /** For sums and means: p of the p % rule, and the share that the largest one or two contributions may not pass. */
    sums: z
      .strictObject({
        pPercent: z.int().min(1).max(100),
        dominance: z.strictObject({ largest: z.int().min(1).max(3), percent: z.int().min(10).max(99) }).nullable(),
      })
      .optional(),
    /**
     * Categories that the partners agree say nothing about a person in them, such as not being known to a party. The group
     * rule passes them by; without this a variable that concerns few people hides nearly every table it stands in.
     */
    neutral: z
      .array(z.strictObject({ dimension: localName, codes: z.array(categoryCode).min(1).max(200) }))
      .max(60)
      .optional(),
  }),
  pseudonymMode,
  linkage: linkageRecipe,
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

/**
 * What an officer adds to the decision, which alone counts. `with-conditions`: signed, and what was agreed beside the text stands
 * in the reason. `returned`: not this text; the drafter is asked for another one.
 */
export const agreementReview = z.enum(['with-conditions', 'returned'])

export const agreementApproval = statement('agreement-approval', {
  agreement: agreementId,
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().max(600).nullable(),
  review: agreementReview.optional(),
}).refine(
  ({ decision, reason, review }) =>
    review === undefined || (reason !== null && decision === (review === 'returned' ? 'rejected' : 'approved')),
  'a review fits its decision and says why',
)
