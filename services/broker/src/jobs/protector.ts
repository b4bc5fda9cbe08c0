/**
 * Disclosure control on a thread of its own, one table at a time. A thread that dies, or does not answer in time, means a
 * refusal: no certificate, no answer.
 * @module
 */
import { Worker } from 'node:worker_threads'
import { DisclosureError } from '@kruispunt/disclosure'
import type { Protected, ProtectOrder, ProtectReply } from './protect-worker.ts'
import { createSerialQueue } from './serial-queue.ts'

export type Protector = {
  /** @throws DisclosureError for a malformed table, which is a bug */
  protect(order: ProtectOrder): Promise<Protected>
  /** Ends the thread; a table in work is refused. */
  stop(): Promise<void>
}

/** How much later than promised the thread may be before it is ended. */
const graceMs = 2_000

export function createProtector(): Protector {
  const inQueue = createSerialQueue()
  let worker: Worker | undefined

  const started = (): Worker => {
    worker ??= new Worker(new URL('./protect-worker.ts', import.meta.url))
    worker.unref()
    return worker
  }
  const end = async (): Promise<void> => {
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  function reply(order: ProtectOrder): Promise<ProtectReply> {
    const thread = started()
    return new Promise((resolve) => {
      // Named, so that exactly these are taken off again: the thread keeps listeners of its own.
      const failed = () => fail('attacker_failed')
      const settle = (answer: ProtectReply) => {
        clearTimeout(timer)
        thread.off('message', settle).off('error', failed).off('exit', failed)
        resolve(answer)
      }
      const fail = (code: 'time_limit' | 'attacker_failed') => {
        settle({ outcome: { outcome: 'refused', code, advice: [] }, sums: [] })
        void end()
      }
      const timer = setTimeout(() => fail('time_limit'), order.withinMs + graceMs)
      thread.on('message', settle).on('error', failed).on('exit', failed)
      thread.postMessage(order)
    })
  }

  return {
    protect: (order) =>
      inQueue(async () => {
        const answer = await reply(order)
        if ('refused' in answer) throw new DisclosureError(answer.refused)
        return answer
      }),
    stop: end,
  }
}
