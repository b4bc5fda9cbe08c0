/** A request for extracts of its own: ids that are new, every column of every dataset. */
import type { AgreementId, ExtractId, RequestId, StatementBody } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { agreedColumns } from '@kruispunt/lab-record'
import { statementHash } from '@kruispunt/statements'
import type { ScriptedBroker } from './scripted-broker.ts'

export function singleRequest(broker: ScriptedBroker, agreement: AgreementId): StatementBody<'request'> {
  const document = broker.state().agreements.get(agreement)?.document
  if (document === undefined) throw new Error('no agreement')
  return {
    kind: 'request',
    requestId: randomHex(16) as RequestId,
    agreement,
    epoch: 1,
    question: 'Hoeveel?',
    extracts: document.datasets.map((dataset) => ({
      extractId: randomHex(16) as ExtractId,
      party: dataset.party,
      dataset: dataset.id,
      version: 1,
      columns: agreedColumns(dataset, document.linkage).map(({ name }) => name),
    })),
  }
}

/** @returns the request's hash */
export function askSingle(broker: ScriptedBroker, body: StatementBody<'request'>, minutes = 600): string {
  const notAfter = new Date(Date.now() + minutes * 60_000).toISOString()
  const envelope = broker.sign('coordinator', body, { notAfter })
  broker.append(envelope)
  return statementHash(Uint8Array.from(Buffer.from(envelope.payload, 'base64')))
}
