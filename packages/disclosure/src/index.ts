/**
 * Disclosure control: what may leave the broker.
 * @module
 */
export { DisclosureError, type DisclosureErrorCode } from './errors.ts'
export { protectTable, type Question } from './protect-table.ts'
export { defaultRules, type Rules } from './rules.ts'
export type {
  Advice,
  AttackedInterval,
  Axis,
  AxisNode,
  CellState,
  Certificate,
  EarlierTable,
  Outcome,
  Position,
  PreviousTable,
  RefusalCode,
  ReleasedCell,
  TrueCell,
  TrueTable,
  Unit,
  WithheldCell,
} from './types.ts'
