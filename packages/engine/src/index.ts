/**
 * Counting over the linked, decrypted columns of one job, in memory only.
 * @module
 */
export {
  type Axis,
  type Codes,
  type CountedCell,
  type CountingEngine,
  type CountingJob,
  type CountQuery,
  type CountResult,
  type JobTables,
  type MeasureColumn,
  noHousehold,
  type PersonColumn,
  type RecordTable,
  type SummedCell,
  type SumQuery,
} from './counting-engine.ts'
export { createDuckdbEngine, type DuckdbEngineSettings } from './duckdb-engine.ts'
export { EngineError, type EngineErrorCode } from './errors.ts'
