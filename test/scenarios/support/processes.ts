/**
 * Commands as an operator types them: real processes, their outcome as JSON.
 * @module
 */
import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
export const programs = {
  broker: `${root}services/broker/src/main.ts`,
  node: `${root}services/node/src/main.ts`,
  verify: `${root}services/workbench/src/verify/main.ts`,
} as const

/** One of the product's programs by name, or another file. */
export const pathOf = (program: string): string =>
  program in programs ? programs[program as keyof typeof programs] : program

/** Starting compiles the same sources every time; this keeps the result. */
export const environment = { ...process.env, NODE_COMPILE_CACHE: `${root}node_modules/.cache/kruispunt` }

export type Outcome = { readonly code: number; readonly data: unknown; readonly problem: unknown }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.trim())
  } catch {
    return undefined
  }
}

/** Runs one command with `--json`, whatever its exit code. */
export function command(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...environment, ...env }, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 }
    execFile(process.execPath, [pathOf(program), ...args, '--json'], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, data: parsed(stdout), problem: parsed(stderr) ?? stderr })
    })
  })
}

export type Service = {
  /** Ends the process and waits until it has. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Starts a service; its output goes to a file, for whoever looks into a failure. */
export function serve(program: 'broker' | 'node', env: Readonly<Record<string, string>>, logFile: string): Service {
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [programs[program], 'serve'], {
    cwd: root,
    env: { ...environment, ...env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  return {
    end: async (signal) => {
      child.kill(signal)
      await ended
    },
  }
}

/** Asks until it is so, or the time is up. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(`waited too long: ${what}`)
    await pause(100)
  }
}
