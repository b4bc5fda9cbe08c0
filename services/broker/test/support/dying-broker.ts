/**
 * The broker's program, killed as by kill -9 at one of its durable steps: `KRUISPUNT_TEST_DIE_AT=<step>[/<of>]:<nth>`.
 * Everything else is the program as it is.
 */

import { run } from '../../src/cli/program.ts'
import type { DurableStep } from '../../src/durable-steps.ts'

const [wanted = '', nth = '1'] = (process.env.KRUISPUNT_TEST_DIE_AT ?? '').split(':')
const [step, of] = wanted.split('/')
let left = Number(nth)

function onDurableStep(reached: DurableStep, about?: string): void {
  if (reached !== step || (of !== undefined && about !== of)) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

process.exitCode = await run(process.argv.slice(2), {
  streams: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: false,
  },
  environment: process.env,
  now: Date.now,
  untilStopped: () => new Promise((resolve) => process.once('SIGTERM', () => resolve())),
  startJobs: async (deps, store) => {
    const { createJobs } = await import('../../src/jobs/jobs.ts')
    const { createSqliteLedger } = await import('../../src/jobs/sqlite-ledger.ts')
    return createJobs({ ...deps, ledger: createSqliteLedger(store.sqlite, store.onDurableStep) })
  },
  onDurableStep,
})
