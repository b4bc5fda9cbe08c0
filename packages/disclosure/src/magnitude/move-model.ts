/**
 * One linear model for what an attacker can and cannot tell apart: moves away from a table that fits. Moves are of the size of the
 * protection levels, not of the sums, which keeps the solver's numbers small.
 *
 * Every unknown may go up or down. Moving a cell that is hidden costs next to nothing; moving one that is shown costs its
 * price if it may still be withheld and is impossible otherwise. The cells that had to move are the ones to withhold
 * (after Fischetti & Salazar, Management Science 47(7), 2001).
 * @module
 */
import type { Attacker } from '../attackers.ts'
import { HighsModel, type Linear, type ModelRow, type Solver } from '../highs-model.ts'
import { total } from '../system.ts'
import type { SumEntry } from './sum-entries.ts'
import type { SumSystem } from './sum-system.ts'

export type Moved =
  | {
      readonly status: 'optimal'
      /** The table after the move, as the solver says. */
      readonly values: Float64Array
      /** Shown cells that had to move, and how far. */
      readonly moved: readonly { readonly entry: SumEntry; readonly by: number }[]
      /** How far the guarded sum moved and what it became, before rounding. */
      readonly by: number
      readonly reached: number
    }
  | { readonly status: 'infeasible' | 'time_limit' | 'failed' }

/** `as_it_is`: shown cells are fixed. `may_withhold`: cells may be withheld at a price. `beforehand`: the current answer is left out. */
export type Freedom = 'as_it_is' | 'may_withhold' | 'beforehand'

type Pair = { readonly up: number; readonly down: number; readonly base: number }

const hiddenMove = 1e-4
const tiny = 1e-6

export class MoveModel {
  readonly #model: HighsModel
  readonly #system: SumSystem
  readonly #attacker: Attacker
  readonly #freedom: Freedom
  readonly #base: Float64Array
  readonly #columns: readonly Pair[]
  readonly #pairOf = new Map<SumEntry, Pair>()
  /** The same by the columns added up. */
  readonly #pairAt = new Map<string, Pair>()
  readonly #upper: Float64Array

