/**
 * Real processes: commands that run and end, and services that stay up until the demo does.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { demoFolder, root } from './folders.ts'

/** Starting a program compiles the same sources every time; this keeps the result, a third of a second a command. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'kruispunt') }

const entry = {
  broker: join(root, 'services', 'broker', 'src', 'main.ts'),
  node: join(root, 'services', 'node', 'src', 'main.ts'),
} as const
export type Program = keyof typeof entry

/** A command that did not end well. Its own words say why; they quote no identifier. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** Runs one command. @returns what it printed */
export async function runText(
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [entry[program], ...args], {
    cwd: root,
    env: { ...process.env, ...compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = ''
    for await (const piece of stream) text += String(piece)
    return text
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [output, errors, code] = await Promise.all([read(child.stdout), read(child.stderr), ended])
  if (code !== 0) throw new CommandFailed(`kruispunt-${program} ${args.slice(0, 2).join(' ')}: ${errors || output}`)
  return output
}

/** Runs one command with `--json`. @returns its outcome */
export async function run(
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<unknown> {
  const output = await runText(program, [...args, '--json'], env)
  return output.trim() === '' ? undefined : JSON.parse(output)
}

const services: { name: string; child: ChildProcess; logFile: string }[] = []
let stopping = false

/** Starts a service whose output goes to its own log file. */
export function serve(
  name: string,
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): void {
  const logFile = join(demoFolder, 'logs', `${name}.log`)
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [entry[program], ...args], {
    cwd: root,
    env: { ...process.env, ...compiled, ...env },
    // A group of its own: Ctrl-C in the terminal reaches the demo, which then stops its services in order.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  services.push({ name, child, logFile })
}

/** Throws when a service has ended that should be up. */
export function requireRunning(): void {
  if (stopping) return
  for (const { name, child, logFile } of services) {
    if (child.exitCode === null && child.signalCode === null) continue
    const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n')
    throw new CommandFailed(`${name} has stopped. Last lines of its log:\n${tail}`)
  }
}

/** Asks every service to stop, nodes first; kills what has not stopped after ten seconds. */
export async function stopAll(): Promise<void> {
  stopping = true
  const running = services.splice(0).reverse()
  await Promise.all(
    running.map(
      ({ child }) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve()
          const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
          child.on('close', () => {
            clearTimeout(timer)
            resolve()
          })
          child.kill('SIGTERM')
        }),
    ),
  )
}

/** Asks until it is so, or the time is up. @param what - for the message when it is not */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 60_000): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    requireRunning()
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new CommandFailed(`waited too long: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
