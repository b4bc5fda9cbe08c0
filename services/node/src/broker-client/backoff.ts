/**
 * How long to wait before trying again: longer each time, and not at the same moment as all other nodes.
 * @module
 */

/**
 * @param failures - calls in a row without success, 1 or more
 * @param chance - random, 0 to 1
 * @returns milliseconds, at most a minute
 */
export function backoffMs(failures: number, chance: number): number {
  const ceiling = Math.min(60_000, 250 * 2 ** Math.min(failures, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * chance)
}

/** Resolves after a time, or as soon as the signal says stop. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
