/**
 * A thread that makes tokens: started with the tables and the key, it answers each task with its counts.
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { cryptoReady } from '@kruispunt/crypto'
import { makeTokenRows, type TokenTask } from './token-rows.ts'
import type { ThreadStart } from './token-threads.ts'

const { tables, pseudonymKey } = workerData as ThreadStart
await cryptoReady()
parentPort?.on('message', (task: TokenTask) => {
  parentPort?.postMessage(makeTokenRows(tables, task, pseudonymKey))
})
