/**
 * How much work may go into withholding less. Work is counted, not timed, so that the same question has the same answer on a
 * fast and on a slow machine. Only a machine that is slow beyond reason stops by the clock.
 * @module
 */
import { effortSpent, type Solver } from '../highs-model.ts'

export type Budget = {
  readonly spent: () => boolean
  readonly remainingMs: () => number
  /** A budget that is spent when a share of what is left now is. */
  readonly part: (share: number) => Budget
}

/** Effort of the solver in one ms of a usual machine: one of two cores at about 2.5 GHz. */
const effortPerMs = 30_000
/** A machine this many times slower than the usual one is stopped by the clock. */
const patience = 16

/**
 * @param ms - time this would take on a usual machine
 * @param deadlineMs - on the clock of `now`
 */
export function budgetOf(solver: Solver, ms: number, deadlineMs: number, now: () => number): Budget {
  const most = effortSpent(solver) + ms * effortPerMs
  return until(solver, most, Math.min(deadlineMs, now() + ms * patience), now)
}

function until(solver: Solver, most: number, last: number, now: () => number): Budget {
  return {
    spent: () => effortSpent(solver) >= most || now() >= last,
    remainingMs: () => last - now(),
    part: (share) => {
      const done = effortSpent(solver)
      return until(solver, done + share * (most - done), last, now)
    },
  }
}
