/**
 * The method of a Data Lab as rules: five phases, who may write what, and what keeps the next phase shut.
 * @module
 */
export { boardOf, type ContentOf, type Standing, seenBy, standing } from './board.ts'
export { isLasting, mayChange, mayWrite } from './kinds.ts'
export { findPersonalData, textsIn } from './personal-data.ts'
export { type Act, judge, type MethodRefusal } from './rules.ts'
