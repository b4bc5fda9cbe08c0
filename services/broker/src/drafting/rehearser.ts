/**
 * Rehearsals for people who write an agreement, one at a time and each in a process that ends with it.
 * @module
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Rehearsal } from '@kruispunt/contracts'
import { BrokerError } from '../errors.ts'
import { JobError } from '../jobs/problems.ts'
import { createSerialQueue } from '../jobs/serial-queue.ts'
import type { RehearseOrder, RehearseReply } from './rehearse-process.ts'

export type Rehearser = {
  /** @throws JobError for what the table does not allow; BrokerError `unavailable` when it does not end in time or many wait */
  rehearse(order: Omit<RehearseOrder, 'draws'>): Promise<Rehearsal>
}

const draws = 3
const withinMs = 90_000
const mostWaiting = 4

export function createRehearser(): Rehearser {
  const inQueue = createSerialQueue()
  let waiting = 0
  const run = (order: RehearseOrder) =>
    new Promise<RehearseReply>((resolve, reject) => {
      const child = fork(fileURLToPath(new URL('./rehearse-process.ts', import.meta.url)), {
        serialization: 'advanced',
        env: {},
        execArgv: [],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs)
      child.once('message', (reply) => resolve(reply as RehearseReply))
      child.once('error', reject)
      child.once('exit', () => {
        clearTimeout(timer)
        // Nothing when an answer came first.
        reject(new BrokerError('unavailable'))
      })
      child.send(order, (error) => {
        if (error !== null) child.kill('SIGKILL')
      })
    })
  return {
    async rehearse(order) {
      if (waiting >= mostWaiting) throw new BrokerError('unavailable')
      waiting += 1
      try {
        const reply = await inQueue(() => run({ ...order, draws }))
        if ('refusedAs' in reply) throw new JobError(reply.refusedAs)
        return reply
      } finally {
        waiting -= 1
      }
    },
  }
}
