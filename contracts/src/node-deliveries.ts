/**
 * What a node tells its own steward about files and extracts: headings, shapes and counts, never a row.
 * @module
 */
import { z } from 'zod'
import { agreementId, bilingual, count, digest, extractId, instant, localName, partyId } from './ids.ts'

/** A file that was handed over, until it is prepared. */
export const stagedFile = z.string().regex(/^[0-9a-f]{32}$/)
/** Both may be left out where there is only one. */
export const assignment = { agreement: agreementId.optional(), dataset: localName.optional() }

const fileRefusal = z.strictObject({ code: z.string(), message: bilingual, remedy: bilingual })
const fieldMapping = z.strictObject({
  field: z.string(),
  label: bilingual,
  column: z.int().nullable(),
  header: z.string().nullable(),
  confidence: z.enum(['remembered', 'sure', 'likely', 'none']),
  reason: bilingual,
})

export const nodeInspection = z.strictObject({
  dataset: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  headings: z.array(z.string()),
  mapping: z.array(fieldMapping),
  unused: z.array(z.string()).describe('headings that feed nothing: they are not read'),
  obstacle: fileRefusal.nullable().describe('why the file cannot be delivered with this mapping'),
})
export const stagedInspection = nodeInspection.extend({ file: stagedFile })
export type StagedInspection = z.infer<typeof stagedInspection>

const mapping = z
  .record(z.string(), z.int().min(0).nullable())
  .describe('per field the place of its column, confirmed by a person')

export const checkOrder = z.strictObject({ ...assignment, file: stagedFile, mapping })
export const preparationOrder = checkOrder.extend({
  leaveOutBadRows: z.boolean().default(false),
  objections: z
    .array(z.string().min(1).max(40))
    .min(1)
    .max(1000)
    .optional()
    .describe('people who object, left out: each a citizen number, or `rij 214`. Kept nowhere'),
})

/** Something about rows: how many, which ones first, why, and what to do. Holds no value of an identifier. */
export const rowFinding = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  field: z.string().nullable(),
  column: z.string().nullable(),
  count,
  rows: z.array(count).describe('the first of them, as a spreadsheet numbers rows'),
  values: z.array(z.strictObject({ value: z.string(), count })),
  message: bilingual,
  remedy: bilingual,
})
export type RowFinding = z.infer<typeof rowFinding>

const total = z.strictObject({
  dimension: z.string(),
  label: bilingual,
  codes: z.array(z.strictObject({ code: z.string(), label: bilingual, rows: count })),
})

/** What is in a file, read to its end, before anything is made of it. */
export const fileCheck = z.strictObject({
  rowsRead: count,
  rowsBad: count,
  findings: z.array(rowFinding),
  totals: z.array(total).describe('of the rows that can be delivered'),
})
export type FileCheck = z.infer<typeof fileCheck>

/** What the steward sees of a prepared extract, and all of what leaves. */
export const deliveryReport = z.looseObject({
  rowsRead: count,
  rowsLeftOut: count,
  objections: z
    .strictObject({ given: count, found: count, rows: count })
    .optional()
    .describe('people who object: how many were given, how many of them were in the file, how many rows that took'),
  findings: z.array(rowFinding),
  totals: z.array(total),
  leaves: z.array(z.strictObject({ column: z.string(), table: z.string(), bytes: count })),
})

export const nodeExtract = z.strictObject({
  extractId,
  agreement: agreementId,
  epoch: z.int(),
  dataset: z.string(),
  period: z.string(),
  state: z.enum(['preparing', 'prepared', 'sending', 'sent', 'replaced', 'withdrawn']),
  version: z.int().nullable(),
  subjects: z.int().nullable(),
  records: z.int().nullable(),
  rowsLeftOut: z.int().nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  keyPresent: z.boolean(),
  forRequest: digest.nullable().describe('the one request it was made for; null of a delivery'),
  report: deliveryReport.nullable(),
})
export type NodeExtract = z.infer<typeof nodeExtract>

/** Work on files that is going on at the node, whoever looks. */
export const deliveryWork = z.strictObject({
  agreement: agreementId,
  dataset: z.string(),
  extractId: extractId.nullable().describe('once there is one'),
  step: z.enum(['checking', 'preparing', 'sending']),
  part: z.number().min(0).max(1),
  joint: z
    .strictObject({
      done: count.describe('citizen numbers that have their joint number'),
      total: count,
      waitingFor: z.array(partyId).describe('whose nodes have not answered yet'),
      brokerReachable: z.boolean(),
    })
    .nullable()
    .describe('while all nodes together make joint numbers (`pseudonymMode: joint-oprf`); null otherwise'),
})
const outstandingDelivery = z.strictObject({
  agreement: agreementId,
  dataset: z.string(),
  period: z.string(),
  again: z.boolean().describe('delivered before, under a key or an agreement that was replaced'),
})
/** A file that was handed over and not worked through yet, for whoever comes back to it. Kept until the node starts again. */
const waitingFile = z.strictObject({ file: stagedFile, agreement: agreementId, dataset: z.string(), at: instant })
export const nodeDeliveries = z.strictObject({
  staged: z.array(waitingFile),
  deliveries: z.array(nodeExtract),
  outstanding: z.array(outstandingDelivery),
  work: z.array(deliveryWork),
})
export type DeliveryWork = z.infer<typeof deliveryWork>

export const deliveryReceipt = z.strictObject({
  statementHash: z.string(),
  index: z.int().nullable().describe('place in the log; null while the broker has not answered'),
})
