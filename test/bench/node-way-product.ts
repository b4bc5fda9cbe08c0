/**
 * The node's whole way with one file, as `kruispunt-node extract prepare` goes it: look, map, read, check, code, make tokens,
 * shuffle, encrypt column by column, on the disk and synced.
 * @module
 */
import { cryptoReady } from '@kruispunt/crypto'
import { practiceAgreement } from '../../infra/demo/agreement/document.ts'
import { confirmMapping, inspectFile } from '../../services/node/src/delivery/inspect.ts'
import { prepareExtract } from '../../services/node/src/delivery/prepare.ts'
import { memoryPort } from '../../services/node/test/delivery/memory-port.ts'
import type { Outcome } from './node-way-outcome.ts'

export async function productWay(path: string): Promise<Outcome> {
  await cryptoReady()
  const agreement = practiceAgreement('bench', new Date('2026-01-01T00:00:00.000Z'))
  const parties = agreement.parties.map((party) => ({ ...party, maxRecords: 50_000_000 }))
  const port = memoryPort({ ...agreement, parties }, 'gemeente')
  try {
    const inspected = await inspectFile(port, {}, path)
    const proposed = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
    const mapping = confirmMapping(inspected, proposed)
    const { report } = await prepareExtract(port, inspected, mapping, { leaveOutBadRows: false })
    return {
      rows: report.rowsRead,
      withNumber: report.subjects.bsn.valid,
      persons: report.subjects.subjects,
      bytesWritten: report.leaves.reduce((sum, { bytes }) => sum + bytes, 0),
    }
  } finally {
    port.dispose()
  }
}
