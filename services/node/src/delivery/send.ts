/**
 * Sends a prepared extract: columns first, the signed statement last. Safe to repeat at any point.
 * @module
 */
import type { ExtractId } from '@kruispunt/contracts'
import type { DeliveryPort, Receipt } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'

/** @throws NodeError `extract_unknown`, `agreement_not_active`, `agreement_expired`, or what the port refuses; what was sent already is not sent again */
export async function sendExtract(
  port: DeliveryPort,
  extractId: ExtractId,
  onProgress: (part: number) => void = () => {},
): Promise<Receipt> {
  const { agreement, body, state } = port.extract(extractId)
  if (body === null) throw new NodeError('extract_unknown')
  if (state === 'prepared') {
    // Said here: the broker would only hang up on columns that nobody agreed to any more.
    port.agreementFor(agreement)
    const total = body.columns.reduce((sum, column) => sum + column.bytes, 0)
    let sent = 0
    for (const { name, bytes } of body.columns) {
      await port.uploadColumn(extractId, name, port.columnPath(extractId, name), bytes)
      sent += bytes
      onProgress(total === 0 ? 1 : sent / total)
    }
  }
  return port.submitExtract(extractId)
}
