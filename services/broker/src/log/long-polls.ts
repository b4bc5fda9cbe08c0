/**
 * Callers that wait for the next entry of a log. Bounded: who comes when it is full is answered at once.
 * @module
 */
export type LongPolls = {
  /** Resolves when there may be news, the time is up, the caller has gone, or the broker stops. */
  wait(lab: string, waitMs: number, gone: AbortSignal): Promise<void>
  /** Wakes everybody who waits for this lab. */
  wake(lab: string): void
  /** Labs somebody waits for. */
  labs(): string[]
  stop(): void
}

export function createLongPolls(most: number): LongPolls {
  const waiting = new Map<string, Set<() => void>>()
  let count = 0
  let stopped = false

  function wake(lab: string): void {
    for (const done of [...(waiting.get(lab) ?? [])]) done()
  }
  return {
    wait(lab, waitMs, gone) {
      if (stopped || waitMs === 0 || count >= most || gone.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          gone.removeEventListener('abort', done)
          if (ofLab.delete(done)) count -= 1
          if (ofLab.size === 0) waiting.delete(lab)
          resolve()
        }
        const ofLab = waiting.get(lab) ?? new Set()
        waiting.set(lab, ofLab)
        ofLab.add(done)
        count += 1
        const timer = setTimeout(done, waitMs)
        gone.addEventListener('abort', done, { once: true })
      })
    },
    wake,
    labs: () => [...waiting.keys()],
    stop() {
      stopped = true
      for (const lab of [...waiting.keys()]) wake(lab)
    },
  }
}
