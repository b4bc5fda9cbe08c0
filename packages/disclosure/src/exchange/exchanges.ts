/**
 * Other whole tables without a solver: from a table that fits everything, units exchange their categories until a guarded sum
 * is at its level. Proposals only: whoever asks checks each in whole numbers.
 *
 * Units move from every second corner of a cube or a ring (`cubes.ts`, `rings.ts`) to the others. A table that leaves out one of the
 * dimensions on which the corners differ does not change. Where a neighbouring crossing has all of them, the same is done there,
 * anywhere on its other dimensions (`cliques.ts`: crossings that agree belong to one whole table).
 * @module
 */
import type { Attacker } from '../attackers.ts'
import type { Guard } from '../guards.ts'
import type { Linear } from '../highs-model.ts'
import type { Entry } from '../registry.ts'
import type { System } from '../system.ts'
import { cubes, type Goal, type Move } from './cubes.ts'
import { type Corners, Layout } from './layout.ts'
import { rings } from './rings.ts'
import { type Changes, Seen, valueOf } from './seen.ts'

/** Moves tried for one guard, at most. */
const most = { free: 400, priced: 2_000 } as const

export type Exchanged = {
  /** By column, what differs from the true table: never nothing. */
  readonly changes: Changes
  /** Cells of the table asked for that have to be withheld for it. */
  readonly withheld: readonly Entry[]
}

type Candidate = { readonly changes: Changes; readonly gain: number; readonly promise: number }

export class Exchanges {
  readonly #system: System
  readonly #layout: Layout
  readonly #seen: Seen
  /** The true table; changed while a way is looked for, and put right afterwards. */
  readonly #values: Float64Array
  #done = new Map<number, number>()

  /** @param truth - fits everything that any attacker knows */
  constructor(system: System, truth: Float64Array) {
    this.#system = system
    this.#layout = new Layout(system.atoms)
    this.#seen = new Seen(system)
    this.#values = truth.slice()
  }

  /** Takes over whether the cell is shown. */
  refresh(entry: Entry): void {
    this.#seen.refresh(entry)
  }

