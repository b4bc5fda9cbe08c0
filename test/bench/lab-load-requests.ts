/**
 * Many requests at once, good ones and bad ones, and how each ended.
 * @module
 */
import { connect } from 'node:net'
import { randomBytes, randomHex } from '@kruispunt/crypto'
import { type ApiAnswer, type ApiClient, createApiClient } from '../../services/broker/src/cli/api-client.ts'
import type { LoadLab, LoadNode } from './lab-load-lab.ts'

export type Sent = { readonly kind: string; readonly status: number; readonly ms: number; readonly text: string }
export type Asking = { readonly kind: string; readonly ask: () => Promise<ApiAnswer> }

/** Runs them with so many under way at a time; one that gets no answer has status 0. */
export async function all(asked: readonly Asking[], atOnce: number): Promise<Sent[]> {
  const sent: Sent[] = []
  const queue = [...asked]
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const started = performance.now()
      const answer = await next.ask().catch(() => ({ status: 0, text: '' }))
      sent.push({ kind: next.kind, status: answer.status, ms: performance.now() - started, text: answer.text })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return sent
}

export const clientOf = ({ access }: LoadLab, { identity }: LoadNode): ApiClient =>
  createApiClient({ url: access.brokerUrl, caCertificate: access.caCertificate, ...identity })

/** Half a request and then silence, or no TLS at all. Never waits for an answer. */
function badSocket(url: string, bytes: string): Promise<ApiAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes)
      setTimeout(() => {
        socket.destroy()
        resolve({ status: 0, headers: {}, text: '' })
      }, 500)
    })
    socket.on('error', () => resolve({ status: 0, headers: {}, text: '' }))
  })
}

/** One of each way to be wrong, over and over. */
export function badRequests(lab: LoadLab, member: LoadNode, count: number): Asking[] {
  const { access } = lab
  const stranger = createApiClient({ url: access.brokerUrl, caCertificate: access.caCertificate })
  const node = clientOf(lab, member)
  const base = `/v1/labs/${access.lab}`
  const json = { 'content-type': 'application/json' }
  const kinds: Asking[] = [
    {
      kind: 'malformed JSON',
      ask: () =>
        node.send({ method: 'POST', path: `${base}/statements`, bytes: Buffer.from('{"envelope":'), headers: json }),
    },
    {
      kind: 'no statement',
      ask: () => node.send({ method: 'POST', path: `${base}/statements`, json: { envelope: { payload: 'x' } } }),
    },
    { kind: 'nobody', ask: () => stranger.send({ method: 'GET', path: `${base}/log/entries?from=0` }) },
    {
      kind: 'false token',
      ask: () =>
        stranger.send({
          method: 'GET',
          path: base,
          headers: { authorization: `DPoP ${randomHex(40)}`, dpop: 'x.y.z' },
        }),
    },
    {
      kind: 'too large',
      ask: () =>
        node.send({ method: 'POST', path: `${base}/statements`, bytes: randomBytes(6 * 1024 * 1024), headers: json }),
    },
    {
      kind: 'column too large',
      ask: () =>
        node.send({
          method: 'PUT',
          path: `${base}/extracts/${randomHex(16)}/columns/x`,
          bytes: Buffer.alloc(1),
          headers: { 'content-length': String(10 * 1024 ** 3) },
        }),
    },
    {
      kind: 'too many',
      ask: () =>
        stranger.send({ method: 'POST', path: '/v1/session-challenges', json: { lab: access.lab, keyId: 'x' } }),
    },
    { kind: 'no such address', ask: () => node.send({ method: 'GET', path: `/v1/${randomHex(8)}` }) },
    { kind: 'no TLS', ask: () => badSocket(access.brokerUrl, 'GET / HTTP/1.1\r\n\r\n') },
    { kind: 'silence', ask: () => badSocket(access.brokerUrl, '\u0016\u0003') },
  ]
  return Array.from({ length: count }, (_, at) => kinds[at % kinds.length] as Asking)
}

export const millis = (sent: readonly Sent[], part: number): number => {
  const sorted = sent.map(({ ms }) => ms).sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}
