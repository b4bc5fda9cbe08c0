/**
 * The method of a Data Lab as rules: five phases, who may write what, and what keeps the next phase shut.
 * @module
 */
export { boardOf, seenBy } from './board.ts'
export { findPersonalData, type PersonalDataKind } from './personal-data.ts'
export { type Act, judge, type MethodRefusal } from './rules.ts'
