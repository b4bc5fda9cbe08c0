/**
 * What a plain database does with the same extracts: one table per party, joined on the token for every question.
 * @module
 */
import Database from 'better-sqlite3'
import type { PartyExtract } from './counting-lab.ts'

export type Join = { readonly left: string; readonly a: number; readonly right: string; readonly b: number }

export function openSqlite(lab: readonly PartyExtract[]): Database.Database {
  const database = new Database(':memory:')
  for (const { party, tokens, columns } of lab) {
    const names = columns.map((_, at) => `c${at}`)
    database.exec(`create table ${party} (token blob primary key, ${names.join(', ')}) without rowid`)
    const marks = ['?', ...names.map(() => '?')].join(', ')
    const insert = database.prepare(`insert into ${party} values (${marks})`)
    database.transaction(() => {
      for (let subject = 0; subject * 16 < tokens.length; subject++) {
        insert.run(
          Buffer.from(tokens.subarray(subject * 16, subject * 16 + 16)),
          columns.map((codes) => codes[subject] as number),
        )
      }
    })()
  }
  return database
}

/** @returns persons by `code of a,code of b`, of those in both extracts */
export function countInSqlite(database: Database.Database, { left, a, right, b }: Join): Map<string, number> {
  const rows = database
    .prepare(`select l.c${a}, r.c${b}, count(*) from ${left} l join ${right} r using (token) group by 1, 2`)
    .raw()
    .all() as [number, number, number][]
  return new Map(rows.map(([codeA, codeB, persons]) => [`${codeA},${codeB}`, persons]))
}
