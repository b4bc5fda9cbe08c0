/**
 * Which cells of a question stay hidden, so that every guard of every answer keeps a whole table of its own.
 * @module
 */

import { loadSolver } from '../highs-model.ts'
import type { RefusalCode, TrueTable } from '../types.ts'
import { type Around, type Exchanged, exchange } from './exchange.ts'
import type { LedgerGuard } from './guard.ts'
import { guardName } from './guard.ts'
import type { KnownCell } from './known-cell.ts'
import type { Memory } from './memory.ts'
import { type PlanTask, planWithin } from './plan-within.ts'
import { isSmall, searchAll } from './search-all.ts'
import type { TableCells } from './table-cells.ts'
import type { Trial } from './trial.ts'

/**
 * How much a question is worth. Over a small catalogue a programme holds all combinations and finds whatever there is. Over a
 * large one programmes have been seen to take seconds and to find nothing that exchanges do not: one short look, whether the
 * attacker knew before, then the question is refused.
 * - `hard`: guards that are not served before the question is refused; `searches`: programmes solved, each within `searchMs`
 * - `planMs`: the look at what was known before
 */
const worth = {
  small: { hard: 8, searches: 100, searchMs: 400, planMs: 1_000 },
  large: { hard: 2, searches: 0, searchMs: 0, planMs: 250 },
} as const

export type Decision = Omit<PlanTask, 'guards' | 'cells'> &
  TableCells & {
    readonly table: TrueTable
    /** Unsafe in themselves: they stay hidden whatever happens. */
    readonly unsafe: ReadonlySet<KnownCell>
    /** Guards that no earlier answer has. */
    readonly news: readonly LedgerGuard[]
    readonly around: Around
  }

/** Decides in the memory, where the cells of the question begin as shown or, if unsafe, hidden. @returns why there is no way */
export async function decide(memory: Memory, trial: Trial, decision: Decision): Promise<RefusalCode | undefined> {
  const { cells, fresh, unsafe, news, around, now, deadlineMs } = decision
  const solver = await loadSolver()
  const limit = isSmall(memory.truth) ? worth.small : worth.large
  let searched = 0
  const search = (guard: LedgerGuard): boolean => {
    if (searched++ >= limit.searches) return false
    const limitMs = Math.min(limit.searchMs, deadlineMs - now())
    return take(memory, trial, guard, searchAll(solver, memory, guard, around, limitMs))
  }
  // Cheap before dear: what is known, what needs nothing withheld, what a programme finds best, what withholding buys.
  const serve = (guard: LedgerGuard): boolean =>
    trial.serve(guard) ||
    take(memory, trial, guard, exchange(memory, guard, around, false)) ||
    search(guard) ||
    take(memory, trial, guard, exchange(memory, guard, around, true))
  for (const guard of farthestFirst(trial.contradicted())) {
    if (now() >= deadlineMs) return 'time_limit'
    if (serve(guard)) continue
    // There is a way nearly always: to keep hidden what contradicts the table that the guard has.
    for (const cell of trial.inTheWayOf(guard)) memory.hide(cell)
    if (!trial.resume(guard)) return 'not_protectable'
  }
  const hard: LedgerGuard[] = []
  for (const guard of farthestFirst(news)) {
    if (now() >= deadlineMs) return 'time_limit'
    if (serve(guard)) continue
    hard.push(guard)
    if (hard.length > limit.hard) return 'not_protectable'
  }
  if (hard.length > 0) {
    const limitMs = Math.min(limit.planMs, (deadlineMs - now()) / 2)
    const plan = await planWithin(memory, { ...decision, guards: hard, cells, deadlineMs: now() + limitMs })
    if (typeof plan === 'string') return plan
    for (const cell of plan.withheld) memory.hide(cell)
    if (!plan.kept.every(serve)) return 'not_protectable'
    for (const guard of hard) trial.excuse(guardName(guard))
  }
  showAgain(memory, trial, fresh, unsafe, around)
  return trial.holds() ? undefined : 'attacker_failed'
}

/** Takes a table for a guard at the price of cells of the question, if it is one. */
function take(memory: Memory, trial: Trial, guard: LedgerGuard, found: Exchanged | undefined): boolean {
  if (!found) return false
  for (const cell of found.withheld) memory.hide(cell)
  if (trial.propose(guard, found.move)) return true
  for (const cell of found.withheld) memory.show(cell)
  return false
}

/** What was withheld on the way and turned out not to be needed is shown again, the most valuable first. */
function showAgain(
  memory: Memory,
  trial: Trial,
  fresh: ReadonlySet<KnownCell>,
  unsafe: ReadonlySet<KnownCell>,
  { prices }: Around,
): void {
  const hidden = [...fresh].filter((cell) => !unsafe.has(cell) && !memory.isShown(cell))
  for (const cell of hidden.toSorted((a, b) => (prices.get(b) ?? 0) - (prices.get(a) ?? 0))) {
    memory.show(cell)
    if (!trial.fits(cell)) memory.hide(cell)
  }
}

const distance = ({ need, truth }: LedgerGuard): number => need - truth
/** The guard that is furthest from its level opens the longest way; the others find it open already. */
const farthestFirst = (guards: readonly LedgerGuard[]): LedgerGuard[] =>
  guards.toSorted((a, b) => distance(b) - distance(a))
