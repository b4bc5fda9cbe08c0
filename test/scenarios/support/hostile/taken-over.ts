/**
 * A broker that has gone over: from now on the test writes the log, for all nodes alike. What it writes keeps the rules of
 * the log unless a test wants otherwise, so that nodes go on and judge it by themselves.
 * @module
 */
import type { AgreementId, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import { fromHex, generateKemKeyPair, type KemKeyPair, randomHex, type SigningKey, toHex } from '@kruispunt/crypto'
import { openKeyRelease, type ReleasedKey } from '@kruispunt/extracts'
import { until } from '../processes.ts'
import type { AttackLab } from './attack-lab.ts'
import { payloadOf } from './forged-log.ts'

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
type Asked = Awaited<ReturnType<AttackLab['requestBody']>>
export type TakenOver = Awaited<ReturnType<typeof takeOver>>

export async function takeOver(lab: AttackLab) {
  // Read before the nodes see anything else: what a coordinator would ask for.
  const usual = await lab.requestBody()
  const log = await lab.forgeLog()
  lab.relay.on(log.servedTo(lab.parties))
  const said = (kind: string) => log.entries.map(payloadOf).filter((payload) => payload.kind === kind)

  return {
    log,
    said,
    /** A request as the coordinator would sign it, put in the log. @returns its hash */
    ask(change: Partial<Asked> = {}, by: SigningKey = lab.coordinatorKey): string {
      const body = { ...usual, requestId: randomHex(16), ...change } as StatementBody
      const envelope = log.sign(body, { from: 'coordinator', notAfter: minutesFromNow(600) }, by)
      log.append(envelope)
      return log.hashOf(envelope)
    },
    usual,
    of: (agreement: AgreementId) => lab.requestBody(undefined, agreement),
    /** A job for a request, put in the log. */
    job(
      requestHash: string,
      {
        kem = generateKemKeyPair(),
        header = {},
        by,
      }: { kem?: KemKeyPair; header?: Record<string, unknown>; by?: SigningKey } = {},
    ): { envelope: StatementEnvelope; jobHash: string; kem: KemKeyPair } {
      const body = { kind: 'job', requestHash, jobKemPublicKey: toHex(kem.publicKey) } as StatementBody
      const envelope = log.sign(body, { notAfter: minutesFromNow(30), ...header }, by)
      log.append(envelope)
      return { envelope, jobHash: log.hashOf(envelope), kem }
    },
    approve: async (party: string, requestHash: string) => {
      await until(`${party} sees the request`, async () =>
        (await lab.node(party).requests()).some(({ hash }) => hash === requestHash) ? true : undefined,
      )
      return lab.node(party).decide(`/requests/${requestHash}/decisions`, { decision: 'approved' })
    },
    /** What a party answered to a job: its release, or the code of its refusal. */
    answerOf: (party: string, requestHash: string) =>
      until(`${party} answers the job`, async () => {
        const mine = (kind: string) =>
          said(kind).find((payload) => payload.from === party && payload.requestHash === requestHash)
        const release = mine('key-release')
        return release ?? mine('release-refusal')
      }),
    releases: (requestHash: string) => said('key-release').filter((payload) => payload.requestHash === requestHash),
    /** Opens a release as the holder of the job's key can. */
    opened: (release: Record<string, unknown>, kem: KemKeyPair): ReleasedKey[] =>
      openKeyRelease({
        requestHash: String(release.requestHash),
        jobHash: String(release.jobHash),
        ciphertext: fromHex(String(release.ct)),
        nonce: fromHex(String(release.nonce)),
        box: fromHex(String(release.box)),
        jobKemSecretKey: kem.secretKey,
      }),
    freezes: (party: string) =>
      until(`${party} freezes`, async () => {
        const { frozen } = await lab.node(party).status()
        return frozen.length > 0 ? frozen.map(({ reason }) => reason) : undefined
      }),
  }
}
