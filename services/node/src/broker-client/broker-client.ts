/**
 * The node's only way out: calls to the broker it was invited by, over TLS that trusts the invitation's CA and nothing else.
 * Every answer is bounded in size and time and held against its schema.
 * @module
 */
import { createReadStream } from 'node:fs'
import {
  checkpoints,
  columnReceipt,
  type EnrolmentRequest,
  elementsReceipt,
  enrolmentResponse,
  type LabId,
  labView,
  logEntries,
  type PartyId,
  type StatementEnvelope,
  statementReceipt,
} from '@kruispunt/contracts'
import { Agent, request as send } from 'undici'
import { z } from 'zod'
import { NodeError } from '../errors.ts'
import { isConnectionLost, refusalOf, transportError } from './errors.ts'

const mostAnswerBytes = 64 * 1024 * 1024
const usualAnswerMs = 20_000
const uploadMs = 600_000

export type BrokerAddress = {
  readonly url: string
  readonly caCertificate: string
  readonly lab: LabId
  /** Absent only while enrolling. */
  readonly client?: { readonly certificate: string; readonly key: string } | undefined
  /** Longest time without a sign of life, in ms; a whole call may take twice as long, an upload longer. */
  readonly answerMs?: number
}

export type BrokerClient = ReturnType<typeof createBrokerClient>

type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly json?: unknown
  readonly file?: { readonly path: string; readonly bytes: number }
  readonly bytes?: Uint8Array
  /** Longest time without a sign of life, in ms. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

export function createBrokerClient({ url, caCertificate, lab, client, answerMs = usualAnswerMs }: BrokerAddress) {
  const identity = client === undefined ? {} : { cert: client.certificate, key: client.key }
  const agent = new Agent({
    connect: { ca: caCertificate, rejectUnauthorized: true, minVersion: 'TLSv1.3', timeout: 10_000, ...identity },
    maxResponseSize: mostAnswerBytes,
    connections: 8,
    keepAliveTimeout: 10_000,
  })
  const base = new URL(url)
  if (base.protocol !== 'https:') throw new NodeError('broker_untrusted')

  /** What comes back, if it is no refusal. */
  async function exchange({ method, path, json, file, bytes, timeoutMs, signal }: Call): Promise<Buffer> {
    const within = timeoutMs ?? answerMs
    let status: number
    let content: Buffer
    try {
      const headers: Record<string, string> = { accept: 'application/json, application/problem+json' }
      if (json !== undefined) headers['content-type'] = 'application/json'
      if (file !== undefined) {
        headers['content-type'] = 'application/octet-stream'
        headers['content-length'] = String(file.bytes)
      }
      if (bytes !== undefined) headers['content-type'] = 'application/octet-stream'
      const plain = bytes ?? (json && JSON.stringify(json))
      const body = file === undefined ? plain : createReadStream(file.path)
      // The other two limits begin anew with every byte; this one does not, so a slow broker holds nobody. A column may
      // take as long as it takes.
      const limits = file === undefined ? [AbortSignal.timeout(answerMs + within)] : []
      if (signal !== undefined) limits.push(signal)
      const response = await send(new URL(path, base), {
        dispatcher: agent,
        method,
        headers,
        body: (body as string | undefined) ?? null,
        headersTimeout: within,
        bodyTimeout: within,
        signal: AbortSignal.any(limits),
      })
      status = response.statusCode
      content = Buffer.from(await response.body.arrayBuffer())
    } catch (cause) {
      throw transportError(cause)
    }
    if (status < 200 || status > 299) throw refusalOf(status, parseJson(content.toString('utf8')))
    return content
  }

  /**
   * An upload can meet a connection that the broker is just closing for having been quiet. Nothing else tries it again by itself, so it
   * is sent once more, on another connection: what arrived twice is there once.
   */
  async function upload(asked: Call): Promise<Buffer> {
    try {
      return await exchange(asked)
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      return exchange(asked)
    }
  }

  async function call<S extends z.ZodType>(answer: S, asked: Call): Promise<z.infer<S>> {
    const content = await (asked.method === 'PUT' ? upload(asked) : exchange(asked))
    const parsed = answer.safeParse(parseJson(content.toString('utf8')))
    if (!parsed.success) throw new NodeError('broker_answer_invalid')
    return parsed.data
  }

  const at = (rest: string) => `/v1/labs/${lab}/${rest}`
  return {
    enrol: (body: EnrolmentRequest) => call(enrolmentResponse, { method: 'POST', path: '/v1/enrolments', json: body }),
    lab: () => call(labView, { method: 'GET', path: `/v1/labs/${lab}` }),
    /** Entries from an index on; the broker may keep the answer for `waitMs` until there is one. */
    logEntries: (from: number, waitMs: number, signal?: AbortSignal) =>
      call(logEntries, {
        method: 'GET',
        path: at(`log/entries?from=${from}&limit=500&waitMs=${waitMs}`),
        timeoutMs: answerMs + waitMs,
        signal,
      }),
    checkpoints: () => call(checkpoints, { method: 'GET', path: at('log/checkpoints') }),
    sendCosignature: (note: string) =>
      call(z.unknown(), { method: 'POST', path: at('log/cosignatures'), json: { note } }),
    sendStatement: (envelope: StatementEnvelope) =>
      call(statementReceipt, { method: 'POST', path: at('statements'), json: { envelope } }),
    sendColumn: (extractId: string, column: string, file: { readonly path: string; readonly bytes: number }) =>
      call(columnReceipt, {
        method: 'PUT',
        path: at(`extracts/${extractId}/columns/${encodeURIComponent(column)}`),
        file,
        timeoutMs: uploadMs,
      }),
    /** Elements of this party on their way to others, named by their digest. Sending twice is harmless. */
    sendElements: (sha256: string, bytes: Uint8Array) =>
      call(elementsReceipt, { method: 'PUT', path: at(`elements/${sha256}`), bytes, timeoutMs: uploadMs }),
    /** Elements that another party sent to this one; the caller holds them against the digest. */
    fetchElements: async (party: PartyId, sha256: string): Promise<Uint8Array> =>
      Uint8Array.from(await exchange({ method: 'GET', path: at(`elements/${party}/${sha256}`), timeoutMs: uploadMs })),
    /** This party has them: the broker need not keep them. */
    dropElements: (party: PartyId, sha256: string) =>
      call(z.unknown(), { method: 'DELETE', path: at(`elements/${party}/${sha256}`) }),
    close: () => agent.destroy(),
  }
}

function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
