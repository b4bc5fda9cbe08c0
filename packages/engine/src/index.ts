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
  noHousehold,
  type PersonColumn,
  type RecordTable,
} from './counting-engine.ts'
export { createDuckdbEngine, type DuckdbEngineSettings } from './duckdb-engine.ts'
export { EngineError, type EngineErrorCode } from './errors.ts'