  /**
   * @param mayWithhold - whether cells of the table asked for may pay for it
   * @returns a table in which the guard is at its level, if exchanges get there
   */
  reach({ attacker, terms, need }: Guard, mayWithhold: boolean): Exchanged | undefined {
    const crossing = this.#layout.crossingOf(terms.columns[0] ?? -1)
    if (need === undefined || !terms.columns.every((column) => this.#layout.crossingOf(column) === crossing))
      return undefined
    try {
      const withheld = mayWithhold
        ? this.#buy(attacker, this.#goal(crossing, terms, need))
        : this.#exchange(attacker, this.#goal(crossing, terms, need)) || this.#climb(attacker, crossing, terms, need)
          ? []
          : undefined
      const changes = [...this.#done].filter(([, change]) => change !== 0)
      return withheld && { changes, withheld }
    } finally {
      this.#undo()
    }
  }

  /** Where the hidden cells around a sum hold too few themselves, they are brought to the level first. */
  #climb(attacker: Attacker, crossing: number, terms: Linear, need: number): boolean {
    this.#undo()
    const around = this.#seen.around(terms.columns).filter((entry) => valueOf(entry, this.#values) < need)
    return (
      around.length > 0 &&
      around.every(({ columns }) =>
        this.#exchange(attacker, this.#goal(crossing, { columns, factors: columns.map(() => 1) }, need)),
      ) &&
      this.#exchange(attacker, this.#goal(crossing, terms, need))
    )
  }

  #goal(crossing: number, { columns, factors }: Linear, need: number): Goal {
    const byColumn = new Map(columns.map((column, index) => [column, factors[index] ?? 0]))
    let missing = need
    for (const [column, factor] of byColumn) missing -= factor * (this.#values[column] ?? 0)
    return { crossing, factors: byColumn, missing, values: this.#values }
  }

  #apply(changes: Changes): void {
    for (const [column, change] of changes) {
      this.#values[column] = (this.#values[column] ?? 0) + change
      this.#done.set(column, (this.#done.get(column) ?? 0) + change)
    }
  }

  #undo(): void {
    for (const [column, change] of this.#done) this.#values[column] = (this.#values[column] ?? 0) - change
    this.#done = new Map()
  }

  /** With nothing withheld: the first moves that nobody can see. */
  #exchange(attacker: Attacker, goal: Goal): boolean {
    const { crossing, factors, missing, values } = goal
    let left = missing
    if (left <= 0) return true
    const ways = [cubes(this.#layout, this.#seen, goal, true), rings(this.#layout, this.#seen, goal, attacker)]
    for (const way of ways) {
      let tried = 0
      for (const move of way) {
        if (tried++ > most.free) break
        for (let units = Math.min(Math.ceil(left / move.gain), roomOf(move, values)); units > 0; units >>= 1) {
          const changes = this.#everywhere(crossing, move, units, values, true)
          if (!changes || !this.#seen.allows(attacker, changes, values)) continue
          this.#apply(changes)
          left -= move.gain * units
          this.#layout.prefer(crossing, factors.size, move.varied)
          break
        }
        if (left <= 0) return true
      }
    }
    return false
  }

  /** With cells withheld: the cheapest cubes, measured by what each brings. */
  #buy(attacker: Attacker, goal: Goal): Entry[] | undefined {
    const { crossing, missing, values } = goal
    const candidates: Candidate[] = []
    for (const move of cubes(this.#layout, this.#seen, goal, false)) {
      if (candidates.length >= most.priced) break
      const units = Math.min(Math.ceil(missing / move.gain), roomOf(move, values))
      const changes = this.#everywhere(crossing, move, units, values, false)
      const cost = changes && this.#seen.priceOf(attacker, changes)
      const gain = move.gain * units
      if (changes && cost !== undefined) candidates.push({ changes, gain, promise: cost / Math.min(gain, missing) })
    }
    const withheld = new Set<Entry>()
    let left = missing
    for (const { changes, gain } of candidates.toSorted((a, b) => a.promise - b.promise)) {
      const hidden = this.#seen.withheldFor(attacker, changes, values)
      if (!hidden) continue
      this.#apply(changes)
      for (const entry of hidden) withheld.add(entry)
      left -= gain
      if (left <= 0) return [...withheld].filter((entry) => this.#system.isShown(entry))
    }
    return undefined
  }

  /**
   * A move in its crossing and in every other that has all its dimensions.
   * @param evenly - only where nobody can see it
   * @returns change by column; nothing if some crossing has nobody to move
   */
  #everywhere(crossing: number, move: Move, units: number, values: Float64Array, evenly: boolean): Changes | undefined {
    const changes = new Map<number, number>()
    const add = ({ plus, minus }: Corners, count: number): void => {
      for (const column of plus) changes.set(column, (changes.get(column) ?? 0) + count)
      for (const column of minus) changes.set(column, (changes.get(column) ?? 0) - count)
    }
    add(move, units)
    const names = this.#layout.namesOf(crossing, move.varied)
    type Moved = Corners & { readonly units: number }
    const walk = (here: number, moves: readonly Moved[], from: number): boolean =>
      this.#layout.neighbours(here).every(({ other, shared }) => {
        if (other === from || !names.every((name) => shared.includes(name))) return true
        const there: Moved[] = []
        for (const done of moves) {
          let left = done.units
          for (const carried of this.#layout.carried(here, other, done)) {
            if (left === 0) break
            const count = Math.min(left, roomOf(carried, values))
            if (count === 0 || (evenly && !this.#seen.isEven(carried))) continue
            there.push({ ...carried, units: count })
            left -= count
          }
          if (left > 0) return false
        }
        for (const done of there) add(done, done.units)
        return walk(other, there, here)
      })
    if (!walk(crossing, [{ ...move, units }], -1)) return undefined
    return [...changes].filter(([, change]) => change !== 0)
  }
}

/** Units at the emptiest corner that some are taken from. */
function roomOf({ minus }: Pick<Corners, 'minus'>, values: Float64Array): number {
  let room = Number.POSITIVE_INFINITY
  for (const column of minus) room = Math.min(room, values[column] ?? 0)
  return room
}
