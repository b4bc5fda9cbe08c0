/**
 * The broker's side of the story: an operator sets it up, a coordinator invites, proposes and asks.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CrossTabAnswer, JobView, LabView, LinkQuality } from '@kruispunt/contracts'
import { practiceAgreement } from './agreement/document.ts'
import { demoFolder, type Ports, writeOnce } from './folders.ts'
import { run, runText, serve, until } from './processes.ts'

const labId = 'praktijk'
const dataDir = join(demoFolder, 'broker')
const coordinatorKey = join(demoFolder, 'coordinator', 'key.json')
const accessFile = join(demoFolder, 'coordinator', 'access.json')
const coordinator = ['--access', accessFile, '--key', coordinatorKey]

export type Answer = CrossTabAnswer & { readonly logIndex: number }
export type Question = {
  readonly name: string
  readonly title: string
  readonly table: string
  readonly rows: string
  readonly columns: string
  readonly filter?: string
  readonly measures?: string
  readonly percentages?: 'row' | 'column' | 'total'
}

function tableCommand(requestId: string, { table, rows, columns, ...more }: Question): string[] {
  const options = (['filter', 'measures', 'percentages'] as const).flatMap((option) => {
    const value = more[option]
    return value === undefined ? [] : [`--${option}`, value]
  })
  const question = ['--table', table, '--rows', rows, '--columns', columns, ...options]
  return ['job', 'table', '--request', requestId, ...question, ...coordinator]
}

export function brokerLab({ broker: port, portal }: Ports) {
  const env = {
    KRUISPUNT_DATA_DIR: dataDir,
    KRUISPUNT_PORT: String(port),
    KRUISPUNT_PUBLIC_URL: `https://localhost:${port}`,
    KRUISPUNT_PORTAL_PORT: String(portal),
  }
  const command = (...args: string[]) => run('broker', args, env)
  const status = async () => (await command('lab', 'status', '--lab', labId)) as LabView

  return {
    url: env.KRUISPUNT_PUBLIC_URL,
    dataDir,
    status,

    /** Broker, coordinator key and lab; what is there already stays. */
    async setUp(): Promise<void> {
      if (!existsSync(join(dataDir, 'broker.db'))) await command('init', '--name', 'schakelpunt.praktijk')
      if (!existsSync(coordinatorKey)) {
        writeOnce('coordinator/.folder', () => '')
        await command('coordinator', 'create-key', '--out', coordinatorKey)
      }
      if (!existsSync(accessFile)) {
        const key = `${coordinatorKey}.pub`
        await command(
          'lab',
          'create',
          '--id',
          labId,
          '--title',
          'Langer thuis en overlast',
          '--rehearsal',
          '--coordinator-key',
          key,
          '--out',
          accessFile,
        )
      }
    },

    async start(): Promise<void> {
      serve('broker', 'broker', ['serve'], env)
      const ca = (JSON.parse(readFileSync(accessFile, 'utf8')) as { caCertificate: string }).caCertificate
      await until('the broker answers', () => answersTo(`${env.KRUISPUNT_PUBLIC_URL}/v1/health`, ca))
    },

    /** An invitation for one partner, written once. @returns its file */
    async invite(party: string, name: string): Promise<string> {
      const file = join(demoFolder, 'coordinator', `invitation-${party}.json`)
      if (!existsSync(file))
        await command('partner', 'invite', '--lab', labId, '--party', party, '--name', name, '--out', file)
      return file
    },

    async fixRoster(): Promise<{ shortCode: string }> {
      return (await command('lab', 'roster', '--lab', labId)) as { shortCode: string }
    },

    async propose(): Promise<void> {
      const text = () => JSON.stringify(practiceAgreement(labId, new Date(Date.now() - 60_000)), null, 2)
      const file = writeOnce('coordinator/agreement.json', text)
      await command('agreement', 'propose', '--file', file, ...coordinator)
    },

    async openJob(question: string): Promise<JobView> {
      return (await command('job', 'open', '--question', question, ...coordinator)) as JobView
    },

    async ask(requestId: string, question: Question): Promise<Answer> {
      return (await command(...tableCommand(requestId, question))) as Answer
    },

    /** The same question once more, as the coordinator's terminal shows the stored answer. */
    printed: (requestId: string, question: Question) => runText('broker', tableCommand(requestId, question), env),

    /** Somebody who may look at the portal; who is known already stays. */
    async letIn(name: string, displayName: string, role: string): Promise<void> {
      const known = (await command('user', 'list')) as readonly { readonly name: string }[]
      if (known.some((person) => person.name === name)) return
      await command('user', 'add', '--name', name, '--display', displayName, '--role', `${labId}:${role}`)
    },

    /** An address that signs this person in, once, within the hour. */
    async signInLink(name: string): Promise<string> {
      return ((await command('user', 'link', '--name', name, '--minutes', '60')) as { url: string }).url
    },

    async links(requestId: string): Promise<LinkQuality> {
      return (await command('job', 'links', '--request', requestId, ...coordinator)) as LinkQuality
    },
  }
}
export type BrokerLab = ReturnType<typeof brokerLab>

/** One request over TLS that trusts this authority and no other. */
async function answersTo(url: string, ca: string): Promise<true | undefined> {
  const { Agent, request } = await import('undici')
  const dispatcher = new Agent({ connect: { ca, timeout: 2000 } })
  try {
    const { statusCode, body } = await request(url, { dispatcher })
    await body.dump()
    return statusCode === 200 ? true : undefined
  } catch {
    return undefined
  } finally {
    await dispatcher.close()
  }
}
