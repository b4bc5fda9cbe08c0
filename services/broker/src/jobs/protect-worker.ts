/**
 * The thread in which disclosure control works: its solver holds a thread for seconds, and the broker has nodes waiting.
 * @module
 */
import { parentPort } from 'node:worker_threads'
import { DisclosureError, type Outcome, protectTable, type Question } from '@kruispunt/disclosure'

export type ProtectOrder = { readonly question: Omit<Question, 'deadlineMs' | 'now'>; readonly withinMs: number }
export type ProtectReply = { readonly outcome: Outcome } | { readonly refused: DisclosureError['code'] }

async function protect({ question, withinMs }: ProtectOrder): Promise<ProtectReply> {
  const now = () => performance.now()
  try {
    return { outcome: await protectTable({ ...question, now, deadlineMs: now() + withinMs }) }
  } catch (error) {
    if (error instanceof DisclosureError) return { refused: error.code }
    throw error
  }
}

parentPort?.on('message', (order: ProtectOrder) => {
  // What is not foreseen ends the thread; whoever waits is told that nothing is known about the answer.
  void protect(order).then((reply) => parentPort?.postMessage(reply))
})
