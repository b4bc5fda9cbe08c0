/**
 * Disclosure control in a process of its own, one question at a time. A process that dies, or does not answer in time, means a
 * refusal: no certificate, no answer.
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DisclosureError } from '@kruispunt/disclosure'
import type { Protected, ProtectOrder, ProtectReply } from './protect-process.ts'
import { createSerialQueue } from './serial-queue.ts'

export type Protector = {
  /** @throws DisclosureError for a malformed table, which is a bug */
  protect(order: ProtectOrder): Promise<Protected>
  /** Ends the process; a table in work is refused. */
  stop(): Promise<void>
}

/** How much later than promised the process may be before it is ended. */
const graceMs = 2_000

export function createProtector(): Protector {
  const inQueue = createSerialQueue()
  let worker: ChildProcess | undefined

  const started = (): ChildProcess => {
    if (worker === undefined || worker.exitCode !== null || worker.signalCode !== null || !worker.connected) {
      worker = fork(fileURLToPath(new URL('./protect-process.ts', import.meta.url)), {
        // Secrets and counts go as they are, and only over the channel: no argument, no environment of the broker.
        serialization: 'advanced',
        env: {},
        execArgv: [],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      worker.unref()
      worker.channel?.unref()
    }
    return worker
  }
  const end = async (): Promise<void> => {
    const ending = worker
    worker = undefined
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    // Nothing else may be keeping this process alive while it waits.
    ending.ref()
    ending.kill('SIGKILL')
    await ended
  }

  function reply(order: ProtectOrder): Promise<ProtectReply> {
    const child = started()
    // Kept alive while somebody waits.
    child.channel?.ref()
    return new Promise((resolve) => {
      // Named, so that exactly these are taken off again: the process keeps listeners of its own.
      const failed = () => fail('attacker_failed')
      const received = (answer: unknown) => settle(answer as ProtectReply)
      const settle = (answer: ProtectReply) => {
        clearTimeout(timer)
        child.off('message', received).off('error', failed).off('exit', failed)
        child.channel?.unref()
        resolve(answer)
      }
      const fail = (code: 'time_limit' | 'attacker_failed') => {
        settle({
          outcomes: order.question.tables.map(() => ({ outcome: 'refused', code, advice: [] })),
          sums: [],
        })
        void end()
      }
      const timer = setTimeout(() => fail('time_limit'), order.withinMs + graceMs)
      child.on('message', received).on('error', failed).on('exit', failed)
      child.send(order, (error) => {
        if (error !== null) failed()
      })
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
