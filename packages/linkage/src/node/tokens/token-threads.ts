/**
 * Makes the tokens of a column on this thread, or divided over threads of their own that read the same memory.
 * @module
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SubjectTables } from './key-values.ts'
import { makeTokenRows, type TokenCounts, type TokenTask } from './token-rows.ts'

export type TokenThreads = {
  /** Makes all rows of the column. */
  run(task: Omit<TokenTask, 'from' | 'to'>): Promise<TokenCounts>
  close(): Promise<void>
}

/** What a thread is started with. The key is a copy of its own and goes with the thread. */
export type ThreadStart = { readonly tables: SubjectTables; readonly pseudonymKey: Uint8Array }

/**
 * @param threads - 1 makes tokens on the calling thread
 * @param pseudonymKey - kept until `close()`
 */
export function createTokenThreads(threads: number, tables: SubjectTables, pseudonymKey: Uint8Array): TokenThreads {
  if (threads === 1) {
    return {
      run: async (task) => makeTokenRows(tables, { ...task, from: 0, to: task.places.length }, pseudonymKey),
      close: async () => {},
    }
  }
  const start: ThreadStart = { tables, pseudonymKey }
  const script = new URL('./token-worker.ts', import.meta.url)
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(script, { workerData: start })
    // One that fails before its first task must not end the process; the task that waits for it is told below.
    worker.on('error', () => {})
    worker.unref()
    return worker
  })
  const runOn = async (worker: Worker, task: TokenTask): Promise<TokenCounts> => {
    if (worker.threadId < 0) throw new Error('a token thread has ended')
    // Only a task keeps the process alive, not a thread that waits.
    worker.ref()
    worker.postMessage(task)
    // `once` rejects when the thread fails.
    const [counts] = (await once(worker, 'message')) as [TokenCounts]
    worker.unref()
    return counts
  }
  return {
    run: async (task) => {
      const subjects = task.places.length
      const border = (part: number) => Math.floor((subjects * part) / threads)
      const parts = await Promise.all(
        workers.map((worker, part) => runOn(worker, { ...task, from: border(part), to: border(part + 1) })),
      )
      const sum = (count: keyof TokenCounts) => parts.reduce((total, part) => total + part[count], 0)
      return { values: sum('values'), withValue: sum('withValue'), cut: sum('cut') }
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  }
}
