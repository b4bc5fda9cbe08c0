/**
 * What a change of some columns does to the cells, in the eyes of an attacker.
 * @module
 */
import type { Attacker } from '../attackers.ts'
import type { Entry } from '../registry.ts'
import type { System } from '../system.ts'

export type Changes = readonly (readonly [column: number, change: number])[]

export class Seen {
  readonly #system: System
  /**
   * For each column the sum of the marks of the shown cells it is part of. Columns that gain and columns that lose can stand in for
   * each other where their sums are equal; a filter for searching, never the proof.
   */
  readonly #marks: Float64Array
  readonly #marked: boolean[]

  constructor(system: System) {
    this.#system = system
    this.#marks = new Float64Array(system.atoms.columns)
    this.#marked = system.entries.map(() => false)
    for (const entry of system.entries) this.refresh(entry)
  }

  refresh(entry: Entry): void {
    const shown = this.#system.isShown(entry)
    if (this.#marked[entry.index] === shown) return
    this.#marked[entry.index] = shown
    const mark = (shown ? 1 : -1) * markOf(entry)
    for (const column of entry.columns) this.#marks[column] = (this.#marks[column] ?? 0) + mark
  }

  markAt(column: number): number {
    return this.#marks[column] ?? 0
  }

  /** Whether a column may gain units as far as tables tell that have all of some dimensions. */
  roomToGain(attacker: Attacker, column: number, dimensions: readonly string[], values: Float64Array): boolean {
    return this.#within(column, dimensions).every((entry) => {
      if (this.#system.isShown(entry)) return false
      const { upper } = this.#system.knownBefore(attacker, entry)
      return upper === Number.POSITIVE_INFINITY || valueOf(entry, values) < upper
    })
  }

  /** The same for losing. */
  roomToLose(attacker: Attacker, column: number, dimensions: readonly string[], values: Float64Array): boolean {
    return (
      (values[column] ?? 0) > 0 &&
      this.#within(column, dimensions).every((entry) => {
        if (this.#system.isShown(entry)) return false
        const { lower } = this.#system.knownBefore(attacker, entry)
        return lower === 0 || valueOf(entry, values) > lower
      })
    )
  }

  /** Hidden cells that all these columns are part of, the widest first. */
  around(columns: readonly number[]): Entry[] {
    const [first = 0, ...others] = columns
    return this.#system
      .entriesAt(first)
      .filter(
        (entry) =>
          !this.#system.isShown(entry) &&
          entry.columns.length > columns.length &&
          others.every((column) => entry.columns.includes(column)),
      )
      .toSorted((a, b) => b.columns.length - a.columns.length)
  }

  /** Cells that a column is part of and that are limited on all these dimensions. */
  #within(column: number, dimensions: readonly string[]): Entry[] {
    return this.#system
      .entriesAt(column)
      .filter(({ told }) => dimensions.every((dimension) => told.some((axis) => axis.dimension === dimension)))
  }

  isEven({ plus, minus }: { readonly plus: readonly number[]; readonly minus: readonly number[] }): boolean {
    let sum = 0
    for (const column of plus) sum += this.#marks[column] ?? 0
    for (const column of minus) sum -= this.#marks[column] ?? 0
    return sum === 0
  }

  /** Whether the attacker's view of `values` stays possible after the changes. */
  allows(attacker: Attacker, changes: Changes, values: Float64Array): boolean {
    return this.withheldFor(attacker, changes, values)?.length === 0
  }

  /** @returns the shown cells that would have to be withheld; nothing if one may not be, or if the attacker knows better */
  withheldFor(attacker: Attacker, changes: Changes, values: Float64Array): Entry[] | undefined {
    for (const [column, change] of changes) if ((values[column] ?? 0) + change < 0) return undefined
    const withheld: Entry[] = []
    for (const [entry, change] of this.#touched(changes)) {
      if (this.#system.isShown(entry)) {
        if (!this.#system.isFree(entry)) return undefined
        withheld.push(entry)
      }
      const { lower, upper } = this.#system.knownBefore(attacker, entry)
      if (lower === 0 && upper === Number.POSITIVE_INFINITY) continue
      const value = valueOf(entry, values) + change
      if (value < lower || value > upper) return undefined
    }
    return withheld
  }

  /** What the cells cost that would have to be withheld; nothing if one may not be. */
  priceOf(attacker: Attacker, changes: Changes): number | undefined {
    let cost = 0
    for (const [entry] of this.#touched(changes)) {
      if (this.#system.isShown(entry)) {
        if (!this.#system.isFree(entry)) return undefined
        cost += entry.cost
      } else {
        const { lower, upper } = this.#system.knownBefore(attacker, entry)
        if (lower === upper) return undefined
      }
    }
    return cost
  }

  /** Cells whose sum changes, and by how much. */
  #touched(changes: Changes): Map<Entry, number> {
    const touched = new Map<Entry, number>()
    for (const [column, change] of changes)
      for (const entry of this.#system.entriesAt(column)) touched.set(entry, (touched.get(entry) ?? 0) + change)
    for (const [entry, change] of touched) if (change === 0) touched.delete(entry)
    return touched
  }
}

export const valueOf = ({ columns }: Entry, values: Float64Array): number =>
  columns.reduce((sum, column) => sum + (values[column] ?? 0), 0)

/** Below 2^26: sums of thousands of them stay whole numbers. */
const markOf = ({ index }: Entry): number => (Math.imul(index + 1, 0x9e3779b1) >>> 6) + 1
