import type { AccountStorage } from '../src/index.ts'

/** Forgets with the test. Transactions undo, as those of a database do. */
export function memoryStorage(): AccountStorage {
  let kept = new Map<string, { value: string; expires: number | null }>()
  const key = (kind: string, id: string) => `${kind}/${id}`
  return {
    get: (kind, id) => kept.get(key(kind, id))?.value,
    put: (kind, id, value, expires) => void kept.set(key(kind, id), { value, expires }),
    remove: (kind, id) => void kept.delete(key(kind, id)),
    list: (kind) =>
      [...kept].flatMap(([at, { value }]) =>
        at.startsWith(`${kind}/`) ? [{ id: at.slice(kind.length + 1), value }] : [],
      ),
    tidy(now) {
      for (const [at, { expires }] of kept) if (expires !== null && expires <= now) kept.delete(at)
    },
    atomically(work) {
      const before = new Map(kept)
      try {
        return work()
      } catch (error) {
        kept = before
        throw error
      }
    },
  }
}
