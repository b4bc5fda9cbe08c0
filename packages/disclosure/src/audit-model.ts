/**
 * The attacker's programme: how large can a sum be, given everything an attacker knows?
 * Its rows are the cells, its columns the unknowns; only bounds and objective change.
 * @module
 */
import type { Attacker, Known } from './attackers.ts'
import { HighsModel, type Linear, type ModelRow, type Solved, type Solver } from './highs-model.ts'
import type { Entry } from './registry.ts'
import type { System } from './system.ts'

export class AuditModel {
  readonly #model: HighsModel
  readonly #system: System
  readonly #attacker: Attacker
  /** Row of a cell of several columns; a cell of one column is bounded there. */
  readonly #rowOf: ReadonlyMap<Entry, number>
  /** Cells that were shown or withheld since the model was asked last. */
  readonly #stale = new Set<Entry>()

  /** @param beforehand - leave the current answer out: what the attacker could find already */
  constructor(solver: Solver, system: System, attacker: Attacker, beforehand = false) {
    this.#system = system
    this.#attacker = attacker
    const { lower, upper, rows, rowOf } = systemRows(system, attacker, beforehand)
    this.#rowOf = rowOf
    this.#model = new HighsModel(solver, { lower, upper, cost: new Float64Array(lower.length) }, rows)
  }

  /** Says that the cell was shown or withheld. */
  refresh(entry: Entry): void {
    this.#stale.add(entry)
  }

  #update(entry: Entry): void {
    const { lower, upper }: Known = this.#system.bounds(this.#attacker, entry)
    const row = this.#rowOf.get(entry)
    if (row !== undefined) this.#model.setRow(row, lower, upper)
    else this.#model.setColumn(entry.columns[0] ?? 0, lower, Math.min(upper, this.#system.ceiling))
  }

  /** @param enough - a whole table that reaches this will do; infinite to ask for the maximum */
  maximise(terms: Linear, enough: number, whole: boolean, limitMs: number): Solved {
    for (const entry of this.#stale) this.#update(entry)
    this.#stale.clear()
    this.#model.maximise(terms)
    return this.#model.solve(whole, limitMs, enough)
  }

  dispose(): void {
    this.#model.dispose()
  }
}

type SystemRows = {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly rows: readonly ModelRow[]
  /** Row of a cell of several columns. */
  readonly rowOf: ReadonlyMap<Entry, number>
}

/**
 * What an attacker knows, as bounds on unknowns and on their sums.
 * @param beforehand - leave the current answer out
 */
export function systemRows(system: System, attacker: Attacker, beforehand = false): SystemRows {
  const count = system.atoms.columns
  const lower = new Float64Array(count)
  const upper = new Float64Array(count).fill(system.ceiling)
  const rowOf = new Map<Entry, number>()
  const rows: ModelRow[] = system.atoms.agreements.map(({ left, right }) => ({
    terms: difference(left, right),
    lower: 0,
    upper: 0,
  }))
  for (const entry of system.entries) {
    const known =
      beforehand && entry.earlier !== 'released' ? system.knownBefore(attacker, entry) : system.bounds(attacker, entry)
    const [column, ...more] = entry.columns
    if (column !== undefined && more.length === 0) {
      lower[column] = known.lower
      upper[column] = Math.min(known.upper, system.ceiling)
    } else {
      rowOf.set(entry, rows.length)
      rows.push({ terms: { columns: entry.columns, factors: entry.columns.map(() => 1) }, ...known })
    }
  }
  return { lower, upper, rows, rowOf }
}

/** Sum of the left columns minus that of the right ones. */
export function difference(left: readonly number[], right: readonly number[]): Linear {
  return { columns: [...left, ...right], factors: [...left.map(() => 1), ...right.map(() => -1)] }
}
