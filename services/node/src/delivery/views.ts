/**
 * Files and extracts as the API and `--json` say them: headings, shapes and counts, never a row.
 * @module
 */
import { deliveryReport, type NodeExtract, type nodeInspection } from '@kruispunt/contracts'
import type { z } from 'zod'
import type { OwnExtract, Receipt } from '../delivery-port.ts'
import type { Inspected } from './inspect.ts'

export function viewInspection({
  dataset,
  inspection,
  mapping,
  spec,
  obstacle,
}: Inspected): z.infer<typeof nodeInspection> {
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

export function viewExtract(own: OwnExtract): NodeExtract {
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
    forRequest: own.madeFor?.requestHash ?? null,
    report: report === null || report === undefined ? null : deliveryReport.parse(report),
  }
}

export const viewReceipt = ({ statementHash, index }: Receipt) => ({ statementHash, index })
