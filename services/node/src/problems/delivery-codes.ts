/**
 * Codes for what can be wrong with a file or a mapping; thrown as `NodeError` by `src/delivery`.
 * @module
 */
import type { ProblemTexts } from './problem-texts.ts'

export const deliveryCodes = {} as const satisfies ProblemTexts
