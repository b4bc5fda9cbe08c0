/**
 * An open job: queries one by one over the loaded tables, then the end.
 * @module
 */
import type { DuckDBConnection, DuckDBInstance, DuckDBMaterializedResult, DuckDBVector } from '@duckdb/node-api'
import { type Catalog, createCatalog, personsTable, recordsTable } from './catalog.ts'
import { type CountPlan, planCount, planSum } from './count-plan.ts'
import type { CountingJob, CountQuery, CountResult, JobTables, SumQuery, SumResult } from './counting-engine.ts'
import { EngineError } from './errors.ts'
import { refusingBeyondMemory } from './out-of-memory.ts'
import { createSumTally } from './sum-tally.ts'
import { type TableCells, tableCells } from './table-cells.ts'
import { createTally, type Tally } from './tally.ts'

export function createDuckdbJob(
  tables: JobTables,
  instance: DuckDBInstance,
  connection: DuckDBConnection,
): CountingJob {
  const catalog = createCatalog(tables)
  let isClosed = false
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    count: (query) =>
      inTurn(async () => {
        if (isClosed) throw new EngineError('job_closed')
        return refusingBeyondMemory(() => count(catalog, connection, query))
      }),
    sum: (query) =>
      inTurn(async () => {
        if (isClosed) throw new EngineError('job_closed')
        return refusingBeyondMemory(() => sum(catalog, connection, query))
      }),
    close: () =>
      inTurn(async () => {
        if (isClosed) return
        isClosed = true
        await connection.run(`drop table ${personsTable}`)
        for (const at of tables.recordTables.keys()) await connection.run(`drop table ${recordsTable(at)}`)
        connection.closeSync()
        instance.closeSync()
        wipe(tables)
      }),
  }
}

function wipe({ personColumns, personMeasures = [], memberships, recordTables, households }: JobTables): void {
  for (const { amounts } of personMeasures) amounts.fill(0)
  for (const { codes } of personColumns) codes.fill(0)
  for (const { present } of memberships) present.fill(0)
  for (const { person, columns, measures = [] } of recordTables) {
    person.fill(0)
    for (const { amounts } of measures) amounts.fill(0)
    for (const { codes } of columns) codes.fill(0)
  }
  households?.fill(0)
}

async function count(catalog: Catalog, connection: DuckDBConnection, query: CountQuery): Promise<CountResult> {
  const cells = tableCells(query.axes)
  const plan = planCount(catalog, query)
  const tally = createTally(cells, catalog.parties, query.unit === 'records' ? 'records' : 'persons')
  const result = await connection.run(plan.sql)
  if (plan.rows === 'groups') await readGroups(result, query.axes.length, cells, tally)
  else await readByKey(result, plan.rows, query.axes.length, cells, tally)
  return { cells: tally.cells() }
}

async function readGroups(
  result: DuckDBMaterializedResult,
  axes: number,
  cells: TableCells,
  tally: Tally,
): Promise<void> {
  for (const row of await result.getRows()) {
    const numbers = row.map(Number)
    tally.addPersons(cells.of(numbers.slice(0, axes)), numbers[axes] as number, numbers.slice(axes + 1))
  }
}

async function readByKey(
  result: DuckDBMaterializedResult,
  rows: Exclude<CountPlan['rows'], 'groups'>,
  axes: number,
  cells: TableCells,
  tally: Tally,
): Promise<void> {
  const add = rows === 'records' ? tally.addRecord : tally.addHouseholdMember
  const codes = Array.from({ length: axes }, () => 0)
  let lastKey = -1
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    const size = chunk.rowCount
    const keys = chunk.getColumnVector(0)
    const masks = chunk.getColumnVector(1)
    const vectors = codes.map((_, axis) => chunk.getColumnVector(axis + 2))
    for (let row = 0; row < size; row++) {
      const key = keys.getItem(row) as number
      // Different persons and households are counted on their order; a wrong order would count some twice.
      if (key < lastKey) throw new Error('rows came back in another order than they were loaded in')
      lastKey = key
      for (let axis = 0; axis < axes; axis++) codes[axis] = (vectors[axis] as DuckDBVector).getItem(row) as number
      add(cells.of(codes), key, masks.getItem(row) as number)
    }
  }
}

/** Rows come by rising person where they are records; where they are persons each row is one. */
async function sum(catalog: Catalog, connection: DuckDBConnection, query: SumQuery): Promise<SumResult> {
  const cells = tableCells(query.axes)
  const tally = createSumTally(cells, query.largest)
  const { sql, hasKey } = planSum(catalog, query)
  const result = await connection.run(sql)
  const codes = query.axes.map(() => 0)
  const first = hasKey ? 2 : 1
  let person = -1
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return { cells: tally.cells() }
    const amounts = chunk.getColumnVector(0)
    const keys = hasKey ? chunk.getColumnVector(1) : undefined
    const vectors = codes.map((_, axis) => chunk.getColumnVector(axis + first))
    for (let row = 0; row < chunk.rowCount; row++) {
      const key = keys === undefined ? person + 1 : (keys.getItem(row) as number)
      if (key < person) throw new Error('rows came back in another order than they were loaded in')
      person = key
      for (let axis = 0; axis < codes.length; axis++)
        codes[axis] = (vectors[axis] as DuckDBVector).getItem(row) as number
      tally.add(cells.of(codes), person, amounts.getItem(row) as number)
    }
  }
}
