/**
 * Three partners of the practice region and a broker, each a process of its own, up to the moment of delivering. What lies
 * between them can be cut, and each process can be killed and started again.
 * @module
 */
import { createReadStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crossTabAnswer } from '@kruispunt/contracts'
import { Agent, request } from 'undici'
import { practiceAgreement } from '../../../infra/demo/agreement/document.ts'
import { freePort } from '../../../infra/demo/folders.ts'
import { startLine } from './line.ts'
import { command, type Outcome, root, type Service, serve, until } from './processes.ts'

const lab = 'klein'
const officer = 'privacy'
const files = { gemeente: 'gemeente-brp-wmo.csv', politie: 'politie-meldingen.csv', ggd: 'ggd-oggz.txt' } as const
export type Party = keyof typeof files
const parties = Object.keys(files) as Party[]

type Problem = { readonly code: string; readonly reason: Bilingual; readonly remedy: Bilingual }
type Bilingual = { readonly nl: string; readonly en: string }
/** What a node's local interface answered. */
export type Reply<T> = { readonly status: number; readonly body: T & Partial<Problem> }
export type Delivery = {
  readonly extractId: string
  readonly state: string
  readonly version: number | null
  readonly keyPresent: boolean
  readonly report: { readonly leaves: readonly unknown[] }
}
export type Receipt = { readonly statementHash: string; readonly index: number | null }

/** The practice agreement, without the partners that are not here. */
function agreementOfThree(): object {
  const whole = practiceAgreement(lab, new Date(Date.now() - 60_000))
  const isHere = (party: string) => parties.some((here) => here === party)
  const datasets = whole.datasets.filter(({ party }) => isHere(party))
  const known = new Set([
    ...datasets.flatMap(({ dimensions }) => dimensions.map(({ id }) => id)),
    ...parties.map((party) => `presence:${party}`),
  ])
  const populations = whole.populations.filter(({ dataset }) => datasets.some(({ id }) => id === dataset))
  return {
    ...whole,
    // What is tried here goes on with one node at a time; joint numbers need all, and have tests of their own.
    pseudonymMode: 'salted',
    parties: whole.parties.filter(({ id }) => isHere(id)),
    datasets,
    populations,
    tables: whole.tables
      .filter(({ population }) => populations.some(({ id }) => id === population))
      .map((table) => ({ ...table, dimensions: table.dimensions.filter((id) => known.has(id)) })),
  }
}

export type SmallLab = Awaited<ReturnType<typeof startSmallLab>>

