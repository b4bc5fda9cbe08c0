/**
 * Disclosure control: what may leave the broker.
 * @module
 */
export {
  type Attack,
  type AttackedCell,
  type AttackQuestion,
  attackPublished,
  type Knowledge,
  type PublishedTable,
} from './attack/attack-published.ts'
export { unsafePositions } from './attack/unsafe-positions.ts'
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
