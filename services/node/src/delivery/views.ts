/**
 * What the API and `--json` say about files and extracts: headings, shapes and counts, never a row.
 * @module
 */
import { bilingual, extractId } from '@kruispunt/contracts'
import { z } from 'zod'
import type { OwnExtract, Receipt } from '../delivery-port.ts'
import type { Inspected } from './inspect.ts'

const refusalView = z.strictObject({ code: z.string(), message: bilingual, remedy: bilingual })
const fieldView = z.strictObject({
  field: z.string(),
  label: bilingual,
  column: z.int().nullable(),
  header: z.string().nullable(),
  confidence: z.enum(['remembered', 'sure', 'likely', 'none']),
  reason: bilingual,
})

export const inspectionView = z.strictObject({
  dataset: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  headings: z.array(z.string()),
  mapping: z.array(fieldView),
  unused: z.array(z.string()).describe('headings that feed nothing: they are not read'),
  obstacle: refusalView.nullable().describe('why the file cannot be delivered with this mapping'),
})

export function viewInspection({
  dataset,
  inspection,
  mapping,
  spec,
  obstacle,
}: Inspected): z.infer<typeof inspectionView> {
  const labels = new Map(spec.fields.map(({ id, label }) => [id, label]))
  return {
    dataset: dataset.id,
    encoding: inspection.encoding,
    delimiter: inspection.delimiter,
    headings: inspection.columns.map(({ header }) => header),
    mapping: mapping.fields.map(({ field, column, header, confidence, reason }) => ({
      field,
      label: labels.get(field) ?? { nl: field, en: field },
      column,
      header,
      confidence,
      reason,
    })),
    unused: [...mapping.unused],
    obstacle: obstacle === null ? null : { code: obstacle.code, message: obstacle.message, remedy: obstacle.remedy },
  }
}

export const extractView = z.strictObject({
  extractId,
  agreement: z.string(),
  epoch: z.int(),
  dataset: z.string(),
  period: z.string(),
  state: z.enum(['preparing', 'prepared', 'sending', 'sent', 'replaced', 'withdrawn']),
  version: z.int().nullable(),
  subjects: z.int().nullable(),
  records: z.int().nullable(),
  rowsLeftOut: z.int().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  keyPresent: z.boolean(),
  report: z.unknown(),
})

export function viewExtract(own: OwnExtract): z.infer<typeof extractView> {
  const { body, extractId: id, agreement, epoch, dataset, period, state, createdAt, sentAt, keyPresent, report } = own
  return {
    extractId: id,
    agreement,
    epoch,
    dataset,
    period,
    state,
    version: body?.version ?? null,
    subjects: body?.subjects ?? null,
    records: body?.records ?? null,
    rowsLeftOut: body?.rowsLeftOut ?? null,
    createdAt,
    sentAt,
    keyPresent,
    report: report ?? null,
  }
}

const outstandingView = z.strictObject({
  agreement: z.string(),
  dataset: z.string(),
  period: z.string(),
  again: z.boolean().describe('delivered before, under a key or an agreement that was replaced'),
})

export const deliveriesView = z.strictObject({
  deliveries: z.array(extractView),
  outstanding: z.array(outstandingView),
})

export const receiptView = z.strictObject({
  statementHash: z.string(),
  index: z.int().nullable().describe('place in the log; null while the broker has not answered'),
})
export const viewReceipt = ({ statementHash, index }: Receipt) => ({ statementHash, index })
