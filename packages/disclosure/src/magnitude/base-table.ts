/**
 * The table that all moves start from: the true one where the job knows every unknown, otherwise one that fits all that it does know.
 * @module
 */
import type { Verdict } from '../audit.ts'
import { HighsModel, type ModelRow, type Solver } from '../highs-model.ts'
import type { SumSystem } from './sum-system.ts'

/** @returns the table, or `broken` if none fits: the sums contradict each other */
export function baseTable(solver: Solver, system: SumSystem, limitMs: number): Float64Array | Exclude<Verdict, 'open'> {
  const { atoms, entries, ceiling } = system
  const values = new Float64Array(atoms.columns).fill(Number.NaN)
  for (const { columns, value } of entries) {
    const [column, ...more] = columns
    if (column !== undefined && more.length === 0 && value !== undefined) values[column] = value
  }
  if (!values.some(Number.isNaN)) return system.isTrue(values) ? values : 'broken'

  const rows: ModelRow[] = atoms.agreements.map(({ left, right }) => ({
    terms: { columns: [...left, ...right], factors: [...left.map(() => 1), ...right.map(() => -1)] },
    lower: 0,
    upper: 0,
  }))
  for (const { columns, value } of entries) {
    if (value === undefined || columns.length === 1) continue
    rows.push({ terms: { columns, factors: columns.map(() => 1) }, lower: value, upper: value })
  }
  const lower = values.map((value) => (Number.isNaN(value) ? 0 : value))
  const upper = values.map((value) => (Number.isNaN(value) ? ceiling : value))
  const model = new HighsModel(solver, { lower, upper, cost: new Float64Array(atoms.columns) }, rows)
  try {
    for (const whole of [false, true]) {
      const solved = model.solve(whole, limitMs)
      if (solved.status !== 'optimal') return solved.status === 'infeasible' ? 'broken' : solved.status
      const rounded = solved.values.map(Math.round)
      if (system.isTrue(rounded)) return rounded
    }
    return 'failed'
  } finally {
    model.dispose()
  }
}
