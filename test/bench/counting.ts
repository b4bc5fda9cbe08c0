/**
 * Opening a job over five parties and asking it cross-tabs, next to the same joins in SQLite.
 *
 * `node test/bench/counting.ts [subjects per party] [--tables n]`. Prints seconds to link, align and load, and the
 * p50 and p95 of the tables after that. Every table that SQLite makes too is compared cell by cell.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type CountingJob, type CountQuery, createDuckdbEngine, type JobTables } from '@kruispunt/engine'
import { linkPersons } from '@kruispunt/linkage/broker'
import { codesOf, columnsPerParty, inventLab, type PartyExtract, parties } from './counting-lab.ts'
import { countInSqlite, type Join, openSqlite } from './counting-sqlite.ts'
import { inMs, type Percentiles, peakMemory, percentiles, say, timed } from './timing.ts'

/** Spreads the columns of the extracts over the persons they were linked to. */
function align(lab: readonly PartyExtract[], persons: number, personOf: readonly Uint32Array[]): JobTables {
  const spread = (codes: (subject: number) => number, at: number): Uint8Array => {
    const aligned = new Uint8Array(persons)
    for (const [subject, person] of (personOf[at] as Uint32Array).entries()) aligned[person] = codes(subject)
    return aligned
  }
  return {
    persons,
    personColumns: lab.flatMap(({ party, columns }, at) =>
      columns.map((codes, column) => ({
        id: `${party} ${column}`,
        codes: spread((subject) => codes[subject] as number, at),
      })),
    ),
    memberships: lab.map(({ party }, at) => ({ party, present: spread(() => 1, at) })),
    recordTables: lab.slice(1, 2).map(({ party, records }) => ({
      id: 'reports',
      party,
      person: records.subject.map((subject) => personOf[1]?.[subject] as number),
      columns: [{ id: 'month', codes: records.month }],
    })),
  }
}

/** All codes, then each code by itself. */
function nodesOf(codes: number): number[][] {
  const all = Array.from({ length: codes }, (_, code) => code + 1)
  return [all, ...all.map((code) => [code])]
}

const axis = (party: string, column: number) => ({ column: `${party} ${column}`, nodes: nodesOf(codesOf(column)) })

const twoWay = ({ left, a, right, b }: Join): CountQuery => ({
  unit: 'persons',
  population: {},
  filters: [],
  axes: [axis(left, a), axis(right, b)],
})

/** Different pairs of parties and columns, round and round. */
const joinAt = (at: number): Join => ({
  left: parties[at % parties.length] as string,
  a: at % columnsPerParty,
  right: parties[(at + 1 + (Math.floor(at / parties.length) % 4)) % parties.length] as string,
  b: (at * 3 + 1) % columnsPerParty,
})

async function times(job: CountingJob, queries: readonly CountQuery[]): Promise<Percentiles> {
  const seconds: number[] = []
  for (const query of queries) seconds.push((await timed(() => job.count(query))).seconds)
  return percentiles(seconds)
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { tables: { type: 'string' } } })
const subjects = Number(positionals[0] ?? 1_000_000)
const tables = Number(values.tables ?? 60)
const lab = inventLab(subjects)

console.log(`${parties.length} parties of ${subjects.toLocaleString('en')} subjects, ${cpus().length} cores`)
// The linker wipes what it is given, and SQLite comes last to leave its memory out of the figures: it gets a copy.
const copies = lab.map(({ tokens }) => tokens.slice())
const linking = await timed(() =>
  linkPersons(
    lab.map(({ party, tokens }) => ({ party, subjects, tokenColumns: [{ keyId: 'B1', slots: 1, tokens }] })),
    { jobKey: new Uint8Array(randomBytes(32)) },
  ),
)
const aligning = await timed(() => align(lab, linking.result.persons, linking.result.personOf))
const engine = createDuckdbEngine({ memoryLimitMiB: 2048, threads: cpus().length })
const loading = await timed(() => engine.open(aligning.result))
const opening = linking.seconds + aligning.seconds + loading.seconds
say('link', `${linking.seconds.toFixed(2)} s, ${linking.result.persons.toLocaleString('en')} persons`)
say('align', `${aligning.seconds.toFixed(2)} s`)
say('load', `${loading.seconds.toFixed(2)} s`)
say('job open', `${opening.toFixed(2)} s`)

const job = loading.result
const joins = Array.from({ length: tables }, (_, at) => joinAt(at))
const month = { column: 'month', nodes: [...nodesOf(12), ...[0, 3, 6, 9].map((m) => [m + 1, m + 2, m + 3])] }
const queries = joins.map(twoWay)
const own = await times(job, queries)
say('two-way tables of persons', inMs(own))
const fourWay = queries.map((query, at) => ({ ...query, axes: [...query.axes, ...twoWay(joinAt(at + 2)).axes] }))
say('four-way tables of persons', inMs(await times(job, fourWay.slice(0, 10))))
const records = queries.map((query) => ({
  ...query,
  unit: 'records' as const,
  recordTable: 'reports',
  axes: [month, ...query.axes.slice(1)],
}))
say('records by month in quarters and a column', inMs(await times(job, records.slice(0, 20))))
say('peak memory', peakMemory())

const sqlite = await timed(() =>
  openSqlite(lab.map((extract, at) => ({ ...extract, tokens: copies[at] as Uint8Array }))),
)
const seconds: number[] = []
for (const join of joins.slice(0, 10)) {
  const theirs = await timed(() => countInSqlite(sqlite.result, join))
  seconds.push(theirs.seconds)
  const { cells } = await job.count(twoWay(join))
  for (const { at, count } of cells) {
    const [a = 0, b = 0] = at
    // Node n above 0 is code n by itself.
    if (a > 0 && b > 0 && count !== (theirs.result.get(`${a},${b}`) ?? 0)) throw new Error('the two counts differ')
  }
}
const plain = percentiles(seconds)
say('SQLite: load', `${sqlite.seconds.toFixed(2)} s, ${(sqlite.seconds / opening).toFixed(1)} × the job`)
say(
  'SQLite: two-way joins',
  `${inMs(plain)}, ${(plain.p50 / own.p50).toFixed(0)} × and ${(plain.p95 / own.p95).toFixed(0)} ×`,
)
await job.close()
sqlite.result.close()
