/**
 * Opens the node's one database file and brings it up to date. Several processes may have it open at once (`serve` and
 * commands beside it): whoever writes takes the write lock before it reads.
 * @module
 */
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'

const migrationsFolder = new URL('./migrations/', import.meta.url)

/** Applies what is new, in the order of the file names, each once. */
function migrate(sqlite: Database.Database): void {
  sqlite.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT')
  const known = sqlite.prepare<[string]>('SELECT 1 FROM migrations WHERE name = ?')
  const apply = sqlite.transaction((name: string) => {
    if (known.get(name) !== undefined) return
    sqlite.exec(readFileSync(new URL(name, migrationsFolder), 'utf8'))
    sqlite.prepare('INSERT INTO migrations VALUES (?)').run(name)
  })
  for (const name of readdirSync(migrationsFolder).sort()) if (name.endsWith('.sql')) apply.immediate(name)
}

export type Store = ReturnType<typeof openStore>

/** Made beforehand, for the owner only; SQLite gives its write-ahead log the same rights. */
function makeFile(path: string, flag: 'a' | 'wx'): void {
  closeSync(openSync(path, flag, 0o600))
}

/** @param path - the file; made if it is not there */
export function openStore(path: string) {
  makeFile(path, 'a')
  const sqlite = new Database(path, { timeout: 15_000 })
  sqlite.pragma('journal_mode = WAL')
  // A statement that was sent must never be forgotten: its number would be used twice.
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('secure_delete = ON')
  sqlite.pragma('foreign_keys = ON')
  migrate(sqlite)
  return {
    db: drizzle(sqlite),
    sqlite,
    /** Runs work in one transaction that has the write lock from its start; nested calls join it. */
    immediately<T>(work: () => T): T {
      return sqlite.transaction(work).immediate()
    },
    /** Empties the write-ahead log into the file: only then are deleted bytes gone from both. False if a reader was in the way. */
    truncateLog(): boolean {
      const [row] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      return row?.busy === 0
    },
    /** A whole and consistent copy in a new file; throws if there is a file of that name. */
    async copyTo(path: string): Promise<void> {
      makeFile(path, 'wx')
      await sqlite.backup(path)
    },
    close(): void {
      sqlite.close()
    },
  }
}
