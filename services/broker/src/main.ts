#!/usr/bin/env node
/**
 * `kruispunt-broker`: the command line, and the process around it.
 * @module
 */
import { run } from './cli/program.ts'

// What this process writes is for its owner only.
process.umask(0o077)

const signals = ['SIGTERM', 'SIGINT'] as const

process.exitCode = await run(process.argv.slice(2), {
  streams: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
  },
  environment: process.env,
  now: Date.now,
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of signals) process.once(signal, () => resolve())
    }),
  // Loaded when it serves: no other command counts, and the engine is large.
  startJobs: async (deps, store) => {
    const { createJobs } = await import('./jobs/jobs.ts')
    const { createSqliteLedger } = await import('./jobs/sqlite-ledger.ts')
    return createJobs({ ...deps, ledger: createSqliteLedger(store.sqlite, store.onDurableStep) })
  },
})
