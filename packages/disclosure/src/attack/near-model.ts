/**
 * Whole tables close to a known one: the fewest moves by which a sum reaches a level.
 *
 * The extreme of a linear programme lies far out, where hundreds of unknowns are fractions. Few moves away from a whole table,
 * they hardly ever are; that spares the integer programme.
 * @module
 */
import type { Atoms } from '../atoms.ts'
import { difference } from '../audit-model.ts'
import { HighsModel, type Linear, type ModelRow, type Solver } from '../highs-model.ts'
import { total } from '../system.ts'
import type { Sum } from './what-is-known.ts'

export class NearModel {
  readonly #model: HighsModel
  readonly #base: Float64Array

  /**
   * @param base - a whole table that fits
   * @param lower - of each unknown, like `upper`
   */
  constructor(
    solver: Solver,
    atoms: Atoms,
    sums: readonly Sum[],
    base: Float64Array,
    lower: Float64Array,
    upper: Float64Array,
  ) {
    this.#base = base
    // Two columns for each unknown: how far above the base it is, and how far below.
    const room = Float64Array.from({ length: 2 * base.length }, (_, index) => {
      const column = index >> 1
      const value = base[column] ?? 0
      return index % 2 === 0 ? (upper[column] ?? 0) - value : value - (lower[column] ?? 0)
    })
    const rows: ModelRow[] = atoms.agreements.map(({ left, right }) => ({
      terms: moves(difference(left, right)),
      lower: 0,
      upper: 0,
    }))
    for (const { columns, lower: least, upper: most } of sums) {
      if (columns.length < 2) continue
      const now = total(columns, base)
      const terms = moves({ columns, factors: columns.map(() => 1) })
      rows.push({ terms, lower: least - now, upper: most - now })
    }
    this.#model = new HighsModel(
      solver,
      { lower: new Float64Array(room.length), upper: room, cost: new Float64Array(room.length).fill(1) },
      rows,
    )
  }

  /** @returns a table in which the sum is `level` or more, whole or not; nothing if none was found */
  reach(goal: Linear, level: number, limitMs: number): Float64Array | undefined {
    const { columns, factors } = goal
    const now = columns.reduce((sum, column, index) => sum + (factors[index] ?? 0) * (this.#base[column] ?? 0), 0)
    const row = this.#model.addRow({ terms: moves(goal), lower: level - now, upper: Number.POSITIVE_INFINITY })
    const solved = this.#model.solve(false, limitMs)
    this.#model.dropRow(row)
    if (solved.status !== 'optimal') return undefined
    return this.#base.map(
      (value, column) => value + (solved.values[2 * column] ?? 0) - (solved.values[2 * column + 1] ?? 0),
    )
  }

  dispose(): void {
    this.#model.dispose()
  }
}

/** The same expression over moves up and down. */
function moves({ columns, factors }: Linear): Linear {
  return {
    columns: columns.flatMap((column) => [2 * column, 2 * column + 1]),
    factors: factors.flatMap((factor) => [factor, -factor]),
  }
}
