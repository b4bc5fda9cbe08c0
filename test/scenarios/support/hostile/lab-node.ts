/**
 * A partner's node as a process of its own, and what its steward and its officer do with it.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { until } from '../processes.ts'
import { endService, type Service, startService } from './service.ts'

/** The one officer that each partner of an attack lab has. */
export const officer = 'privacy'
export const passphraseOf = (party: string) => `wachtwoord van ${party}`
const clock = fileURLToPath(new URL('./shifted-clock.mjs', import.meta.url))

/** What a node's local interface answered. */
type LocalReply<T> = { readonly status: number; readonly body: T & { readonly code?: string } }
type Status = {
  readonly log: { readonly size: number; readonly quorumSize: number }
  readonly frozen: readonly { readonly reason: string }[]
  readonly outbox: readonly { readonly kind: string }[]
  readonly broker: { readonly state: string; readonly code: string | null; readonly brokerCode: string | null }
  readonly rosterShortCode: string | null
  readonly rosterAccepted: boolean
  readonly rosterVersion: number | null
  readonly takesPart: boolean
  readonly nextRosterShortCode: string | null
}
type Ceremony = {
  readonly agreement: string
  readonly epoch: number | null
  readonly status: string
  readonly keyUsable: boolean
  readonly trouble: string | null
  readonly abandonedBy: string | null
  readonly reason: string | null
}
type Delivery = { readonly extractId: string; readonly state: string; readonly keyPresent: boolean }

export function nodeProcess(folder: string, party: string) {
  let service: Service | undefined
  const passphrase = passphraseOf(party)

  async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<LocalReply<T>> {
    const isFile = typeof body === 'string'
    const reply = await request(`${service?.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${readFileSync(join(folder, 'api-token'), 'utf8').trim()}`,
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
      },
      body: body === undefined ? null : isFile ? body : JSON.stringify(body),
    })
    const text = await reply.body.text()
    return { status: reply.statusCode, body: text === '' ? {} : JSON.parse(text) }
  }
  const decide = <T>(path: string, body: object) => ask<T>('POST', path, { officer, passphrase, ...body })
  const good = async <T>(reply: Promise<LocalReply<T>>): Promise<T> => {
    const { status, body } = await reply
    if (status >= 300) throw new Error(`${party}: ${status} ${body.code}`)
    return body
  }

  return {
    party,
    folder,
    ask,
    /** With the officer's passphrase. */
    decide,
    /** @param env - `KRUISPUNT_TEST_CLOCK_SHIFT_MS` puts its clock wrong */
    async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
      const settings = {
        KRUISPUNT_NODE_FOLDER: folder,
        KRUISPUNT_NODE_PORT: '0',
        // Short, so that a node soon asks again after the test changed what it is told.
        KRUISPUNT_NODE_LONG_POLL_MS: '400',
        KRUISPUNT_NODE_LOG_LEVEL: 'info',
      }
      const args = env.KRUISPUNT_TEST_CLOCK_SHIFT_MS === undefined ? [] : ['--import', clock]
      service = await startService('node', { ...settings, ...env }, args)
    },
    stop: (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => endService(service, signal),
    isRunning: () => service !== undefined && service.child.exitCode === null && service.child.signalCode === null,
    process: () => service?.child,
    url: () => service?.url ?? '',
    /** What the process printed: its log. */
    output: () => service?.output() ?? '',
    status: () => good(ask<Status>('GET', '/status')),
    ceremonies: () => good(ask<Ceremony[]>('GET', '/ceremonies')),
    deliveries: async () => (await good(ask<{ deliveries: Delivery[] }>('GET', '/deliveries'))).deliveries,
    requests: () =>
      good(ask<{ hash: string; requestId: string; released: boolean; inTheWay: string | null }[]>('GET', '/requests')),
    /** The roster that was put forward: its code, as heard from the others, typed here. */
    acceptNext: async (as: { officer?: string; passphrase?: string } = {}) => {
      const shortCode = await until(`${party} sees the next roster`, async () => {
        const { body } = await ask<Status>('GET', '/status')
        return body.nextRosterShortCode ?? undefined
      })
      return good(decide<{ index: number | null }>('/roster/acceptances', { shortCode, ...as }))
    },
    acceptRoster: async () => {
      const shortCode = await until(`${party} sees the roster`, async () => {
        const { body } = await ask<Status>('GET', '/status')
        return body.rosterShortCode ?? undefined
      })
      await good(decide('/roster/acceptances', { shortCode }))
    },
    sign: async (agreement: string) => {
      const found = await until(`${party} sees the agreement`, async () => {
        const { body } = await ask<{ id: string; shortCode: string }[]>('GET', '/agreements')
        return body.find(({ id }) => id === agreement)
      })
      await good(decide(`/agreements/${agreement}/decisions`, { shortCode: found.shortCode, decision: 'approved' }))
    },
    /** Hands a file over, prepares it and, unless told otherwise, sends it. @returns the extract's id */
    deliver: async (csv: string, options: { agreement?: string; send?: boolean } = {}): Promise<string> => {
      const of = options.agreement === undefined ? '' : `?agreement=${options.agreement}`
      const { file, mapping } = await good(
        ask<{ file: string; mapping: { field: string; column: number | null }[] }>(
          'POST',
          `/deliveries/inspections${of}`,
          csv,
        ),
      )
      const { extractId } = await good(
        ask<Delivery>('POST', '/deliveries/preparations', {
          file,
          mapping: Object.fromEntries(mapping.map(({ field, column }) => [field, column])),
          ...(options.agreement === undefined ? {} : { agreement: options.agreement }),
        }),
      )
      if (options.send !== false) await good(ask('POST', `/deliveries/${extractId}/sendings`, {}))
      return extractId
    },
  }
}
export type LabNode = ReturnType<typeof nodeProcess>
