/**
 * Disclosure control: what may leave the broker.
 * @module
 */

export { crossingsOf, type ToCount } from './atoms.ts'
export {
  type Attack,
  type AttackedCell,
  type AttackQuestion,
  attackPublished,
  type Knowledge,
} from './attack/attack-published.ts'
export { unsafePositions } from './attack/unsafe-positions.ts'
export type { PublishedTable } from './attack/what-is-known.ts'
export { cellKeyOfUnion, cellKeysOfPeople, type KeySource } from './cell-key/cell-keys.ts'
export type { People } from './cell-key/people.ts'
export { type KeyedCell, perturb } from './cell-key/perturb.ts'
export {
  makePerturbationTable,
  type PerturbationParameters,
  type PerturbationRow,
  type PerturbationTable,
} from './cell-key/perturbation-table.ts'
export {
  answersLeft,
  costOf,
  epsilonSpent,
  nothingSpent,
  type PrivacyBudget,
  type PrivacyCost,
  privacyBudget,
  type Spending,
  spend,
} from './differential-privacy/account.ts'
export { boundRecords } from './differential-privacy/bound-records.ts'
export type { RandomBytes } from './differential-privacy/dice.ts'
export { type Epsilon, epsilonFrom } from './differential-privacy/epsilon.ts'
export { type NoisyAnswer, noisyCounts, noisySums } from './differential-privacy/noisy-tables.ts'
export { type CodeCount, noisyCodes, thresholdFor } from './differential-privacy/unknown-codes.ts'
export { DisclosureError, type DisclosureErrorCode } from './errors.ts'
export { adviceText } from './explain/advice-text.ts'
export { type DryRun, dryRun, type Expected } from './explain/dry-run.ts'
export { type Explained, type Explanation, explainAnswer } from './explain/explain-answer.ts'
export { refusalTexts } from './explain/state-texts.ts'
export type { Labels, Words } from './explain/words.ts'
export { type CountsAfterSumsQuestion, countsAfterSums } from './magnitude/counts-after-sums.ts'
export { type Figure, meansOf, percentagesOf } from './magnitude/means.ts'
export { protectSums } from './magnitude/protect-sums.ts'
export type { ShownMeasure } from './magnitude/sums-on-atoms.ts'
export type {
  EarlierSums,
  EmptyPlace,
  KeptOpen,
  OwnPart,
  ReleasedSum,
  SumCell,
  SumMeasure,
  SumState,
  SumsCertificate,
  SumsOutcome,
  SumsQuestion,
  TrueSums,
  WithheldSum,
} from './magnitude/types.ts'
export { type ModeText, modeText, privacyBudgetSpentText, type ToldMode } from './mode-text.ts'
export { type JointQuestion, protectTable, protectTables, type Question } from './protect-table.ts'
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
