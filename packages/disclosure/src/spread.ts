/**
 * One table that serves as many guards at once as can be: each guarded sum counts up to its level and no further.
 *
 * A linear goal runs into a corner, where few sums are large and most are nothing; a goal that is content with the level
 * spreads what there is over all of them. Where nothing is pinned down, one such table stands for every single attack.
 * The table is only proposed: whoever asked checks it in whole numbers.
 * @module
 */
import type { Attacker } from './attackers.ts'
import { systemRows } from './audit-model.ts'
import type { Guard } from './guards.ts'
import { HighsModel, type Solver } from './highs-model.ts'
import type { System } from './system.ts'

/** Time for making a fractional table whole; ms. Without it, the guards are attacked one by one all the same. */
const roundingMs = 500
const tolerance = 1e-6

/**
 * @param guards - with a level each
 * @returns a value of each unknown, or nothing if there was no time or the solver had trouble
 */
export function spread(
  solver: Solver,
  system: System,
  attacker: Attacker,
  guards: readonly Guard[],
  limitMs: number,
): Float64Array | undefined {
  const unknowns = system.atoms.columns
  const { rows, lower, upper } = systemRows(system, attacker)
  const reached = guards.map((guard, index) => ({ column: unknowns + index, need: guard.need ?? 0, guard }))
  const all = unknowns + guards.length
  const model = new HighsModel(
    solver,
    {
      lower: Float64Array.from({ length: all }, (_, column) => lower[column] ?? 0),
      upper: Float64Array.from({ length: all }, (_, column) => upper[column] ?? guards[column - unknowns]?.need ?? 0),
      cost: new Float64Array(all),
    },
    [
      ...rows,
      ...reached.map(({ column, guard: { terms } }) => ({
        terms: { columns: [...terms.columns, column], factors: [...terms.factors, -1] },
        lower: 0,
        upper: Number.POSITIVE_INFINITY,
      })),
    ],
  )
  try {
    model.maximise({ columns: reached.map(({ column }) => column), factors: reached.map(() => 1) })
    const solved = model.solve(false, limitMs)
    if (solved.status !== 'optimal') return undefined
    const { values } = solved
    const table = values.slice(0, unknowns)
    if (table.every((value) => Math.abs(value - Math.round(value)) < tolerance)) return table
    // A whole table next to it: each unknown rounded up or down, and no sum that is at its level below it.
    for (const [column, value] of table.entries())
      model.setColumn(column, Math.floor(value + tolerance), Math.ceil(value - tolerance))
    for (const { column, need } of reached)
      model.setColumn(column, (values[column] ?? 0) > need - tolerance ? need : 0, need)
    model.maximise({ columns: [], factors: [] })
    const whole = model.solve(true, Math.min(limitMs, roundingMs))
    return whole.status === 'optimal' ? whole.values.slice(0, unknowns) : undefined
  } finally {
    model.dispose()
  }
}
