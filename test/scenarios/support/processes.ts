/**
 * Commands as an operator types them: real processes, their outcome as JSON.
 * @module
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
export const programs = {
  broker: `${root}services/broker/src/main.ts`,
  node: `${root}services/node/src/main.ts`,
} as const

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
  program: keyof typeof programs,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...environment, ...env }, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 }
    execFile(process.execPath, [programs[program], ...args, '--json'], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, data: parsed(stdout), problem: parsed(stderr) ?? stderr })
    })
  })
}
