/**
 * One thing at a time: tasks of a queue run in the order they came, each after the one before has ended.
 * @module
 */
export type SerialQueue = <T>(task: () => Promise<T>) => Promise<T>

/** A task that fails fails its caller only; the next one runs all the same. */
export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
}
