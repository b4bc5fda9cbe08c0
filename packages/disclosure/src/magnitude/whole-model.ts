/**
 * The same attacker's system as {@link MoveModel}'s, one column for each unknown, for whole numbers only: the search ends with the first table
 * that moves far enough.
 * @module
 */
import type { Attacker } from '../attackers.ts'
import { HighsModel, type ModelRow, type Solver } from '../highs-model.ts'
import { total } from '../system.ts'
import type { SumEntry } from './sum-entries.ts'
import type { SumSystem } from './sum-system.ts'

type Whole =
  | { readonly status: 'optimal'; readonly values: Float64Array; readonly by: number }
  | { readonly status: 'infeasible' | 'time_limit' | 'failed' }

export class WholeModel {
  readonly #model: HighsModel
  readonly #system: SumSystem
  readonly #attacker: Attacker
  readonly #base: Float64Array
  readonly #rowOf = new Map<SumEntry, number>()

  constructor(solver: Solver, system: SumSystem, attacker: Attacker, base: Float64Array) {
    this.#system = system
    this.#attacker = attacker
    this.#base = base
    const rows: ModelRow[] = system.atoms.agreements.map(({ left, right }) => ({
      terms: { columns: [...left, ...right], factors: [...left.map(() => 1), ...right.map(() => -1)] },
      lower: 0,
      upper: 0,
    }))
    for (const entry of system.entries) {
      const { columns } = entry
      if (columns.length === 1) continue
      this.#rowOf.set(entry, rows.length)
      rows.push({ terms: { columns, factors: columns.map(() => 1) }, ...this.#span(entry) })
    }
    const lower = base.map((value) => -value)
    const upper = new Float64Array(base.length).fill(system.ceiling)
    this.#model = new HighsModel(solver, { lower, upper, cost: new Float64Array(base.length) }, rows)
    for (const entry of system.entries) this.refresh(entry)
  }

  /** Takes over whether the cell is shown. */
  refresh(entry: SumEntry): void {
    const { lower, upper } = this.#span(entry)
    const row = this.#rowOf.get(entry)
    if (row === undefined) this.#model.setColumn(entry.columns[0] ?? 0, lower, Math.min(upper, this.#system.ceiling))
    else this.#model.setRow(row, lower, upper)
  }

  /** A whole table in which the sum of `columns` lies `by` above its base, or below if `by` is negative; or the furthest one. */
  reach(columns: readonly number[], by: number, limitMs: number): Whole {
    this.#model.maximise({ columns, factors: columns.map(() => Math.sign(by)) })
    const solved = this.#model.solve(true, limitMs, Math.abs(by))
    if (solved.status !== 'optimal') return solved
    const values = Float64Array.from(solved.values, (move, column) => (this.#base[column] ?? 0) + Math.round(move))
    return { status: 'optimal', values, by: Math.sign(by) * solved.objective }
  }

  dispose(): void {
    this.#model.dispose()
  }

  #span(entry: SumEntry): { lower: number; upper: number } {
    const { lower, upper } = this.#system.bounds(this.#attacker, entry)
    const base = total(entry.columns, this.#base)
    return { lower: lower - base, upper: upper - base }
  }
}
