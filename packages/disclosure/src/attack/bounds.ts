/**
 * Smallest and largest value of many sums over one system of unknowns, in whole numbers.
 *
 * Every whole table that turns up on the way is checked exactly and counts for all sums at once, so that most bounds need
 * one linear programme or none.
 * @module
 */
import type { Atoms } from '../atoms.ts'
import { difference } from '../audit-model.ts'
import { HighsModel, type Linear, type ModelRow, type Solver } from '../highs-model.ts'
import { total } from '../system.ts'

/** What is known of a sum of unknowns. */
export type Sum = { readonly columns: readonly number[]; readonly lower: number; readonly upper: number }

export type Interval = { readonly low: number; readonly high: number }
type Trouble = 'contradiction' | 'time_limit' | 'attacker_failed'

const tolerance = 1e-5

type Goal = Linear & { low: number; high: number }

export class Bounds {
  readonly #model: HighsModel
  readonly #atoms: Atoms
  readonly #sums: readonly Sum[]
  readonly #clock: { readonly now: () => number; readonly deadlineMs: number }
  /** Stands for "nothing bounds it": above every value that what is known allows. */
  readonly #far: number
  #goals: Goal[] = []

  constructor(
    solver: Solver,
    atoms: Atoms,
    sums: readonly Sum[],
    clock: { readonly now: () => number; readonly deadlineMs: number },
  ) {
    this.#atoms = atoms
    this.#sums = sums
    this.#clock = clock
    const largest = sums.reduce((most, { lower }) => Math.max(most, lower), 0)
    this.#far = 4 * largest + 1000
    const lower = new Float64Array(atoms.columns)
    const upper = new Float64Array(atoms.columns).fill(this.#far)
    const rows: ModelRow[] = atoms.agreements.map(({ left, right }) => ({
      terms: difference(left, right),
      lower: 0,
      upper: 0,
    }))
    for (const sum of sums) {
      const [column, ...more] = sum.columns
      if (column !== undefined && more.length === 0) {
        lower[column] = Math.max(lower[column] ?? 0, sum.lower)
        upper[column] = Math.min(upper[column] ?? 0, sum.upper)
      } else {
        rows.push({ terms: linear(sum.columns), lower: sum.lower, upper: sum.upper })
      }
    }
    this.#model = new HighsModel(solver, { lower, upper, cost: new Float64Array(atoms.columns) }, rows)
  }

  /** Whether any whole table fits. */
  fits(): 'fits' | Trouble {
    for (const whole of [false, true]) {
      const solved = this.#maximise({ columns: [], factors: [] }, whole)
      if (typeof solved === 'string') return solved
      if (this.#keep(solved.values)) return 'fits'
    }
    return 'attacker_failed'
  }

  /** @returns for each set of columns, in order, the interval of its sum, or why there is none */
  *intervals(targets: readonly (readonly number[])[]): Generator<Interval | Trouble, undefined> {
    this.#goals = targets.map((columns) => ({
      ...linear(columns),
      low: Number.POSITIVE_INFINITY,
      high: Number.NEGATIVE_INFINITY,
    }))
    for (const goal of this.#goals) {
      const high = this.#extreme(goal, 1)
      if (typeof high === 'string') {
        yield high
        return
      }
      const low = this.#extreme(goal, -1)
      if (typeof low === 'string') {
        yield low
        return
      }
      yield { low: 0 - low, high: high >= this.#far ? Number.POSITIVE_INFINITY : high }
    }
  }

  /** Largest value of `sign` times the sum. */
  #extreme(goal: Goal, sign: 1 | -1): number | Trouble {
    const reached = () => (sign === 1 ? goal.high : -goal.low)
    const terms = { columns: goal.columns, factors: goal.columns.map(() => sign) }
    // Nothing is below none.
    if (sign === -1 && goal.low === 0) return 0
    for (const whole of [false, true]) {
      const solved = this.#maximise(terms, whole)
      if (typeof solved === 'string') return solved
      this.#keep(solved.values)
      if (reached() >= Math.floor(solved.objective + tolerance)) return reached()
    }
    return 'attacker_failed'
  }

  #maximise(terms: Linear, whole: boolean): { objective: number; values: Float64Array } | Trouble {
    this.#model.maximise(terms)
    const solved = this.#model.solve(whole, this.#clock.deadlineMs - this.#clock.now())
    if (solved.status === 'optimal') return solved
    if (solved.status === 'infeasible') return 'contradiction'
    return solved.status === 'time_limit' ? 'time_limit' : 'attacker_failed'
  }

  /** Takes a table into account if it is whole and fits. @returns whether it is */
  #keep(found: Float64Array): boolean {
    const values = found.map((value) => Math.round(value))
    for (let column = 0; column < values.length; column++) {
      const value = values[column] ?? 0
      if (value < 0 || Math.abs(value - (found[column] ?? 0)) > tolerance) return false
    }
    for (const { left, right } of this.#atoms.agreements) if (total(left, values) !== total(right, values)) return false
    for (const { columns, lower, upper } of this.#sums) {
      const value = total(columns, values)
      if (value < lower || value > upper) return false
    }
    for (const goal of this.#goals) {
      const value = total(goal.columns, values)
      goal.low = Math.min(goal.low, value)
      goal.high = Math.max(goal.high, value)
    }
    return true
  }

  dispose(): void {
    this.#model.dispose()
  }
}

const linear = (columns: readonly number[]): Linear => ({ columns, factors: columns.map(() => 1) })
