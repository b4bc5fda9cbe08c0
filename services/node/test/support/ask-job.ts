/** The coordinator asks, the broker opens a job: statements straight into the log. */
import type { AgreementId, StatementOf } from '@kruispunt/contracts'
import { generateKemKeyPair, randomHex, toHex } from '@kruispunt/crypto'
import { currentExtracts } from '@kruispunt/lab-record'
import { statementHash } from '@kruispunt/statements'
import type { ScriptedBroker } from './scripted-broker.ts'

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

const hashOf = (payload: string) => statementHash(Uint8Array.from(Buffer.from(payload, 'base64')))

export function askRequest(broker: ScriptedBroker, agreement: AgreementId, requestId = randomHex(16)) {
  const extracts = currentExtracts(broker.state(), agreement).map(({ recorded: { statement } }) => ({
    extractId: statement.extractId,
    party: statement.party,
    dataset: statement.dataset,
    version: statement.version,
    columns: statement.columns.map(({ name }) => name),
  }))
  const body = {
    kind: 'request',
    requestId,
    agreement,
    epoch: 1,
    question: 'Hoeveel?',
    extracts,
  } as unknown as StatementOf<'request'>
  const envelope = broker.sign('coordinator', body, { notAfter: minutesFromNow(600) })
  broker.append(envelope)
  return hashOf(envelope.payload)
}

export function openJob(broker: ScriptedBroker, requestHash: string, kem = generateKemKeyPair(), minutes = 30) {
  const body = { kind: 'job' as const, requestHash, jobKemPublicKey: toHex(kem.publicKey) }
  const envelope = broker.sign('broker', body, { notAfter: minutesFromNow(minutes) })
  broker.append(envelope)
  return { jobHash: hashOf(envelope.payload), kem }
}
