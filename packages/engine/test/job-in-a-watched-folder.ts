/**
 * Run by `a-job-leaves-nothing-on-disk.test.ts` in a process of its own, whose every folder is watched: a job that
 * fits, one too large to load, one too large to count (every person its own group). Prints the outcomes and the files open.
 * @module
 */
import { readdirSync, readlinkSync } from 'node:fs'
import { type CountQuery, createDuckdbEngine, EngineError, type JobTables } from '../src/index.ts'

const persons = 1_000_000
const tables = (columns: number): JobTables => ({
  persons,
  personColumns: Array.from({ length: columns }, (_, at) => ({
    id: `c${at}`,
    codes: Uint8Array.from(
      { length: persons },
      (_, person) => (Math.imul(person + 1, 2654435761 + 6 * at) >>> 7) % 251,
    ),
  })),
  memberships: [],
  recordTables: [],
})
const query: CountQuery = {
  unit: 'persons',
  population: {},
  filters: [],
  axes: ['c0', 'c1', 'c2', 'c3'].map((column) => ({ column, nodes: [Array.from({ length: 251 }, (_, code) => code)] })),
}

async function outcome(memoryLimitMiB: number, columns: number): Promise<string> {
  let stage = 'open'
  try {
    const job = await createDuckdbEngine({ memoryLimitMiB, threads: 2 }).open(tables(columns))
    stage = 'count'
    const { cells } = await job.count(query)
    await job.close()
    return `${stage}: ${cells[0]?.count}`
  } catch (error) {
    return `${stage}: ${error instanceof EngineError ? error.code : error}`
  }
}

/** Regular files this process holds open for as long as it looks, deleted ones included. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`)
      return target.startsWith(process.cwd()) || target.includes('duckdb_temp') || target.endsWith('(deleted)')
        ? [target]
        : []
    } catch {
      return []
    }
  })
}

const outcomes = [await outcome(512, 4), await outcome(24, 12), await outcome(40, 4)]
console.log(JSON.stringify({ outcomes, openFiles: process.platform === 'linux' ? openFiles() : [] }))