  constructor(solver: Solver, system: SumSystem, attacker: Attacker, base: Float64Array, freedom: Freedom) {
    this.#system = system
    this.#attacker = attacker
    this.#freedom = freedom
    this.#base = base
    let count = 0
    const pair = (value: number): Pair => ({ up: count++, down: count++, base: value })
    const columns = Array.from(base, pair)
    this.#columns = columns
    const rows: ModelRow[] = system.atoms.agreements.map(({ left, right }) => ({
      terms: this.#expand(left, right),
      lower: 0,
      upper: 0,
    }))
    for (const entry of system.entries) {
      const [column, ...more] = entry.columns
      if (column !== undefined && more.length === 0) {
        this.#pairOf.set(entry, columns[column] as Pair)
        continue
      }
      const slack = pair(total(entry.columns, base))
      this.#pairOf.set(entry, slack)
      const { columns: used, factors } = this.#expand(entry.columns, [])
      rows.push({
        terms: { columns: [...used, slack.up, slack.down], factors: [...factors, -1, 1] },
        lower: 0,
        upper: 0,
      })
    }
    const upper = new Float64Array(count)
    for (const { up, down, base: value } of columns) {
      upper[up] = system.ceiling
      upper[down] = value
    }
    const cost = new Float64Array(count)
    for (const { up, down } of columns) cost[up] = cost[down] = hiddenMove
    this.#upper = upper
    this.#model = new HighsModel(solver, { lower: new Float64Array(count), upper, cost }, rows)
    for (const [column, made] of columns.entries()) this.#pairAt.set(`${column}`, made)
    for (const [entry, made] of this.#pairOf) this.#pairAt.set(entry.columns.join(), made)
    for (const entry of system.entries) this.refresh(entry)
  }

  /** Takes over whether the cell is shown. */
  refresh(entry: SumEntry): void {
    const { up, down, base } = this.#pairOf.get(entry) as Pair
    const system = this.#system
    const free =
      this.#freedom === 'beforehand' ? system.isOpen(entry) : this.#freedom === 'may_withhold' && system.isFree(entry)
    const fixed = system.isShown(entry) && !free
    const { lower, upper } = fixed ? { lower: base, upper: base } : system.knownBefore(this.#attacker, entry)
    this.#upper[up] = Math.max(0, Math.min(system.ceiling, upper - base))
    this.#upper[down] = Math.max(0, base - lower)
    for (const column of [up, down]) this.#model.setColumn(column, 0, this.#upper[column] ?? 0)
    this.price(entry, this.#freedom === 'may_withhold' && system.isShown(entry) ? entry.cost : undefined)
  }

  /** Sets what moving the cell costs; nothing to speak of if `price` is left out. */
  price(entry: SumEntry, price?: number): void {
    const { up, down } = this.#pairOf.get(entry) as Pair
    const least = entry.columns.length === 1 ? hiddenMove : 0
    this.#model.setCost(up, price ?? least)
    this.#model.setCost(down, price ?? least)
  }

  /** Makes some hidden moves dearer than others: another of the many cheapest tables, perhaps one without fractions. */
  stir(round: number): void {
    for (const [index, { up, down }] of this.#columns.entries()) {
      const price = hiddenMove * (1 + (round === 0 ? 0 : (index * 7 + round * 5) % 11))
      this.#model.setCost(up, price)
      this.#model.setCost(down, price)
    }
  }

  /** The cheapest table in which the sum of `columns` lies `by` above its base, or below if `by` is negative. */
  reach(columns: readonly number[], by: number, whole: boolean, limitMs: number): Moved {
    const sign = Math.sign(by)
    const terms = sign > 0 ? this.#expand(columns, []) : this.#expand([], columns)
    const row = this.#model.addRow({ terms, lower: Math.abs(by), upper: Number.POSITIVE_INFINITY })
    const solved = this.#model.solve(whole, limitMs)
    this.#model.dropRow(row)
    return solved.status === 'optimal' ? this.#read(columns, solved.values) : solved
  }

  /**
   * One table in which as many sums as possible move as far as asked. Sums that are no cell and no single unknown are left out.
   * @param wanted - how far each is to move, by the columns added up
   */
  scatter(wanted: readonly { readonly columns: readonly number[]; readonly by: number }[], limitMs: number): Moved {
    const far = new Map<number, number>()
    for (const { columns, by } of wanted) {
      const pair = this.#pairAt.get(columns.join())
      if (!pair) continue
      const column = by > 0 ? pair.up : pair.down
      far.set(column, Math.max(far.get(column) ?? 0, Math.abs(by)))
    }
    if (far.size === 0) return { status: 'infeasible' }
    const furthest = Math.max(...far.values())
    for (const [column, by] of far) {
      this.#model.setColumn(column, 0, Math.min(by, this.#upper[column] ?? 0))
      // A small sum counts as much as a large one.
      this.#model.setCost(column, (-100 * hiddenMove * furthest) / by)
    }
    const solved = this.#model.solve(false, limitMs)
    for (const column of far.keys()) {
      this.#model.setColumn(column, 0, this.#upper[column] ?? 0)
      this.#model.setCost(column, hiddenMove)
    }
    for (const entry of this.#system.entries) if (entry.columns.length > 1) this.refresh(entry)
    return solved.status === 'optimal' ? this.#read([], solved.values) : solved
  }

  /** How far the sum can go at most, upwards or downwards. */
  furthest(columns: readonly number[], sign: 1 | -1, limitMs: number): Moved {
    const model = this.#model
    const all = [...this.#columns, ...this.#pairOf.values()]
    for (const { up, down } of all) for (const column of [up, down]) model.setCost(column, 0)
    const { columns: used, factors } = this.#expand(columns, [])
    used.forEach((column, index) => {
      model.setCost(column, -sign * (factors[index] ?? 0))
    })
    const solved = model.solve(false, limitMs)
    for (const { up, down } of this.#columns) for (const column of [up, down]) model.setCost(column, hiddenMove)
    for (const entry of this.#system.entries) this.refresh(entry)
    return solved.status === 'optimal' ? this.#read(columns, solved.values) : solved
  }

  dispose(): void {
    this.#model.dispose()
  }

  #read(columns: readonly number[], found: Float64Array): Moved {
    const shift = ({ up, down }: Pair): number => (found[up] ?? 0) - (found[down] ?? 0)
    const moved = [...this.#pairOf].flatMap(([entry, pair]) => {
      const by = shift(pair)
      return Math.abs(by) > tiny && this.#system.isShown(entry) ? [{ entry, by }] : []
    })
    const values = Float64Array.from(this.#columns, (pair) => pair.base + shift(pair))
    const by = columns.reduce((sum, column) => sum + shift(this.#columns[column] as Pair), 0)
    return { status: 'optimal', values, moved, by, reached: total(columns, this.#base) + by }
  }

  #expand(plus: readonly number[], minus: readonly number[]): Linear {
    const pairs = [...plus, ...minus].map((column) => this.#columns[column] as Pair)
    return {
      columns: pairs.flatMap(({ up, down }) => [up, down]),
      factors: pairs.flatMap((_, index) => (index < plus.length ? [1, -1] : [-1, 1])),
    }
  }
}
