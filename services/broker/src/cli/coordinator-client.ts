/**
 * The coordinator's side: signs in, reads the whole log and checks every word of it, signs statements at home.
 *
 * The broker is believed in nothing that can be checked: the roster, the agreement and the state of a job come out of
 * the log, whose checkpoint must carry the log key of the access file.
 * @module
 */
import {
  challenge,
  checkpoints,
  logEntries,
  type StatementBody,
  type StatementEnvelope,
  session,
  statementReceipt,
} from '@kruispunt/contracts'
import { equalBytes, type SigningKey, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord, LabRecordError, logIdentityOf } from '@kruispunt/lab-record'
import { nextHeader, signStatement, statementHash } from '@kruispunt/statements'
import { parseCheckpoint, TransparencyLogError, verifyCheckpoint } from '@kruispunt/transparency-log'
import { challengeMessage } from '../sessions/challenge-message.ts'
import { type ApiClient, createApiClient, RefusedError } from './api-client.ts'
import { LogDoubtfulError, NotYetError } from './exit-codes.ts'
import type { LabAccess } from './files.ts'

export type CoordinatorClient = {
  readonly api: ApiClient
  readonly base: string
  /** The record up to the newest checkpoint, replayed here. @throws LogDoubtfulError */
  readLog(): Promise<LabRecord>
  /** Signs with the next number of this key's chain and submits. @returns the statement's hash and place */
  submit(body: StatementBody, options?: { readonly notAfter?: string }): Promise<{ hash: string; index: number }>
}

/** A client that signs in anew when its session ends; waiting for partners may take longer than a session lasts. */
async function createSignedInClient(access: LabAccess, key: SigningKey, now: () => number): Promise<ApiClient> {
  const { lab } = access
  const { keyId } = key
  const api = createApiClient({ url: access.brokerUrl, caCertificate: access.caCertificate, now })
  async function signIn(): Promise<void> {
    const asked = { method: 'POST', path: '/v1/session-challenges', json: { lab, keyId } } as const
    const issued = challenge.parse(await api.ask(asked))
    const signature = toHex(key.sign(challengeMessage(lab, keyId, issued.challenge)))
    const json = { lab, keyId, challenge: issued.challenge, signature }
    api.useToken(undefined)
    const opened = await api.ask({ method: 'POST', path: '/v1/sessions', json, withProof: true })
    api.useToken(session.parse(opened).token)
  }
  await signIn()
  return {
    ...api,
    async ask(request) {
      try {
        return await api.ask(request)
      } catch (error) {
        if (!(error instanceof RefusedError) || error.problem.code !== 'unauthenticated') throw error
        await signIn()
        return api.ask(request)
      }
    },
  }
}

/**
 * The log key of the roster in force. That of the access file must be among those the lab has had: else another log is offered.
 * @throws LogDoubtfulError
 */
function logKeyOf({ roster, rosters }: LabRecord['state'], access: LabAccess): LabAccess['logKey'] {
  if (roster === undefined) return access.logKey
  const had = [roster, ...rosters].map(({ document }) => document.broker.logKey)
  if (!had.some(({ publicKey }) => publicKey === access.logKey.publicKey))
    throw new LogDoubtfulError(
      'Dit controlespoor hoort bij een andere sleutel dan die van het toegangsbestand. Bouw hier niet op; bel de beheerder van het schakelpunt en de partners.',
      'This log belongs to another key than that of the access file. Build nothing on it; call the operator and the partners.',
    )
  return roster.document.broker.logKey
}

export async function signIn(access: LabAccess, key: SigningKey, now: () => number): Promise<CoordinatorClient> {
  const { lab } = access
  const { keyId } = key
  const base = `/v1/labs/${lab}`
  const api = await createSignedInClient(access, key, now)
  const record = createLabRecord({ lab, brokerPublicKey: access.brokerKey.publicKey })
  let seen: { size: number; root: string } | null = null

  async function fetchUpTo(size: number): Promise<void> {
    while (record.tree.size < size) {
      const path = `${base}/log/entries?from=${record.tree.size}`
      const { entries } = logEntries.parse(await api.ask({ method: 'GET', path }))
      if (entries.length === 0)
        throw new LogDoubtfulError(
          'Het controlespoor is korter dan het eigen controlepunt zegt. Bouw hier niet op; bel de beheerder van het schakelpunt en de partners.',
          'The log is shorter than its own checkpoint says. Build nothing on it; call the operator and the partners.',
        )
      for (const { index, envelope } of entries) {
        if (index !== record.tree.size)
          throw new LogDoubtfulError(
            'In het controlespoor ontbreken regels. Bouw hier niet op; bel de beheerder van het schakelpunt en de partners.',
            'The log leaves entries out. Build nothing on it; call the operator and the partners.',
          )
        record.check(envelope).commit()
      }
    }
  }

  async function readLog(): Promise<LabRecord> {
    const notes = checkpoints.parse(await api.ask({ method: 'GET', path: `${base}/log/checkpoints` }))
    try {
      // Entries vouch for themselves, and they may hold a change of the log's key; only then is the checkpoint believed.
      await fetchUpTo(parseCheckpoint(notes.latest).size)
      const logKey = logKeyOf(record.state, access)
      const { size, root } = verifyCheckpoint(notes.latest, logIdentityOf(access.brokerName, lab, logKey.publicKey))
      // Also when the record is longer by now: what was checked before must still be there.
      if (size > record.tree.size || !equalBytes(record.tree.root(size), root))
        throw new LogDoubtfulError(
          'Het controlespoor past niet bij het ondertekende controlepunt. Bouw hier niet op; bel de beheerder van het schakelpunt en de partners.',
          'The log does not fit its signed checkpoint. Build nothing on it; call the operator and the partners.',
        )
      seen = { size, root: toHex(root) }
      return record
    } catch (error) {
      if (error instanceof LabRecordError || error instanceof TransparencyLogError)
        throw new LogDoubtfulError(
          'In het controlespoor staat iets dat niet kan kloppen. Bouw hier niet op; bel de beheerder van het schakelpunt en de partners.',
          'The log holds something that cannot be right. Build nothing on it; call the operator and the partners.',
          { cause: error },
        )
      throw error
    }
  }

  return {
    api,
    base,
    readLog,
    async submit(body, options) {
      const { state } = await readLog()
      if (state.roster === undefined)
        throw new NotYetError(
          'Dit Datalab heeft nog geen deelnemerslijst. Wacht tot de beheerder haar heeft vastgelegd (lab roster).',
          'This lab has no roster yet. Wait until the operator has put it on record (lab roster).',
        )
      const header = {
        v: 1,
        lab,
        from: 'coordinator',
        keyId,
        ...nextHeader(state.heads.get(keyId as never)),
        issuedAt: new Date(now()).toISOString(),
        notAfter: options?.notAfter ?? null,
        roster: state.roster.hash,
        seen,
      }
      const envelope = signStatement({ ...header, ...body }, key) as StatementEnvelope
      const path = `${base}/statements`
      const { index } = statementReceipt.parse(await api.ask({ method: 'POST', path, json: { envelope } }))
      return { hash: statementHash(Buffer.from(envelope.payload, 'base64')), index }
    },
  }
}
