/**
 * The whole demo as one process in a folder of its own, and what it leaves there.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crossTabAnswer } from '@kruispunt/contracts'
import { questions } from '../../../infra/demo/questions.ts'
import type { PublicDimension } from '../../oracles/attacker.ts'
import { command, environment, root } from './processes.ts'

const running = new Set<ChildProcess>()

/** Plays the story to its end. @returns what it told */
export async function playStory(folder: string, ...options: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'infra/demo/main.ts'), '--once', ...options], {
    cwd: root,
    env: { ...environment, KRUISPUNT_DEMO_FOLDER: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let told = ''
  child.stdout.on('data', (piece) => (told += String(piece)))
  child.stderr.on('data', (piece) => (told += String(piece)))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  running.delete(child)
  if (code !== 0) throw new Error(`the story ended with ${code}:\n${told}`)
  return told
}

/** Asks a story that still runs to stop; it stops its own processes before it ends. */
export async function stopStories(): Promise<void> {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise<void>((resolve) => {
          child.on('close', () => resolve())
          child.kill('SIGTERM')
        }),
    ),
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
  readonly quorum: { readonly valid: boolean; readonly size: number } | null
  readonly requests: readonly { readonly results: readonly Result[] }[]
}
type Delivery = {
  readonly extractId: string
  readonly agreement: string
  readonly epoch: number
  readonly state: string
  readonly subjects: number
}

export const logsAt = (folder: string) => atEveryNode<Verification>(folder, ['log', 'verify'])
export const deliveriesAt = async (folder: string) =>
  (await atEveryNode<{ deliveries: Delivery[] }>(folder, ['extract', 'list'])).flatMap(({ deliveries }) => deliveries)

/** Every question of the demo with the answer the story left. */
export function answersIn(folder: string) {
  return questions.map((question) => {
    const { logIndex, ...answer } = JSON.parse(readFileSync(join(folder, 'answers', `${question.name}.json`), 'utf8'))
    return { question, logIndex: Number(logIndex), answer: crossTabAnswer.parse(answer) }
  })
}
export type Answered = ReturnType<typeof answersIn>[number]

type Agreement = {
  readonly datasets: readonly {
    readonly id: string
    readonly party: string
    readonly dimensions: readonly (PublicDimension & { readonly dataKind: string })[]
  }[]
  readonly populations: readonly { readonly id: string; readonly dataset: string | null }[]
  readonly tables: readonly { readonly id: string; readonly population: string }[]
}
/** The agreement as everybody signed it, and its text. */
export function agreementIn(folder: string): { text: string; agreement: Agreement } {
  const text = readFileSync(join(folder, 'coordinator', 'agreement.json'), 'utf8')
  return { text, agreement: JSON.parse(text) as Agreement }
}
