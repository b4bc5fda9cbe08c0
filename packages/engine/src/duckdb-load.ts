/**
 * Loads typed arrays into a table of the database, a chunk at a time, without a row ever becoming an object.
 * @module
 */
import { setImmediate } from 'node:timers/promises'
import { type DuckDBConnection, DuckDBDataChunk, INTEGER, UINTEGER, USMALLINT, UTINYINT } from '@duckdb/node-api'

export type LoadColumn = {
  readonly name: string
  readonly values: Uint8Array | Uint16Array | Uint32Array | Int32Array
  /** per row of the table, where in `values` it is; the rows of `values` as they come when left out */
  readonly rows?: Uint32Array
}

/** Rows in a chunk: the vector size the database is built with. */
const chunkRows = 2048
/** Chunks between two turns of the event loop. */
const chunksPerTurn = 32

/**
 * @param table - a generated name, not yet in use
 * @param columns - at least one, with generated names
 * @param rowCount - rows of the table
 */
export async function loadTable(
  connection: DuckDBConnection,
  table: string,
  columns: readonly LoadColumn[],
  rowCount: number,
): Promise<void> {
  const types = columns.map(({ values }) => typeOf(values))
  const definitions = columns.map(({ name }, at) => `${name} ${types[at]} not null`)
  await connection.run(`create table ${table} (${definitions.join(', ')})`)
  const appender = await connection.createAppender(table)
  const chunk = DuckDBDataChunk.create(types)
  for (let start = 0, turn = 1; start < rowCount; start += chunkRows, turn++) {
    const size = Math.min(chunkRows, rowCount - start)
    chunk.rowCount = size
    for (const [at, column] of columns.entries()) fill(chunk, at, column, start, size)
    appender.appendDataChunk(chunk)
    if (turn % chunksPerTurn === 0) await setImmediate()
  }
  appender.closeSync()
}

function fill(chunk: DuckDBDataChunk, at: number, { values, rows }: LoadColumn, start: number, size: number): void {
  const vector = chunk.getColumnVector(at)
  for (let row = 0; row < size; row++) {
    vector.setItem(row, values[rows === undefined ? start + row : (rows[start + row] as number)] as number)
  }
  vector.flush()
}

type ColumnType = typeof INTEGER | typeof UINTEGER | typeof USMALLINT | typeof UTINYINT

function typeOf(values: LoadColumn['values']): ColumnType {
  if (values instanceof Int32Array) return INTEGER
  if (values instanceof Uint8Array) return UTINYINT
  return values instanceof Uint16Array ? USMALLINT : UINTEGER
}
