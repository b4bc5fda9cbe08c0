/** Sends a small extract the way the delivery of files does, with columns of random bytes: nobody opens them here. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { AgreementId, ExtractId } from '@kruispunt/contracts'
import { randomBytes, toHex } from '@kruispunt/crypto'
import { columnKey, keyCommitment } from '@kruispunt/extracts'
import { agreedColumns } from '@kruispunt/lab-record'
import type { KruispuntNode } from '../../src/node.ts'

export function prepareExtract(
  node: KruispuntNode,
  agreement: AgreementId,
): { extractId: ExtractId; root: Uint8Array } {
  const port = node.deliveries
  const { document, epoch, party } = port.agreementFor(agreement)
  const dataset = document.datasets.find((listed) => listed.party === party)
  if (dataset === undefined) throw new Error('this party has no dataset')
  const place = { agreement, epoch, dataset: dataset.id, period: dataset.period }
  const { extractId, extractRoot } = port.createExtract(place)
  const columns = agreedColumns(dataset, document.linkage).map(({ name, table }) => {
    const bytes = randomBytes(100)
    writeFileSync(port.columnPath(extractId, name), bytes)
    const commitment = keyCommitment(extractId, name, columnKey(extractRoot, extractId, name))
    return {
      name,
      table,
      type: name.startsWith('token:') ? ('tokens' as const) : ('codes-8' as const),
      slots: 1,
      bytes: 100,
      ciphertextSha256: createHash('sha256').update(bytes).digest('hex'),
      keyCommitment: toHex(commitment),
    }
  })
  const counts = { subjects: 5, records: 5, rowsLeftOut: 0 }
  port.markPrepared(
    extractId,
    { kind: 'extract', extractId, party, ...place, ...port.succession(place), ...counts, columns },
    {},
  )
  return { extractId, root: extractRoot }
}

export async function deliver(node: KruispuntNode, agreement: AgreementId) {
  const { extractId, root } = prepareExtract(node, agreement)
  const { body } = node.deliveries.extract(extractId)
  for (const { name, bytes } of body?.columns ?? [])
    await node.deliveries.uploadColumn(extractId, name, node.deliveries.columnPath(extractId, name), bytes)
  const receipt = await node.deliveries.submitExtract(extractId)
  return { extractId, root, receipt }
}
