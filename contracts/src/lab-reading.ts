/**
 * What people read about a lab besides its log: an agreement with what was decided on it, jobs, tables answered
 * before. Readings of what is on record; none of them counts by itself.
 * @module
 */
import { z } from 'zod'
import { agreementDocument, agreementReview } from './agreements.ts'
import { agreementStatus, jobView } from './api.ts'
import { crossTabAnswer } from './cross-tabs.ts'
import {
  agreementId,
  bilingual,
  categoryCode,
  count,
  digest,
  instant,
  labId,
  localName,
  partyId,
  requestId,
} from './ids.ts'

export const agreementParams = z.strictObject({ lab: labId, agreementId })

export const agreementView = z.strictObject({
  id: agreementId,
  status: agreementStatus,
  document: agreementDocument,
  proposedAt: instant,
  decisions: z.array(
    z.strictObject({
      party: partyId,
      decision: z.enum(['approved', 'rejected']),
      review: agreementReview.nullable().describe('what was said beside the decision, which alone counts'),
      reason: z.string().nullable(),
      at: instant,
    }),
  ),
})
export type AgreementView = z.infer<typeof agreementView>

/** Newest first. */
export const jobList = z.strictObject({
  jobs: z.array(z.strictObject({ job: jobView, question: z.string(), requestedAt: instant, tables: count })),
})
export type JobList = z.infer<typeof jobList>

/** A question as it is remembered: the order of its variables is lost. */
const rememberedQuestion = z.strictObject({
  table: localName,
  axes: z.array(z.strictObject({ dimension: localName, levels: z.array(localName) })),
  filters: z.array(z.strictObject({ dimension: localName, codes: z.array(categoryCode) })),
  measures: z.array(localName).optional(),
})

export const earlierTable = z.strictObject({
  number: count.nullable().describe('of the release: the line of the log in which its hash stands'),
  agreement: agreementId,
  requestId: requestId.nullable(),
  askedAt: instant,
  release: digest,
  tableHash: digest,
  title: bilingual,
  axes: z.array(bilingual),
  filters: z.array(z.strictObject({ label: bilingual, codes: z.array(bilingual) })),
  released: count,
  withheld: count,
})
export type EarlierTable = z.infer<typeof earlierTable>

/** Newest first. */
export const earlierTables = z.strictObject({ tables: z.array(earlierTable) })
export const earlierTableParams = z.strictObject({ lab: labId, release: digest, tableHash: digest })
export const earlierTableView = z.strictObject({
  table: earlierTable,
  question: rememberedQuestion,
  answer: crossTabAnswer,
})
export type EarlierTableView = z.infer<typeof earlierTableView>
