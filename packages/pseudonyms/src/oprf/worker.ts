/**
 * A thread of the joint function: it loads the group and does one task after the other.
 * @module
 */
import { parentPort } from 'node:worker_threads'
import { CryptoError, type CryptoErrorCode } from '@kruispunt/crypto'
import { groupReady } from '@kruispunt/crypto/group'
import { runTask, type Task } from './tasks.ts'

export type Answer = { readonly bytes: Uint8Array } | { readonly code: CryptoErrorCode | 'unexpected' }

function answerOf(task: Task): Answer {
  try {
    return { bytes: runTask(task) }
  } catch (error) {
    // Only the code crosses: nothing that was worked on may stand in an error.
    return { code: error instanceof CryptoError ? error.code : 'unexpected' }
  }
}

await groupReady()
parentPort?.on('message', (task: Task) => parentPort?.postMessage(answerOf(task)))
