/**
 * The attacker's whole system for one measure: unknown sums of atoms above the public lower bound, what ties them, which
 * cells are shown. Counts are taken to be known to the attacker where they are shown.
 * @module
 */
import type { Atoms } from '../atoms.ts'
import { type Attacker, attackerName, type Known } from '../attackers.ts'
import { total } from '../system.ts'
import type { SumEntries, SumEntry } from './sum-entries.ts'
import type { SumMeasure } from './types.ts'

export class SumSystem {
  readonly atoms: Atoms
  readonly entries: readonly SumEntry[]
  /** No unknown is taken to exceed this. It narrows the attacker's choice, so it errs to the safe side. */
  readonly ceiling: number
  readonly #shown: boolean[]
  readonly #lower: number
  readonly #upper: number | undefined
  readonly #minimum: number
  readonly #known = new Map<string, readonly Known[]>()

  constructor(atoms: Atoms, { entries }: SumEntries, measure: SumMeasure, minimum: number, ordinary: number) {
    this.atoms = atoms
    this.entries = entries
    this.#lower = measure.bounds?.lower ?? 0
    this.#upper = measure.bounds?.upper
    this.#minimum = minimum
    this.ceiling = 2 * entries.reduce((most, entry) => Math.max(most, entry.value ?? 0), 0) + 10 * ordinary
    this.#shown = entries.map(
      (entry) =>
        entry.earlier === 'released' ||
        entry.empty ||
        (entry.current && entry.earlier !== 'withheld' && !entry.countHidden),
    )
  }

  isShown(entry: SumEntry): boolean {
    return this.#shown[entry.index] === true
  }

  setShown(entry: SumEntry, shown: boolean): void {
    this.#shown[entry.index] = shown
  }

  /** Whether it may still be decided that the cell is withheld, for its own sake. */
  isOpen(entry: SumEntry): boolean {
    return entry.current && entry.earlier !== 'released' && !entry.empty
  }

  /** The same for the sake of another cell: never the total. */
  isFree(entry: SumEntry): boolean {
    return this.isOpen(entry) && !entry.total
  }

  /** Bounds of a cell in the eyes of an attacker who looks at nothing else. */
  bounds(attacker: Attacker, entry: SumEntry): Known {
    if (this.isShown(entry) && entry.value !== undefined) return { lower: entry.value, upper: entry.value }
    return this.knownBefore(attacker, entry)
  }

  /** The same without the answer at hand. */
  knownBefore(attacker: Attacker, entry: SumEntry): Known {
    const name = attackerName(attacker)
    let known = this.#known.get(name)
    if (!known) {
      known = this.entries.map((each) => this.#knows(attacker, each))
      this.#known.set(name, known)
    }
    return known[entry.index] ?? { lower: 0, upper: Number.POSITIVE_INFINITY }
  }

  #knows(attacker: Attacker, entry: SumEntry): Known {
    if (entry.earlier === 'released' && entry.value !== undefined) return { lower: entry.value, upper: entry.value }
    const upper = this.#highest(entry)
    const outside = { lower: 0, upper }
    if (attacker.kind === 'outsider' || entry.part === undefined) return outside
    const own = entry.part.byParty[attacker.party]
    if (own === undefined || own.persons === 0) return outside
    const foreign = entry.told.some(({ owner }) => owner !== undefined && owner !== attacker.party)
    if (attacker.kind === 'attribute_holder' && foreign) return outside
    const { value, persons } = entry.part
    if (own.persons === persons) return { lower: value, upper: value }
    return { lower: Math.max(0, own.sum - this.#lower * own.persons), upper }
  }

  /** By the public bounds. A hidden count may be as high as the minimum: its own gate sees to that. */
  #highest(entry: SumEntry): number {
    if (entry.empty) return 0
    if (this.#upper === undefined || entry.persons === undefined) return Number.POSITIVE_INFINITY
    const persons = entry.countHidden ? Math.max(entry.persons, this.#minimum) : entry.persons
    return (this.#upper - this.#lower) * persons
  }

  /**
   * Whether a table fits everything that `attacker` knows. Exact: whole numbers only.
   * @param scale - the values are that many to a unit
   */
  fits(attacker: Attacker, values: Float64Array, scale: number): boolean {
    for (const value of values) if (!Number.isSafeInteger(value) || value < 0) return false
    for (const { left, right } of this.atoms.agreements) if (total(left, values) !== total(right, values)) return false
    for (const entry of this.entries) {
      const { lower, upper } = this.bounds(attacker, entry)
      if (lower === 0 && upper === Number.POSITIVE_INFINITY) continue
      const value = total(entry.columns, values)
      if (value < lower * scale || value > upper * scale) return false
    }
    return true
  }

  /** Whether a table has the true value of every cell that the job knows. */
  isTrue(values: Float64Array): boolean {
    for (const value of values) if (!Number.isSafeInteger(value) || value < 0) return false
    const { agreements } = this.atoms
    return (
      agreements.every(({ left, right }) => total(left, values) === total(right, values)) &&
      this.entries.every(({ value, columns }) => value === undefined || total(columns, values) === value)
    )
  }
}
