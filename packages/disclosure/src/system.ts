/**
 * The attacker's whole system: unknowns, what ties them, which cells are shown. The one place that knows the pattern.
 * @module
 */

import type { Atoms } from './atoms.ts'
import { type Attacker, attackerName, type Known, knownBefore } from './attackers.ts'
import type { Entry, Registry } from './registry.ts'
import type { Unit } from './types.ts'

export class System {
  readonly atoms: Atoms
  readonly entries: readonly Entry[]
  /** No unknown is taken to exceed this. It narrows the attacker's choice, so it errs to the safe side. */
  readonly ceiling: number
  readonly #shown: boolean[]
  readonly #unit: Unit
  readonly #known = new Map<string, readonly Known[]>()

  constructor(atoms: Atoms, registry: Registry, unit: Unit, minimum: number) {
    this.atoms = atoms
    this.entries = registry.entries
    this.#unit = unit
    const largest = registry.entries.reduce((most, entry) => Math.max(most, entry.count ?? 0), 0)
    this.ceiling = 2 * largest + 10 * minimum
    this.#shown = registry.entries.map(
      (entry) => entry.earlier === 'released' || (entry.current && entry.earlier !== 'withheld'),
    )
  }

  isShown(entry: Entry): boolean {
    return this.#shown[entry.index] === true
  }

  setShown(entry: Entry, shown: boolean): void {
    this.#shown[entry.index] = shown
  }

  /** Whether the suppression may still decide about the cell. */
  isFree(entry: Entry): boolean {
    return entry.current && entry.earlier === undefined && !entry.structuralZero
  }

  /** Smallest and largest value of a cell in the eyes of an attacker who looks at nothing else. */
  bounds(attacker: Attacker, entry: Entry): Known {
    if (this.isShown(entry) && entry.count !== undefined) return { lower: entry.count, upper: entry.count }
    return this.knownBefore(attacker, entry)
  }

  /** The same without the answer at hand. */
  knownBefore(attacker: Attacker, entry: Entry): Known {
    const name = attackerName(attacker)
    let known = this.#known.get(name)
    if (!known) {
      known = this.entries.map((each) => knownBefore(attacker, each, this.#unit))
      this.#known.set(name, known)
    }
    return known[entry.index] ?? { lower: 0, upper: Number.POSITIVE_INFINITY }
  }

  /** Whether a whole table fits everything that `attacker` knows. Exact: whole numbers only. */
  fits(attacker: Attacker, values: Float64Array): boolean {
    for (const value of values) if (!Number.isSafeInteger(value) || value < 0) return false
    for (const { left, right } of this.atoms.agreements) if (total(left, values) !== total(right, values)) return false
    for (const entry of this.entries) {
      const { lower, upper } = this.bounds(attacker, entry)
      if (lower === 0 && upper === Number.POSITIVE_INFINITY) continue
      const value = total(entry.columns, values)
      if (value < lower || value > upper) return false
    }
    return true
  }
}

/** Sum of some columns. */
export function total(columns: readonly number[], values: Float64Array): number {
  let sum = 0
  for (const column of columns) sum += values[column] ?? 0
  return sum
}
