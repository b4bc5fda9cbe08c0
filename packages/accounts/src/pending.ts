/**
 * Questions that wait for their answer: in memory, once usable, briefly, and bounded in number. A restart forgets them and
 * loses nothing.
 * @module
 */
export type Pending<T> = {
  /** Replaces what waited under this name. */
  put(name: string, value: T): void
  /** What waits, if it still does; from then on it does not. */
  take(name: string): T | undefined
}

/** @param lifetimeMs - how long an answer may take */
export function createPending<T>(now: () => number, lifetimeMs: number, most = 10_000): Pending<T> {
  const waiting = new Map<string, { readonly value: T; readonly expires: number }>()

  function forgetOld(): void {
    for (const [name, { expires }] of waiting) {
      // Oldest first, as they were put in.
      if (expires > now() && waiting.size < most) return
      waiting.delete(name)
    }
  }
  return {
    put(name, value) {
      waiting.delete(name)
      forgetOld()
      waiting.set(name, { value, expires: now() + lifetimeMs })
    },
    take(name) {
      const found = waiting.get(name)
      waiting.delete(name)
      return found !== undefined && found.expires > now() ? found.value : undefined
    },
  }
}
