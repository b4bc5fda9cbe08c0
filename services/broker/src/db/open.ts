/**
 * The broker's one database file. Every commit is on the disk before anybody is told of it, and deleted bytes are wiped.
 * @module
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { OnDurableStep } from '../durable-steps.ts'
import * as schema from './schema.ts'

export type Store = {
  readonly sqlite: Sqlite.Database
  readonly db: BetterSQLite3Database<typeof schema>
  /** Runs as one write transaction that other processes wait for; a throw undoes it. Not to be nested. */
  atomically<T>(work: () => T): T
  /** Told by whoever wrote something, once it is on the disk. */
  readonly onDurableStep: OnDurableStep
  close(): void
}

const migrationsFolder = new URL('./migrations/', import.meta.url)
const busyMs = 10_000

function migrate(sqlite: Sqlite.Database): void {
  sqlite.exec('create table if not exists migrations (name text primary key, sha256 text not null) strict')
  const applied = new Map(
    (sqlite.prepare('select name, sha256 from migrations').all() as { name: string; sha256: string }[]).map((row) => [
      row.name,
      row.sha256,
    ]),
  )
  const files = readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  for (const name of applied.keys())
    if (!files.includes(name)) throw new Error('the database was written by a newer version')
  for (const name of files) {
    const sql = readFileSync(new URL(name, migrationsFolder), 'utf8')
    const sha256 = createHash('sha256').update(sql).digest('hex')
    const known = applied.get(name)
    // Migrations are only added: a changed one would leave two kinds of database under one name.
    if (known !== undefined && known !== sha256) throw new Error('a migration was changed after it was applied')
    if (known !== undefined) continue
    sqlite.exec(sql)
    sqlite.prepare('insert into migrations (name, sha256) values (?, ?)').run(name, sha256)
  }
}

/** Opens the file, makes it if needed, and brings it up to date. */
export function openStore(file: string, onDurableStep: OnDurableStep = () => undefined): Store {
  const sqlite = new Sqlite(file, { timeout: busyMs })
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('secure_delete = ON')
  sqlite.pragma('foreign_keys = ON')
  sqlite.transaction(() => migrate(sqlite)).immediate()
  return {
    sqlite,
    db: drizzle(sqlite, { schema }),
    atomically: (work) => sqlite.transaction(work).immediate(),
    onDurableStep,
    close() {
      sqlite.pragma('wal_checkpoint(TRUNCATE)')
      sqlite.close()
    },
  }
}
