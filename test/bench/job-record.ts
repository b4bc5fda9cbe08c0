/**
 * A lab's record with real keys and signed statements, up to the point where its parties can deliver.
 * @module
 */
import type { AgreementDocument, LabId, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { cryptoReady, type SigningKey, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord, type Recorded } from '@kruispunt/lab-record'
import { documentHash, nextHeader, signStatement } from '@kruispunt/statements'
import { quorumOf } from '@kruispunt/transparency-log'
import { parties } from './counting-lab.ts'
import { jobAgreement } from './job-agreement.ts'

type BenchRecord = {
  readonly lab: LabId
  readonly record: LabRecord
  readonly agreement: AgreementDocument
  readonly agreementId: StatementBody<'extract'>['agreement']
  /** Signs a statement with its party's key and puts it on record. */
  readonly say: (from: string, body: object, notAfter?: string | null) => Recorded
  /** What happens after each statement that is put on record from now on. */
  readonly listen: (listener: (recorded: Recorded) => void) => void
}

const key = (fill: number): SigningKey => signingKeyFromSeed(new Uint8Array(32).fill(fill))
const digest = '0'.repeat(64)

export async function createBenchRecord(): Promise<BenchRecord> {
  await cryptoReady()
  const lab = 'meting' as LabId
  const broker = key(1)
  const coordinator = key(3)
  const keys = parties.map((id, at) => ({
    id,
    node: key(10 * at + 10),
    witness: key(10 * at + 11),
    officer: key(10 * at + 12),
  }))
  const record = createLabRecord({ lab, brokerPublicKey: toHex(broker.publicKey) })
  let listener: (recorded: Recorded) => void = () => undefined
  let roster = ''
  const sayWith = (from: string, signers: readonly SigningKey[], body: object, notAfter: string | null = null) => {
    const [signer] = signers as [SigningKey]
    const at = Date.now()
    const header = {
      v: 1,
      lab,
      from,
      keyId: signer.keyId,
      ...nextHeader(record.state.heads.get(signer.keyId as never)),
      issuedAt: new Date(at).toISOString(),
      notAfter,
      roster,
      seen: null,
    }
    const envelope = signStatement({ ...header, ...body }, ...signers) as StatementEnvelope
    const { recorded, commit } = record.check(envelope, at)
    commit()
    listener(recorded)
    return recorded
  }

  const shown = (signing: SigningKey) => ({ keyId: signing.keyId, publicKey: toHex(signing.publicKey) })
  const document = {
    v: 1,
    kind: 'roster-document',
    lab,
    version: 1,
    prev: null,
    parties: keys.map(({ id, node, witness, officer }) => ({
      id,
      name: `Partner ${id}`,
      nodeKey: shown(node),
      witnessKey: shown(witness),
      officers: [{ ...shown(officer), role: 'privacy-officer' }],
    })),
    coordinators: [{ ...shown(coordinator), kind: 'ed25519' }],
    broker: { name: 'broker.test', brokerKey: shown(broker), logKey: shown(key(2)) },
    quorum: quorumOf(parties.length),
    threshold: Math.floor(parties.length / 2) + 1,
    expires: '2090-01-01T00:00:00.000Z',
  }
  roster = documentHash('roster', document)
  sayWith('broker', [broker], { kind: 'roster', document })
  for (const { id, officer, node, witness } of keys)
    sayWith(id, [officer, node, witness], { kind: 'roster-acceptance', rosterHash: roster })
  const agreement = jobAgreement(lab, new Date())
  sayWith('coordinator', [coordinator], { kind: 'agreement', document: agreement })
  const agreementId = documentHash('agreement', agreement) as BenchRecord['agreementId']
  for (const { id, officer } of keys)
    sayWith(id, [officer], { kind: 'agreement-approval', agreement: agreementId, decision: 'approved', reason: null })
  // The log cannot see into a ceremony, only that its messages came in order.
  const ceremony = { agreement: agreementId, epoch: 1 }
  const sealedBox = { ct: '00', nonce: '00', box: '00', shareCommitment: '' }
  const suite = 'xwing-xchacha20poly1305'
  for (const { id, node } of keys)
    sayWith(id, [node], { kind: 'salt-commit', ...ceremony, party: id, suite, kemPublicKey: '00', commit: digest })
  for (const { id, node } of keys)
    for (const to of parties.filter((other) => other !== id))
      sayWith(id, [node], { kind: 'salt-reveal', ...ceremony, transcript: digest, to, ...sealedBox })
  for (const { id, node } of keys)
    sayWith(id, [node], { kind: 'salt-confirm', ...ceremony, transcript: digest, party: id, tag: digest })

  const signerOf = new Map([
    ['broker', broker],
    ['coordinator', coordinator],
    ...keys.map(({ id, node }) => [id, node] as const),
  ])
  return {
    lab,
    record,
    agreement,
    agreementId,
    say: (from, body, notAfter) => {
      const signer = signerOf.get(from)
      if (!signer) throw new Error('nobody of that name')
      return sayWith(from, [signer], body, notAfter)
    },
    listen: (next) => {
      listener = next
    },
  }
}
