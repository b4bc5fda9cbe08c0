/**
 * The adapter: a DuckDB inside this process, in memory only.
 *
 * A job's plaintext may touch no disk: there is no database file, no temporary directory to spill to, no access to
 * files, network or extensions, and the settings are locked before the first row goes in. A job that does not fit in
 * its memory is refused. One instance per job, so that nothing outlives `close`.
 * @module
 */
import { DuckDBInstance } from '@duckdb/node-api'
import {
  keyColumn,
  maskColumn,
  measureColumn,
  personColumn,
  personsTable,
  recordColumn,
  recordsTable,
} from './catalog.ts'
import { checkTables } from './check-tables.ts'
import type { CountingEngine, JobTables } from './counting-engine.ts'
import { createDuckdbJob } from './duckdb-job.ts'
import { type LoadColumn, loadTable } from './duckdb-load.ts'
import { EngineError } from './errors.ts'
import { orderBy } from './order-by.ts'
import { refusingBeyondMemory } from './out-of-memory.ts'

export type DuckdbEngineSettings = {
  /** most memory one job may use inside the database, in MiB; 64 bytes a person and 16 a column are a fair guess */
  readonly memoryLimitMiB: number
  readonly threads: number
}

/**
 * @throws {@link EngineError} `settings_malformed`; `open` throws what is wrong with the tables, or `out_of_memory`
 */
export function createDuckdbEngine({ memoryLimitMiB, threads }: DuckdbEngineSettings): CountingEngine {
  for (const setting of [memoryLimitMiB, threads]) {
    if (!Number.isSafeInteger(setting) || setting < 1) throw new EngineError('settings_malformed')
  }
  const configuration = {
    memory_limit: `${memoryLimitMiB}MiB`,
    threads: String(threads),
    temp_directory: '',
    max_temp_directory_size: '0B',
    preserve_insertion_order: 'true',
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    lock_configuration: 'true',
  }
  return {
    open: async (tables) => {
      checkTables(tables)
      const instance = await DuckDBInstance.create(':memory:', configuration)
      try {
        const connection = await instance.connect()
        await refusingBeyondMemory(async () => {
          for (const { table, columns, rows } of layOut(tables)) await loadTable(connection, table, columns, rows)
        })
        return createDuckdbJob(tables, instance, connection)
      } catch (error) {
        instance.closeSync()
        throw error
      }
    },
  }
}

/**
 * The tables as they lie in the database. Persons go by household and records by person, so that counting different
 * households or persons takes one pass; records carry their person's columns, so that no query joins.
 */
function layOut(tables: JobTables): { table: string; columns: LoadColumn[]; rows: number }[] {
  const { persons, personColumns, personMeasures = [], memberships, recordTables, households } = tables
  const mask = new Uint32Array(persons)
  for (const [party, { present }] of memberships.entries()) {
    for (let person = 0; person < persons; person++) {
      mask[person] = ((mask[person] as number) | ((present[person] as number) << party)) >>> 0
    }
  }
  const ofPersons = (rows: Uint32Array | undefined): LoadColumn[] => {
    const at = rows === undefined ? {} : { rows }
    return [
      { name: maskColumn, values: mask, ...at },
      ...personColumns.map(({ codes }, place) => ({ name: personColumn(place), values: codes, ...at })),
    ]
  }
  const byHousehold = households === undefined ? undefined : orderBy(households, persons)
  const key =
    households === undefined ? [] : [{ name: keyColumn, values: households, rows: byHousehold as Uint32Array }]
  return [
    {
      table: personsTable,
      columns: [
        ...key,
        ...ofPersons(byHousehold),
        ...personMeasures.map(({ amounts }, at) => ({
          name: measureColumn(at),
          values: amounts,
          ...(byHousehold === undefined ? {} : { rows: byHousehold }),
        })),
      ],
      rows: persons,
    },
    ...recordTables.map(({ person, columns, measures = [] }, place) => {
      const order = orderBy(person, persons)
      const personInOrder = order.map((record) => person[record] as number)
      return {
        table: recordsTable(place),
        columns: [
          { name: keyColumn, values: personInOrder },
          ...ofPersons(personInOrder),
          ...columns.map(({ codes }, at) => ({ name: recordColumn(at), values: codes, rows: order })),
          ...measures.map(({ amounts }, at) => ({ name: measureColumn(at), values: amounts, rows: order })),
        ],
        rows: person.length,
      }
    }),
  ]
}
