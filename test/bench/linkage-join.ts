/**
 * Tokens into persons: records of 14 match keys from six parties, next to the same join in SQLite.
 *
 * `node test/bench/linkage-join.ts [records] [--large] [--no-sqlite]`. 1,000,000 records unless told otherwise; `--large`
 * adds 10,000,000, for which SQLite is left out. Slots per key are as the standard recipe pads them, more than half of
 * them filling. SQLite gets the real tokens only, keeps those that no party holds twice, and joins them on equality: its
 * cheapest way to the same pairs, without weights, guards, persons or a report. Its pairs of more than six keys must all
 * be one person of ours.
 * @module
 */
import { randomFillSync } from 'node:crypto'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type ExtractTokens, linkPersons } from '@kruispunt/linkage/broker'
import { slotsOf, standardRecipe } from '@kruispunt/linkage/recipe'
import Database from 'better-sqlite3'
import { peakMemory, say, timed } from './timing.ts'

const parties = 6
/** The fourteen keys of the standard recipe, padded as it says; a record fills one slot, or two in so many of ten cases. */
const keys = standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'none' }).keys.map((key) => ({
  keyId: key.id,
  slots: slotsOf(key),
  second: slotsOf(key) > 2 ? 6 : 1,
}))
/** Of the residents, so many per thousand are in a party's extract. */
const coverage = 300
/** A record fails to agree on a key in so many of a thousand cases, and twins share a key in so many. */
const erring = 80
const shared = 8

/** Well mixed from three whole numbers: what decides who is where and what errs. */
function mixed(a: number, b: number, c: number): number {
  let x = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35)) >>> 0
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0
  return (x ^ (x >>> 15)) >>> 0
}

/** Calls back for every token that is not filling: `value` stands for what it was made of. */
function forEachValue(
  residents: readonly number[],
  party: number,
  key: number,
  visit: (subject: number, slot: number, value: number) => void,
): void {
  const { second } = keys[key] as (typeof keys)[number]
  for (const [subject, resident] of residents.entries()) {
    const count = 1 + (mixed(resident, key, 77) % 10 < second ? 1 : 0)
    for (let slot = 0; slot < count; slot++) {
      const errs = mixed(resident, party * 64 + key, 1000 + slot) % 1000 < erring
      const isTwin = mixed(resident >>> 1, key, 55) % 1000 < shared
      const value = isTwin ? (resident >>> 1) * 2 : resident
      visit(subject, slot, errs ? 0x80000000 + mixed(resident, party, slot) / 2 : value * 2 + slot)
    }
  }
}

function residentsOf(records: number): number[][] {
  const residents = Math.round((records * 1000) / coverage / parties)
  return Array.from({ length: parties }, (_, party) =>
    Array.from({ length: residents }, (_, resident) => resident).filter(
      (resident) => mixed(resident, party, 3) % 1000 < coverage,
    ),
  )
}

function tokensOf(residents: readonly number[][]): ExtractTokens[] {
  return residents.map((own, party) => ({
    party: `party ${party}`,
    subjects: own.length,
    tokenColumns: keys.map(({ keyId, slots }, key) => {
      const tokens = new Uint8Array(own.length * slots * 16)
      for (let at = 0; at < tokens.length; at += 1 << 30)
        randomFillSync(tokens, at, Math.min(1 << 30, tokens.length - at))
      const words = new Uint32Array(tokens.buffer)
      forEachValue(own, party, key, (subject, slot, value) => {
        // Four words that only this value of this key has.
        words.set([mixed(value, key, 1), mixed(value, key, 2), value >>> 0, key], (subject * slots + slot) * 4)
      })
      return { keyId, slots, tokens }
    }),
  }))
}

function joinInSqlite(residents: readonly number[][]): Database.Database {
  const database = new Database(':memory:')
  database.exec('create table token (key integer, value integer, party integer, subject integer)')
  const insert = database.prepare('insert into token values (?, ?, ?, ?)')
  database.transaction(() => {
    for (const [party, own] of residents.entries()) {
      for (const key of keys.keys())
        forEachValue(own, party, key, (subject, _, value) => insert.run(key, value, party, subject))
    }
  })()
  database.exec(`
    create index by_value on token (key, value, party, subject);
    create table void as select key, value from token group by key, value, party having count(distinct subject) > 1;
    create index void_value on void (key, value);
    create table pair as
      select a.party as p, a.subject as s, b.party as q, b.subject as t, count(distinct a.key) as keys
      from token a join token b on a.key = b.key and a.value = b.value and a.party < b.party
      where not exists (select 1 from void v where v.key = a.key and v.value = a.value)
      group by 1, 2, 3, 4;
  `)
  return database
}

async function run(records: number, withSqlite: boolean): Promise<void> {
  const residents = residentsOf(records)
  const extracts = tokensOf(residents)
  const slots = keys.reduce((sum, key) => sum + key.slots, 0)
  const total = extracts.reduce((sum, { subjects }) => sum + subjects, 0)
  const inTokens = `${((total * slots * 16) / 2 ** 20).toFixed(0)} MiB of tokens`
  say(
    'records',
    `${total.toLocaleString('en')} of ${parties} parties, ${keys.length} keys, ${slots} slots: ${inTokens}`,
  )
  const before = process.memoryUsage.rss()
  const idle = process.cpuUsage()
  const linking = await timed(() => linkPersons(extracts, { jobKey: randomFillSync(new Uint8Array(32)) }))
  const { report, personOf } = linking.result
  const { user, system } = process.cpuUsage(idle)
  const cpu = ((user + system) / 1e6).toFixed(2)
  say('tokens into persons, report included', `${linking.seconds.toFixed(2)} s; ${cpu} s of processor time`)
  say('  records a second', Math.round(total / linking.seconds).toLocaleString('en'))
  say('  memory before, highest', `${(before / 2 ** 20).toFixed(0)} MiB, ${peakMemory()}`)
  const linked = report.pairs.reduce((sum, pair) => sum + pair.linked, 0)
  say('  persons, linked pairs', `${report.persons.toLocaleString('en')}, ${linked.toLocaleString('en')}`)
  if (!withSqlite) return
  const theirs = await timed(() => joinInSqlite(residents))
  const pair = theirs.result.prepare('select p, s, q, t from pair where keys > 6')
  let compared = 0
  for (const { p, s, q, t } of pair.iterate() as Iterable<{ p: number; s: number; q: number; t: number }>) {
    if (personOf[p]?.[s] !== personOf[q]?.[t]) throw new Error('a pair that shares many keys is not linked')
    compared++
  }
  theirs.result.close()
  const ratio = (theirs.seconds / linking.seconds).toFixed(1)
  say('SQLite: load, index, join', `${theirs.seconds.toFixed(2)} s, ${ratio} × as long`)
  say('  its pairs of more than six keys', `${compared.toLocaleString('en')}, all linked`)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { large: { type: 'boolean' }, 'no-sqlite': { type: 'boolean' } },
})
console.log(`${cpus().length} cores`)
await run(Number(positionals[0] ?? 1_000_000), values['no-sqlite'] !== true)
if (values.large) await run(10_000_000, false)