/** @param folder - empty; everything of the lab is kept in it */
export async function startSmallLab(folder: string) {
  const brokerPort = await freePort()
  const line = await startLine(brokerPort)
  const services = new Map<string, Service>()
  const at = (...path: string[]) => join(folder, ...path)
  const brokerEnv = {
    KRUISPUNT_DATA_DIR: at('broker'),
    KRUISPUNT_PORT: String(brokerPort),
    KRUISPUNT_PUBLIC_URL: `https://localhost:${line.port}`,
  }
  const access = ['--access', at('access.json'), '--key', at('coordinator.json')]
  const done = ({ code, data, problem }: Outcome): unknown => {
    if (code !== 0) throw new Error(`a command ended with ${code}: ${JSON.stringify(problem)}`)
    return data
  }
  const broker = (...words: string[]) => command('broker', words, brokerEnv)

  async function startBroker(): Promise<void> {
    services.set('broker', serve('broker', brokerEnv, at('broker.log')))
    const { caCertificate } = JSON.parse(readFileSync(at('access.json'), 'utf8')) as { caCertificate: string }
    const dispatcher = new Agent({ connect: { ca: caCertificate, timeout: 2000 } })
    await until('the broker answers', async () => {
      const url = `https://localhost:${brokerPort}/v1/health`
      const reply = await request(url, { dispatcher }).catch(() => undefined)
      await reply?.body.dump()
      return reply?.statusCode === 200 ? true : undefined
    })
    await dispatcher.close()
  }

  async function makeNode(party: Party) {
    const port = await freePort()
    const env = { KRUISPUNT_NODE_FOLDER: at(party), KRUISPUNT_NODE_PORT: String(port) }
    const passphrase = `kleine proef ${party} overlegt`
    writeFileSync(at(`${party}.officer`), passphrase)
    const invitation = at(`${party}.invitation`)
    done(await broker('partner', 'invite', '--lab', lab, '--party', party, '--name', party, '--out', invitation))
    done(await command('node', ['init'], env))
    const signer = `${officer}:privacy-officer:${at(`${party}.officer`)}`
    done(await command('node', ['enrol', '--invitation', invitation, '--officer', signer], env))

    async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply<T>> {
      const isFile = typeof body === 'string'
      const reply = await request(`http://127.0.0.1:${port}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${readFileSync(at(party, 'api-token'), 'utf8').trim()}`,
          ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        },
        body: body === undefined ? null : isFile ? createReadStream(body) : JSON.stringify(body),
      })
      const text = await reply.body.text()
      return { status: reply.statusCode, body: text === '' ? {} : JSON.parse(text) }
    }
    const decide = <T>(path: string, body: object) => ask<T>('POST', path, { officer, passphrase, ...body })
    const inspected = async () => {
      const file = join(root, 'infra', 'practice-region', files[party])
      const { body } = await ask<Inspection>('POST', '/deliveries/inspections', file)
      return { file: body.file, mapping: Object.fromEntries(body.mapping.map(({ field, column }) => [field, column])) }
    }

    return {
      party,
      ask,
      decide,
      async start(): Promise<void> {
        services.set(party, serve('node', env, at(`${party}.log`)))
        await until(`the node of ${party} answers`, async () => {
          const reply = await ask('GET', '/status').catch(() => undefined)
          return reply?.status === 200 ? true : undefined
        })
      },
      deliveries: async () => (await ask<{ deliveries: Delivery[] }>('GET', '/deliveries')).body.deliveries,
      /** Reads the practice file as it is; `extra` maps more fields than the file was found to have. */
      prepare: async (extra: Readonly<Record<string, number>> = {}) => {
        const { file, mapping } = await inspected()
        return ask<Delivery>('POST', '/deliveries/preparations', { file, mapping: { ...mapping, ...extra } })
      },
      send: (extractId: string) => ask<Receipt>('POST', `/deliveries/${extractId}/sendings`, {}),
      withdraw: (extractId: string, reason: string) =>
        decide<Receipt>(`/deliveries/${extractId}/withdrawals`, { reason }),
    }
  }
  type Node = Awaited<ReturnType<typeof makeNode>>
  const nodes = new Map<Party, Node>()
  const node = (party: Party): Node => {
    const found = nodes.get(party)
    if (found === undefined) throw new Error('no such partner')
    return found
  }

  async function agree(): Promise<void> {
    done(await broker('lab', 'roster', '--lab', lab))
    for (const [party, { ask, decide }] of nodes) {
      const shortCode = await until(`${party} sees the roster`, async () => {
        const { body } = await ask<{ rosterShortCode: string | null }>('GET', '/status')
        return body.rosterShortCode ?? undefined
      })
      const { status } = await decide('/roster/acceptances', { shortCode })
      if (status !== 200) throw new Error(`${party} did not accept the roster: ${status}`)
    }
    writeFileSync(at('agreement.json'), JSON.stringify(agreementOfThree()))
    done(await broker('agreement', 'propose', '--file', at('agreement.json'), ...access))
    for (const [party, { ask, decide }] of nodes) {
      const listed = await until(`${party} sees the agreement`, async () => {
        const { body } = await ask<{ id: string; shortCode: string }[]>('GET', '/agreements')
        return body[0]
      })
      const words = { shortCode: listed.shortCode, decision: 'approved' }
      const { status } = await decide(`/agreements/${listed.id}/decisions`, words)
      if (status !== 200) throw new Error(`${party} did not sign: ${status}`)
    }
    for (const [party, { ask }] of nodes)
      await until(`${party} has the joint key`, async () => {
        const { body } = await ask<{ keyUsable: boolean }[]>('GET', '/ceremonies')
        return body.find(({ keyUsable }) => keyUsable)
      })
  }

  const own = {
    line,
    node,
    startBroker,
    kill: async (name: Party | 'broker') => services.get(name)?.end('SIGKILL'),
    /** What the broker has on record. */
    status: async () => done(await broker('lab', 'status', '--lab', lab)) as Status,
    openJob: async () =>
      done(await broker('job', 'open', '--question', 'Een proef', ...access)) as { requestId: string; state: string },
    /** One table, whatever becomes of it. */
    table: async (requestId: string, table: string, rows: string, columns: string) => {
      const words = ['--request', requestId, '--table', table, '--rows', rows, '--columns', columns]
      const { code, data, problem } = await broker('job', 'table', ...words, ...access)
      const { logIndex: _, ...answer } = (data ?? {}) as { logIndex?: number }
      return {
        exit: code,
        answer: code === 0 ? crossTabAnswer.parse(answer) : undefined,
        problem: (problem as { problem?: Problem }).problem,
      }
    },
    /** The columns the broker keeps of an extract. */
    columnsAtBroker: (extractId: string): string[] =>
      readdirSync(at('broker', 'columns'), { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.parentPath.endsWith(extractId))
        .map(({ name }) => name),
    async end(): Promise<void> {
      await Promise.all([...services.values()].map((service) => service.end('SIGKILL')))
      await line.stop()
    },
  }

  try {
    mkdirSync(folder, { recursive: true })
    done(await broker('init', '--name', 'schakelpunt.klein'))
    done(await broker('coordinator', 'create-key', '--out', at('coordinator.json')))
    const key = at('coordinator.json.pub')
    const words = ['--id', lab, '--title', 'Kleine proef', '--coordinator-key', key, '--out', at('access.json')]
    done(await broker('lab', 'create', ...words))
    await startBroker()
    for (const party of parties) nodes.set(party, await makeNode(party))
    await Promise.all([...nodes.values()].map((each) => each.start()))
    await agree()
    return own
  } catch (error) {
    await own.end()
    throw error
  }
}

type Inspection = {
  readonly file: string
  readonly mapping: readonly { readonly field: string; readonly column: number | null }[]
}
type Status = {
  readonly logSize: number
  readonly agreements: readonly {
    readonly deliveries: readonly { readonly party: string; readonly extractId: string; readonly version: number }[]
  }[]
}
