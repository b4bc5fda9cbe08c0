/**
 * What the rules ask of a database: small records by kind and id. The services keep them in SQLite, tests in memory.
 * @module
 */
export type RecordKind = 'account' | 'session' | 'link' | 'passkey' | 'failures' | 'identity'

export type AccountStorage = {
  get(kind: RecordKind, id: string): string | undefined
  /** @param expires - ms since 1970; from then on the record may be gone. null: until removed */
  put(kind: RecordKind, id: string, value: string, expires: number | null): void
  remove(kind: RecordKind, id: string): void
  list(kind: RecordKind): { readonly id: string; readonly value: string }[]
  /** Removes what expired at or before `now`. */
  tidy(now: number): void
  /** One write transaction that other processes wait for; a throw undoes it. Not to be nested. */
  atomically<T>(work: () => T): T
}
