/**
 * One partner's side of the story: its node as a process of its own, spoken to over its local interface, as a console would.
 * @module
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { PartyId } from '@kruispunt/contracts'
import { request } from 'undici'
import { demoFolder, practiceFolder, writeOnce } from './folders.ts'
import { CommandFailed, run, serve, until } from './processes.ts'

const officer = 'privacy'

type Status = {
  readonly rosterShortCode: string | null
  readonly rosterAccepted: boolean
  readonly log: { readonly size: number; readonly quorumSize: number }
}
type Agreement = {
  readonly id: string
  readonly shortCode: string
  readonly status: string
  readonly signedBy: readonly string[]
  readonly text?: string
}
type Ceremony = { readonly status: string; readonly epoch: number | null; readonly keyUsable: boolean }
type Inspection = {
  readonly file: string
  readonly mapping: readonly { readonly field: string; readonly column: number | null; readonly confidence: string }[]
  readonly unused: readonly string[]
}
type Delivery = {
  readonly extractId: string
  readonly state: string
  readonly subjects: number
  readonly records: number
  readonly report: {
    readonly rowsRead: number
    readonly findings: readonly { readonly severity: string; readonly count: number }[]
    readonly subjects: { readonly bsn: { readonly valid: number } }
    readonly leaves: readonly { readonly column: string; readonly bytes: number }[]
  }
}
type Verification = {
  readonly valid: boolean
  readonly size: number
  readonly root: string
  readonly quorum: { readonly valid: boolean; readonly witnesses: readonly string[] } | null
}

export function partnerNode(id: string, port: number) {
  const folder = join(demoFolder, 'nodes', id)
  const env = { KRUISPUNT_NODE_FOLDER: folder, KRUISPUNT_NODE_PORT: String(port) }
  const address = `http://127.0.0.1:${port}/v1`
  // The practice region only: a real officer's passphrase is in a head, not in a file.
  const passphrase = `oefenregio ${id} overlegt`

  async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const token = readFileSync(join(folder, 'api-token'), 'utf8').trim()
    const isStream = body instanceof Readable
    const type = isStream ? 'application/octet-stream' : 'application/json'
    const response = await request(`${address}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
      body: body === undefined ? null : isStream ? body : JSON.stringify(body),
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
    })
    const text = await response.body.text()
    if (response.statusCode >= 400) throw new CommandFailed(`${id}: ${method} ${path.split('?')[0]}: ${reasonOf(text)}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  return {
    id: id as PartyId,
    folder,
    port,
    passphraseFile: join(demoFolder, 'officers', id),
    ask,

    async setUp(invitation: () => Promise<string>): Promise<void> {
      if (!existsSync(join(folder, 'node.db'))) await run('node', ['init'], env)
      if (existsSync(join(folder, 'enrolled'))) return
      const secret = writeOnce(`officers/${id}`, () => passphrase)
      const signer = `${officer}:privacy-officer:${secret}`
      await run('node', ['enrol', '--invitation', await invitation(), '--officer', signer], env)
      writeOnce(`nodes/${id}/enrolled`, () => '')
    },

    async start(): Promise<void> {
      serve(`node-${id}`, 'node', ['serve'], env)
      await until(`the node of ${id} answers`, async () => {
        try {
          const { statusCode, body } = await request(`${address}/health`)
          await body.dump()
          return statusCode === 200 ? true : undefined
        } catch {
          return undefined
        }
      })
    },

    status: () => ask<Status>('GET', '/status'),
    agreements: () => ask<Agreement[]>('GET', '/agreements'),
    agreement: (agreement: string) => ask<Agreement>('GET', `/agreements/${agreement}?lang=nl`),
    ceremonies: () => ask<Ceremony[]>('GET', '/ceremonies'),
    deliveries: async () => (await ask<{ deliveries: Delivery[] }>('GET', '/deliveries')).deliveries,
    verifyLog: () => ask<Verification>('GET', '/log/verification'),

    acceptRoster: (shortCode: string) => ask('POST', '/roster/acceptances', { officer, passphrase, shortCode }),
    sign: ({ id: agreement, shortCode }: Agreement) =>
      ask('POST', `/agreements/${agreement}/decisions`, { officer, passphrase, shortCode, decision: 'approved' }),

    /** Hands the raw file over as it is. */
    inspect: (file: string) =>
      ask<Inspection>('POST', '/deliveries/inspections', createReadStream(join(practiceFolder, file))),
    prepare: ({ file, mapping }: Inspection) =>
      ask<Delivery>('POST', '/deliveries/preparations', {
        file,
        mapping: Object.fromEntries(mapping.map(({ field, column }) => [field, column])),
      }),
    /** Somebody who may look at this node's console; who is known already stays. */
    async letIn(name: string, displayName: string, role: string): Promise<void> {
      const known = (await run('node', ['user', 'list'], env)) as readonly { readonly name: string }[]
      if (known.some((person) => person.name === name)) return
      await run('node', ['user', 'add', '--name', name, '--display', displayName, '--role', role], env)
    },

    /** An address that signs this person in, once, within the hour. */
    async signInLink(name: string): Promise<string> {
      return ((await run('node', ['user', 'link', '--name', name, '--minutes', '60'], env)) as { url: string }).url
    },

    send: ({ extractId }: Delivery) => ask<{ index: number | null }>('POST', `/deliveries/${extractId}/sendings`, {}),
  }
}
export type Partner = ReturnType<typeof partnerNode>

/** Code and Dutch reason of a problem document; the raw text is never shown. */
function reasonOf(text: string): string {
  try {
    const problem = JSON.parse(text) as { code?: string; reason?: { nl?: string } }
    return `${problem.code ?? 'unknown'}: ${problem.reason?.nl ?? ''}`
  } catch {
    return 'an answer that is not a problem document'
  }
}
