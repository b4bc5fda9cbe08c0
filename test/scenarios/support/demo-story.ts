/**
 * The whole demo as one process in a folder of its own, and what it leaves there.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { crossTabAnswer, type LinkQuality, linkQuality } from '@kruispunt/contracts'
import type { Question } from '../../../infra/demo/lab.ts'
import { questions } from '../../../infra/demo/questions.ts'
import type { PublicDimension } from '../../oracles/attacker.ts'
import { command, environment, root } from './processes.ts'

export type Story = {
  /** What it told so far. */
  readonly told: string
  /** Asks it to stop, which it does with all its own processes. */
  stop(): Promise<void>
}
const running = new Set<ChildProcess>()

/**
 * Plays the story in a process of its own until it is told; with `--once` until it has ended.
 * @throws Error with what it told, when it does not get to its end
 */
export async function playStory(folder: string, ...options: readonly string[]): Promise<Story> {
  const child = spawn(process.execPath, [join(root, 'infra/demo/main.ts'), ...options], {
    cwd: root,
    env: { ...environment, KRUISPUNT_DEMO_FOLDER: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let told = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  void ended.then(() => running.delete(child))
  const stays = new Promise<'stays'>((resolve) => {
    child.stdout.on('data', (piece) => {
      told += String(piece)
      if (told.includes('Alles blijft draaien')) resolve('stays')
    })
    child.stderr.on('data', (piece) => {
      told += String(piece)
    })
  })
  const outcome = await Promise.race([ended, stays])
  if (outcome !== 'stays' && outcome !== 0) throw new Error(`the story ended with ${outcome}:\n${told}`)
  return {
    told,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** For when a test fails on the way. */
export async function stopStories(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const ended = new Promise((resolve) => child.on('close', resolve))
      child.kill('SIGTERM')
      return ended
    }),
  )
}

const parties = ['gemeente', 'politie', 'corporatie', 'ggd', 'zorg', 'scholen'] as const
const nodeCommand = async (folder: string, party: string, args: readonly string[]): Promise<unknown> => {
  const { code, data, problem } = await command('node', args, { KRUISPUNT_NODE_FOLDER: join(folder, 'nodes', party) })
  if (code !== 0) throw new Error(`${args.join(' ')} at ${party}: ${JSON.stringify(problem)}`)
  return data
}
/** Two at a time, as the machine has two cores. */
async function atEveryNode<T>(folder: string, args: readonly string[]): Promise<T[]> {
  const outcomes: T[] = []
  for (let at = 0; at < parties.length; at += 2)
    outcomes.push(
      ...((await Promise.all(parties.slice(at, at + 2).map((party) => nodeCommand(folder, party, args)))) as T[]),
    )
  return outcomes
}

type Result = { readonly index: number; readonly tableHash: string; readonly resultSha256: string }
type Verification = {
  readonly valid: boolean
  readonly size: number
  readonly root: string
  readonly quorum: { readonly valid: boolean; readonly size: number } | null
  readonly requests: readonly { readonly results: readonly Result[] }[]
}
type Delivery = {
  readonly extractId: string
  readonly agreement: string
  readonly epoch: number
  readonly state: string
  readonly report: { readonly leaves: readonly { readonly column: string }[] }
}

export const logsAt = (folder: string) => atEveryNode<Verification>(folder, ['log', 'verify'])
export const deliveriesAt = async (folder: string) =>
  (await atEveryNode<{ deliveries: Delivery[] }>(folder, ['extract', 'list'])).flatMap(({ deliveries }) => deliveries)

const answered = (question: Question, { logIndex, ...answer }: { logIndex?: unknown }) => ({
  question,
  logIndex: Number(logIndex),
  answer: crossTabAnswer.parse(answer),
})
export type Answered = ReturnType<typeof answered>

/** Every question of the demo with the answer the story left. */
export const answersIn = (folder: string): Answered[] =>
  questions.map((question) =>
    answered(question, JSON.parse(readFileSync(join(folder, 'answers', `${question.name}.json`), 'utf8'))),
  )

const coordinatorIn = (folder: string): string[] =>
  [
    ['--access', join(folder, 'coordinator', 'access.json')],
    ['--key', join(folder, 'coordinator', 'key.json')],
  ].flat()

/** What is asked while the story stays up: one after the other, as one system, at the same moment. */
export type More = {
  readonly first: readonly Question[]
  /** Linked tables of one kind. */
  readonly linked: readonly Question[]
  /** Both at once, by two commands. */
  readonly atOnce: readonly Question[]
}
/** A table, or the code of its refusal. */
export type Asked = { readonly question: Question; readonly answered?: Answered; readonly refused?: string }

function optionsOf({ table, rows, columns, filter, measures }: Question): string[] {
  const filters = filter === undefined ? [] : ['--filter', filter]
  const amounts = measures === undefined ? [] : ['--measures', measures]
  return ['--table', table, '--rows', rows, '--columns', columns, ...filters, ...amounts]
}

/** Asks in a job of its own. @returns what came of each, and how well the job's deliveries were linked */
export async function askMore(folder: string, { first, linked, atOnce }: More) {
  const access = coordinatorIn(folder)
  const opened = await command('broker', ['job', 'open', '--question', 'Wat er nog meer te vragen is', ...access], {})
  if (opened.code !== 0) throw new Error(`job open: ${JSON.stringify(opened.problem)}`)
  const { requestId } = opened.data as { requestId: string }
  const ask = async (words: readonly string[]) => {
    const { code, data, problem } = await command(
      'broker',
      ['job', 'table', '--request', requestId, ...words, ...access],
      {},
    )
    const { code: refused = `exit ${code}` } = (problem as { problem?: { code?: string } } | undefined)?.problem ?? {}
    return code === 0 ? { data: data as object } : { refused }
  }
  const askOne = async (question: Question): Promise<Asked> => {
    const { data, refused } = await ask(optionsOf(question))
    return { question, ...(data ? { answered: answered(question, data) } : { refused }) }
  }
  const asked: Asked[] = []
  for (const question of first) asked.push(await askOne(question))
  // Before the large ones: a busy machine runs out of time for what comes after those, and then neither is answered.
  asked.push(...(await Promise.all(atOnce.map(askOne))))
  const [main, ...others] = linked
  if (main) {
    const { data, refused } = await ask([
      ...optionsOf(main),
      ...others.flatMap(({ rows, columns }) => ['--and', `${rows}/${columns}`]),
    ])
    const { answers = [] } = (data ?? {}) as { answers?: object[] }
    for (const [at, question] of linked.entries())
      asked.push({ question, ...(data ? { answered: answered(question, answers[at] ?? {}) } : { refused }) })
  }
  const quality = await command('broker', ['job', 'links', '--request', requestId, ...access], {})
  if (quality.code !== 0) throw new Error(`job links: ${JSON.stringify(quality.problem)}`)
  const links: LinkQuality = linkQuality.parse(quality.data)
  return { asked, links }
}

/** What comes of another agreement, while the story stays up. @returns the code of the refusal, if it is refused */
export async function propose(folder: string, agreement: object): Promise<string | undefined> {
  const file = join(folder, 'coordinator', 'proposal.json')
  writeFileSync(file, JSON.stringify(agreement))
  const words = ['agreement', 'propose', '--file', file, ...coordinatorIn(folder)]
  const { code, problem } = await command('broker', words, {})
  return code === 0 ? undefined : (problem as { problem?: { code?: string } }).problem?.code
}

/** What each node says of its own log while it runs, once it has this many entries. */
export async function logsOfRunning(folder: string, entries: number): Promise<Verification[]> {
  const ports = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')) as { nodes: Record<string, number> }
  return Promise.all(
    parties.map(async (party) => {
      const token = readFileSync(join(folder, 'nodes', party, 'api-token'), 'utf8').trim()
      const url = `http://127.0.0.1:${ports.nodes[party]}/v1/log/verification`
      for (let round = 0; ; round++) {
        const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
        if (!response.ok) throw new Error(`${party} does not verify its log: ${response.status}`)
        const log = (await response.json()) as Verification
        if (log.size >= entries || round === 50) return log
        await pause(200)
      }
    }),
  )
}

/**
 * What an auditor finds who gets a copy of the log, the answers and the code of the roster, and nothing else.
 * @param from - the node whose copy it is, or the broker
 */
export async function auditedBy(folder: string, from: (typeof parties)[number] | 'broker') {
  const [log, roster] = ['jsonl', 'json'].map((end) => join(folder, `audit-${from}.${end}`)) as [string, string]
  const { shortCode } = (await nodeCommand(folder, 'gemeente', ['roster', 'export', roster])) as { shortCode: string }
  if (from === 'broker') {
    const env = { KRUISPUNT_DATA_DIR: join(folder, 'broker') }
    const { code, problem } = await command('broker', ['lab', 'log', '--lab', 'praktijk', '--out', log], env)
    if (code !== 0) throw new Error(`lab log: ${JSON.stringify(problem)}`)
  } else await nodeCommand(folder, from, ['log', 'export', log])
  const answers = questions.flatMap(({ name }) => ['--answer', join(folder, 'answers', `${name}.json`)])
  const trust = from === 'broker' ? ['--code', shortCode] : ['--roster', roster]
  return command('verify', [log, ...trust, ...answers], {})
}

type Agreement = {
  readonly datasets: readonly {
    readonly id: string
    readonly party: string
    readonly linkageKeys: readonly string[]
    readonly dimensions: readonly (PublicDimension & { readonly dataKind: string })[]
  }[]
  readonly populations: readonly { readonly id: string; readonly dataset: string | null }[]
  readonly tables: readonly { readonly id: string; readonly population: string }[]
  readonly disclosure: {
    readonly neutral?: readonly { readonly dimension: string; readonly codes: readonly string[] }[]
  }
}
/** The agreement as everybody signed it, and its text. */
export function agreementIn(folder: string): { text: string; agreement: Agreement } {
  const text = readFileSync(join(folder, 'coordinator', 'agreement.json'), 'utf8')
  return { text, agreement: JSON.parse(text) as Agreement }
}
