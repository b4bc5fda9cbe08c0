/**
 * The records in one SQLite table that the service's own migrations make:
 * `create table account_records (kind text not null, id text not null, value text not null, expires integer, primary key (kind, id)) strict`.
 * @module
 */
import type { AccountStorage } from './storage.ts'

/** As much of better-sqlite3 as is used here. */
export type Sql = {
  prepare(sql: string): {
    get(...values: unknown[]): unknown
    all(...values: unknown[]): unknown[]
    run(...values: unknown[]): unknown
  }
}

/** @param atomically - one write transaction of the service */
export function createSqlStorage(sql: Sql, atomically: AccountStorage['atomically']): AccountStorage {
  const get = sql.prepare('select value from account_records where kind = ? and id = ?')
  const put = sql.prepare(
    'insert into account_records (kind, id, value, expires) values (?, ?, ?, ?) ' +
      'on conflict (kind, id) do update set value = excluded.value, expires = excluded.expires',
  )
  const remove = sql.prepare('delete from account_records where kind = ? and id = ?')
  const list = sql.prepare('select id, value from account_records where kind = ? order by id')
  const tidy = sql.prepare('delete from account_records where expires <= ?')
  return {
    get: (kind, id) => (get.get(kind, id) as { value: string } | undefined)?.value,
    put: (kind, id, value, expires) => void put.run(kind, id, value, expires),
    remove: (kind, id) => void remove.run(kind, id),
    list: (kind) => list.all(kind) as { id: string; value: string }[],
    tidy: (now) => void tidy.run(now),
    atomically,
  }
}
