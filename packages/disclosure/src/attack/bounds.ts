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
import { NearModel } from './near-model.ts'
import type { Sum } from './what-is-known.ts'

/** A sum to bound. */
export type Target = {
  readonly columns: readonly number[]
  /** Once whole tables show two values, one of them this or more, the fractional bounds will do; without it, all bounds are exact. */
  readonly enough?: number | undefined
}

export type Interval = {
  /** No whole table passes these. */
  readonly low: number
  readonly high: number
  /** Whole tables reach these: the same where the bounds are exact. */
  readonly reached: { readonly low: number; readonly high: number }
}
type Trouble = 'contradiction' | 'time_limit' | 'attacker_failed'

const tolerance = 1e-5

type Goal = Linear & { readonly enough: number | undefined; low: number; high: number }

const isOpen = ({ enough, low, high }: Goal): boolean => enough !== undefined && low < high && high >= enough

export class Bounds {
  readonly #model: HighsModel
  readonly #atoms: Atoms
  readonly #sums: readonly Sum[]
  readonly #clock: { readonly now: () => number; readonly deadlineMs: number }
  /** Stands for "nothing bounds it": above every value that what is known allows. */
  readonly #far: number
  readonly #solver: Solver
  #near: NearModel | undefined
  #first: Float64Array | undefined
  readonly #lower: Float64Array
  readonly #upper: Float64Array
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
    this.#solver = solver
    this.#lower = lower
    this.#upper = upper
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

  /** @returns for each target, in order, its interval, or why there is none */
  *intervals(targets: readonly Target[]): Generator<Interval | Trouble, undefined> {
    this.#goals = targets.map(({ columns, enough }) => {
      const value = this.#first ? total(columns, this.#first) : Number.NaN
      return { ...linear(columns), enough, low: value, high: value }
    })
    const capped = (value: number): number => (value >= this.#far ? Number.POSITIVE_INFINITY : value)
    for (const goal of this.#goals) {
      const high = this.#extreme(goal, 1)
      const low = typeof high === 'string' ? high : this.#extreme(goal, -1)
      if (typeof high === 'string' || typeof low === 'string') {
        yield typeof low === 'string' ? low : 'attacker_failed'
        return
      }
      yield { low: 0 - low, high: capped(high), reached: { low: goal.low, high: capped(goal.high) } }
    }
  }

  /** Largest value of `sign` times the sum, or what it cannot pass. */
  #extreme(goal: Goal, sign: 1 | -1): number | Trouble {
    const reached = () => (sign === 1 ? goal.high : 0 - goal.low)
    const terms = { columns: goal.columns, factors: goal.columns.map(() => sign) }
    // Nothing is below none.
    if (sign === -1 && goal.low === 0) return 0
    const fractional = this.#maximise(terms, false)
    if (typeof fractional === 'string') return fractional
    this.#keep(fractional.values)
    const most = Math.floor(fractional.objective + tolerance)
    if (reached() < most && !isOpen(goal)) {
      const opening = sign === 1 ? Math.max(goal.enough ?? most, goal.low + 1) : 1 - goal.high
      this.#comesNear(terms, goal.enough === undefined ? most : Math.min(most, opening))
    }
    if (reached() >= most || isOpen(goal)) return most
    // A whole table that reaches the fractional bound is the extreme: nothing has to be proved any more.
    const whole = this.#maximise(terms, true, most)
    if (typeof whole === 'string') return whole
    this.#keep(whole.values)
    const exact = Math.min(most, Math.floor(whole.objective + tolerance))
    return reached() >= exact ? reached() : 'attacker_failed'
  }

  /** Looks for a whole table close to the first one found. */
  #comesNear(terms: Linear, level: number): void {
    if (!this.#first) return
    this.#near ??= new NearModel(this.#solver, this.#atoms, this.#sums, this.#first, this.#lower, this.#upper)
    const found = this.#near.reach(terms, level, this.#clock.deadlineMs - this.#clock.now())
    if (found) this.#keep(found)
  }

  #maximise(
    terms: Linear,
    whole: boolean,
    enough = Number.POSITIVE_INFINITY,
  ): { objective: number; values: Float64Array } | Trouble {
    this.#model.maximise(terms)
    const solved = this.#model.solve(whole, this.#clock.deadlineMs - this.#clock.now(), enough)
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
    this.#first ??= values
    for (const goal of this.#goals) {
      const value = total(goal.columns, values)
      goal.low = Math.min(goal.low, value)
      goal.high = Math.max(goal.high, value)
    }
    return true
  }

  dispose(): void {
    this.#near?.dispose()
    this.#model.dispose()
  }
}

const linear = (columns: readonly number[]): Linear => ({ columns, factors: columns.map(() => 1) })
