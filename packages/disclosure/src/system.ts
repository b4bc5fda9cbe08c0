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
  #byColumn: readonly Around[] | undefined
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

  /** The same for a table that fits what the outsider knows: what is shown is as it is, and only hidden cells are left to look at. */
  fitsToo(attacker: Attacker, values: Float64Array): boolean {
    for (const entry of this.entries) {
      if (this.isShown(entry) && entry.count !== undefined) continue
      const { lower, upper } = this.knownBefore(attacker, entry)
      if (lower === 0 && upper === Number.POSITIVE_INFINITY) continue
      const value = total(entry.columns, values)
      if (value < lower || value > upper) return false
    }
    return true
  }

  /**
   * The same for a table that differs from one that is known to fit in a few columns only: everything else is as it was there.
   * @param base - fits everything that `attacker` knows
   */
  fitsChanged(attacker: Attacker, base: Float64Array, changes: ReadonlyMap<number, number>): boolean {
    const entries = new Map<Entry, number>()
    const agreements = new Map<number, number>()
    for (const [column, change] of changes) {
      if (!Number.isSafeInteger(change) || !((base[column] ?? Number.NaN) + change >= 0)) return false
      const { entries: around, left, right } = this.#around(column)
      for (const entry of around) entries.set(entry, (entries.get(entry) ?? 0) + change)
      for (const at of left) agreements.set(at, (agreements.get(at) ?? 0) + change)
      for (const at of right) agreements.set(at, (agreements.get(at) ?? 0) - change)
    }
    for (const difference of agreements.values()) if (difference !== 0) return false
    for (const [entry, change] of entries) {
      if (change === 0) continue
      const { lower, upper } = this.bounds(attacker, entry)
      if (lower === 0 && upper === Number.POSITIVE_INFINITY) continue
      const value = total(entry.columns, base) + change
      if (value < lower || value > upper) return false
    }
    return true
  }

  /** The cells that a column is part of. */
  entriesAt(column: number): readonly Entry[] {
    return this.#around(column).entries
  }

  #around(column: number): Around {
    if (!this.#byColumn) {
      const made = Array.from({ length: this.atoms.columns }, (): Around => ({ entries: [], left: [], right: [] }))
      for (const entry of this.entries) for (const part of entry.columns) made[part]?.entries.push(entry)
      this.atoms.agreements.forEach(({ left, right }, at) => {
        for (const part of left) made[part]?.left.push(at)
        for (const part of right) made[part]?.right.push(at)
      })
      this.#byColumn = made
    }
    const found = this.#byColumn[column]
    if (!found) throw new Error('no such column')
    return found
  }
}

/** What a column is part of: cells, and sides of agreements by their number. */
type Around = { readonly entries: Entry[]; readonly left: number[]; readonly right: number[] }

/** Sum of some columns. */
export function total(columns: readonly number[], values: Float64Array): number {
  let sum = 0
  for (const column of columns) sum += values[column] ?? 0
  return sum
}
