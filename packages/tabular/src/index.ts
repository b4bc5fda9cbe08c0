/**
 * Reading what partners send: from the bytes of an export to the codes of an agreed dataset.
 * @module
 */
export { type CodeList, codeListOf, isDimension, UNKNOWN } from './code-list.ts'
export { collectColumns, type TableColumns } from './collect.ts'
export { TabularError, type TabularErrorCode } from './errors.ts'
export { describeFinding, type Finding, type FindingCode, type Severity } from './findings.ts'
export {
  type Column,
  type Inspection,
  type InspectionOutcome,
  type InspectOptions,
  inspectTable,
  MAX_LINE_BYTES,
} from './inspect.ts'
export {
  type Confidence,
  type MappedField,
  type Mapping,
  proposeMapping,
  type RememberedMapping,
  recogniseFile,
  rememberMapping,
} from './mapping.ts'
export { type ReadOptions, type ReadReport, readTable, type TableReading } from './read.ts'
export { type Batch, BsnAnswer, type BsnReader } from './read-batch.ts'
export { type Refusal, refusal, refusalOf } from './refusals.ts'
export type { Area, CategoryCode, Code, DatasetSpec, FieldSpec, NumberBand, Target, TargetKind, Text } from './spec.ts'
