/**
 * The joint function divided over threads of their own, so that whoever waits for it can do something else meanwhile.
 * @module
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { CryptoError, concatBytes, erase } from '@kruispunt/crypto'
import { elementBytes, groupReady, scalarBytes } from '@kruispunt/crypto/group'
import { PseudonymError } from '../errors.ts'
import type { BatchSecrets } from './batch-secrets.ts'
import { type BlindedBatch, countInputs, type Hidden, mixBatch } from './blind.ts'
import { type ElementsFault, shapeFault } from './elements.ts'
import { canaryFault, type EvaluationFault, recordsInOrder } from './finish.ts'
import { inputBytes } from './suite.ts'
import type { Task } from './tasks.ts'
import type { Answer } from './worker.ts'

/** Elements of a task: some tens of milliseconds, so that threads are busy alike and progress shows. */
const pieceElements = 256

export type OnPart = (done: number, total: number) => void
export type OprfThreads = {
  /** As `blindBatch`. */
  blind(inputs: Uint8Array, onPart?: OnPart): Promise<BlindedBatch>
  /** Looks at a batch that came from outside, and evaluates it with the own share. */
  evaluate(elements: Uint8Array, count: number, share: Uint8Array): Promise<Uint8Array | ElementsFault>
  /** As `evaluationFault`. */
  check(secrets: BatchSecrets, evaluation: Uint8Array, commitment: Uint8Array): Promise<EvaluationFault | undefined>
  /** As `finishBatch`. */
  finish(secrets: BatchSecrets, evaluations: readonly Uint8Array[], onPart?: OnPart): Promise<Uint8Array>
  /** Ends the threads; what still waits is told. */
  close(): Promise<void>
}

type Waiting = { readonly task: Task; resolve(bytes: Uint8Array): void; reject(error: Error): void }

/** One thread, and the task it is at. */
type Thread = { readonly worker: Worker; current: Waiting | undefined }

/** Threads that take the next task as soon as they are done with one. They are started by the first task. */
function createPool(threads: number) {
  const queue: Waiting[] = []
  const idle: Thread[] = []
  const all = new Set<Thread>()
  let closed = false

  function give(thread: Thread): void {
    thread.current = queue.shift()
    if (thread.current === undefined) {
      // Only a task keeps the process alive, not a thread that waits.
      thread.worker.unref()
      idle.push(thread)
      return
    }
    thread.worker.ref()
    thread.worker.postMessage(thread.current.task)
  }

  function start(): void {
    const thread: Thread = { worker: new Worker(new URL('./worker.ts', import.meta.url)), current: undefined }
    thread.worker.on('message', (answer: Answer) => {
      const { current } = thread
      if ('bytes' in answer) current?.resolve(answer.bytes)
      else current?.reject(answer.code === 'unexpected' ? new Error('a thread failed') : new CryptoError(answer.code))
      give(thread)
    })
    const ended = () => {
      if (!all.delete(thread)) return
      const at = idle.indexOf(thread)
      if (at >= 0) idle.splice(at, 1)
      thread.current?.reject(new Error('a thread of the joint numbers has ended'))
      if (queue.length > 0 && !closed) start()
    }
    thread.worker.on('error', ended)
    thread.worker.on('exit', ended)
    all.add(thread)
    give(thread)
  }

  return {
    run(task: Task): Promise<Uint8Array> {
      if (closed) return Promise.reject(new Error('the threads were closed'))
      return new Promise((resolve, reject) => {
        queue.push({ task, resolve, reject })
        const free = idle.pop()
        if (free !== undefined) give(free)
        else if (all.size < threads) start()
      })
    },
    async close(): Promise<void> {
      closed = true
      for (const { reject } of queue.splice(0)) reject(new Error('the threads were closed'))
      await Promise.all([...all].map(({ worker }) => worker.terminate()))
    },
  }
}

const slices = (count: number): [number, number][] =>
  Array.from({ length: Math.ceil(count / pieceElements) }, (_, i) => [
    i * pieceElements,
    Math.min(count, (i + 1) * pieceElements),
  ])

/** @param threads - 1 to 16; when left out as many as there are processors, two at most */
export function createOprfThreads(threads: number = Math.min(2, availableParallelism())): OprfThreads {
  if (!Number.isInteger(threads) || threads < 1 || threads > 16) throw new PseudonymError('malformed_batch')
  const pool = createPool(threads)

  async function all(tasks: readonly Task[], onPart?: OnPart): Promise<Uint8Array[]> {
    let done = 0
    const parts = tasks.map((task) =>
      pool.run(task).then((bytes) => {
        done += 1
        onPart?.(done, tasks.length)
        return bytes
      }),
    )
    // All are waited for, so that none is left to fail unheard.
    await Promise.allSettled(parts)
    return Promise.all(parts)
  }

  /** Scalars and elements of one task. */
  const hidden = (parts: readonly Uint8Array[]): Hidden => {
    const half = (part: Uint8Array) => part.length / 2
    return {
      scalars: concatBytes(...parts.map((part) => part.subarray(0, half(part)))),
      elements: concatBytes(...parts.map((part) => part.subarray(half(part)))),
    }
  }

  return {
    async blind(inputs, onPart) {
      const tasks = slices(countInputs(inputs)).map(
        ([from, to]): Task => ({ do: 'hide', inputs: inputs.slice(from * inputBytes, to * inputBytes) }),
      )
      const [canaries, ...records] = await all([{ do: 'canaries' }, ...tasks], onPart)
      const batch = mixBatch(inputs, hidden(records), hidden([canaries as Uint8Array]))
      erase(...records, canaries as Uint8Array)
      return batch
    },
    async evaluate(elements, count, share) {
      const fault = shapeFault(elements, count)
      if (fault !== undefined) return fault
      try {
        const tasks = slices(count).map(
          ([from, to]): Task => ({
            do: 'evaluate',
            elements: elements.slice(from * elementBytes, to * elementBytes),
            share,
          }),
        )
        return concatBytes(...(await all(tasks)))
      } catch (error) {
        // Multiplying reads every element, and refuses what is none.
        if (error instanceof CryptoError && error.code === 'malformed_element') return 'not_an_element'
        throw error
      }
    },
    async check(secrets, evaluation, commitment) {
      const count = secrets.places.length
      const fault = shapeFault(evaluation, count)
      if (fault !== undefined) return fault
      const tasks = slices(count).map(
        ([from, to]): Task => ({ do: 'look', elements: evaluation.slice(from * elementBytes, to * elementBytes) }),
      )
      if ((await all(tasks)).some(([isGood]) => isGood !== 1)) return 'not_an_element'
      await groupReady()
      return canaryFault(secrets, evaluation, commitment)
    },
    async finish(secrets, evaluations, onPart) {
      const { inputs, blinds } = secrets
      const inOrder = evaluations.map((evaluation) => recordsInOrder(secrets, evaluation))
      const tasks = slices(countInputs(inputs)).map(
        ([from, to]): Task => ({
          do: 'finish',
          inputs: inputs.slice(from * inputBytes, to * inputBytes),
          blinds: blinds.slice(from * scalarBytes, to * scalarBytes),
          evaluations: inOrder.map((elements) => elements.slice(from * elementBytes, to * elementBytes)),
        }),
      )
      return concatBytes(...(await all(tasks, onPart)))
    },
    close: () => pool.close(),
  }
}
