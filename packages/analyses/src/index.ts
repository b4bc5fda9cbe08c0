/**
 * Deeper analyses, made from released cells only.
 * @module
 */
export { type AnalysisRecord, analyse, type Outcome, type Refused, recordText } from './analyse.ts'
export type { UsedTable } from './making.ts'
export { type AnalysisProblemCode, analysisProblems } from './problems.ts'
export { type Redone, redo } from './redo.ts'
export type { AnalysisRequest, AnalysisType } from './request.ts'
export type { Limits } from './tables/bounds.ts'
export type { GivenTable } from './tables/read-answers.ts'
