/**
 * Every cell that was asked for, once, by the dimensions it is limited on; which of them are shown; and whether a move
 * leaves everything that an attacker knows of them as it is. Exact: whole numbers only.
 * @module
 */
import { type Attacker, knownBefore } from '../attackers.ts'
import type { Unit } from '../types.ts'
import { type Draft, forEachCombination, type KnownCell } from './known-cell.ts'
import { changeIn, leavesNobodyBelowZero, type Move, residueOf } from './move.ts'
import type { Truth } from './people.ts'

/** Cells limited on the same dimensions. */
export type Space = {
  readonly name: string
  readonly places: readonly number[]
  readonly cells: Set<KnownCell>
  readonly shown: Set<KnownCell>
  /** The cells that each combination is in. */
  readonly at: (KnownCell[] | undefined)[]
  /**
   * For each combination the sum of the marks of the shown cells it is in. Two combinations with one sum can stand in for
   * each other; a filter for searching, never the proof.
   */
  readonly marks: Float64Array
}

/** Marks are drawn below this: sums of thousands of them, times persons, stay whole numbers. */
const markRange = 2 ** 26

export class Memory {
  readonly truth: Truth
  readonly #unit: Unit
  readonly #cells = new Map<string, KnownCell>()
  readonly #spaces = new Map<string, Space>()
  readonly #mark: (name: string) => number

  /** @param fraction - a number in [0, 1) for a name that no one else can tell */
  constructor(truth: Truth, unit: Unit, fraction: (name: string) => number) {
    this.truth = truth
    this.#unit = unit
    this.#mark = (name) => 1 + Math.floor(fraction(name) * markRange)
  }

  get spaces(): Iterable<Space> {
    return this.#spaces.values()
  }

  find(name: string): KnownCell | undefined {
    return this.#cells.get(name)
  }

  space(places: readonly number[]): Space | undefined {
    return this.#spaces.get(places.join(','))
  }

  /** Cells limited on these dimensions or on some of them. */
  within(places: readonly number[]): KnownCell[] {
    const inside = new Set(places)
    return [...this.#spaces.values()].flatMap((space) =>
      space.places.every((place) => inside.has(place)) ? [...space.cells] : [],
    )
  }

  add(cell: Draft): void {
    this.#cells.set(cell.name, cell)
    const space = this.#spaceOf(cell)
    space.cells.add(cell)
    forEachCombination(this.truth, cell.places, cell.leaves, (index) => {
      const there = space.at[index]
      if (there) there.push(cell)
      else space.at[index] = [cell]
    })
    if (cell.fate === 'released' || cell.structuralZero) this.show(cell)
  }

  /** Takes a cell out again that no answer decided. */
  drop(cell: KnownCell): void {
    this.hide(cell)
    this.#cells.delete(cell.name)
    const space = this.#spaceOf(cell)
    space.cells.delete(cell)
    forEachCombination(this.truth, cell.places, cell.leaves, (index) => {
      space.at[index] = space.at[index]?.filter((other) => other !== cell)
    })
  }

  isShown(cell: KnownCell): boolean {
    return this.#spaceOf(cell).shown.has(cell)
  }

  show(cell: KnownCell): void {
    this.#turn(cell, true)
  }

  hide(cell: KnownCell): void {
    this.#turn(cell, false)
  }

  #turn(cell: KnownCell, shown: boolean): void {
    const space = this.#spaceOf(cell)
    if (space.shown.has(cell) === shown) return
    const mark = (shown ? 1 : -1) * this.#mark(cell.name)
    forEachCombination(this.truth, cell.places, cell.leaves, (index) => {
      space.marks[index] = (space.marks[index] ?? 0) + mark
    })
    if (shown) space.shown.add(cell)
    else space.shown.delete(cell)
  }

  #spaceOf({ places }: KnownCell): Space {
    const name = places.join(',')
    let space = this.#spaces.get(name)
    if (!space) {
      const size = this.truth.size(places)
      space = { name, places, cells: new Set(), shown: new Set(), at: new Array(size), marks: new Float64Array(size) }
      this.#spaces.set(name, space)
    }
    return space
  }

  /** Whether the whole table that a move leads to fits everything that `attacker` knows. */
  fits(attacker: Attacker, move: Move): boolean {
    if (!leavesNobodyBelowZero(this.truth, move)) return false
    for (const space of this.#spaces.values()) if (!this.fitsIn(attacker, move, space.places, space.cells)) return false
    return true
  }

  /** The same for some cells, all limited on the dimensions `places`. */
  fitsIn(attacker: Attacker, move: Move, places: readonly number[], cells: Iterable<KnownCell>): boolean {
    const residue = residueOf(this.truth, move, places)
    if (residue.length === 0) return true
    for (const cell of cells) {
      const shown = this.isShown(cell)
      if (!shown && attacker.kind === 'outsider') continue
      const change = changeIn(residue, cell.masks)
      if (change === 0) continue
      if (shown) return false
      const { lower, upper } = knownBefore(attacker, cell, this.#unit)
      if (cell.count + change < lower || cell.count + change > upper) return false
    }
    return true
  }

  /** Sets of persons that anybody has asked for. */
  get size(): number {
    return this.#cells.size
  }

  /** Cells that are shown. */
  get equations(): number {
    let shown = 0
    for (const space of this.#spaces.values()) shown += space.shown.size
    return shown
  }
}
