import { run } from '../../src/cli/program.ts'
import { idleJobs } from './broker.ts'

export type Ran = { readonly exitCode: number; readonly out: string; readonly err: string }

/** Runs one command in this process. */
export async function command(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  let out = ''
  let err = ''
  const exitCode = await run(args, {
    streams: {
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      isTerminal: false,
    },
    environment,
    now: Date.now,
    untilStopped: async () => undefined,
    startJobs: async () => idleJobs,
  })
  return { exitCode, out, err }
}

/** What a refused command said, as JSON. */
export const refusalOf = ({
  err,
}: Ran): { exitCode: number; problem?: { code: string }; message?: { nl: string; en: string } } => JSON.parse(err)
