/**
 * The simplest way to another whole table: persons who are alike but for some dimensions exchange their categories there.
 *
 * Two categories on each of some dimensions make the corners of a cube; persons move from every second corner to the others
 * and keep all else they are. Whatever leaves one of these dimensions out does not change, so most moves outlive all later
 * questions. Shown cells of the question at hand may be withheld to make way, at their price. Whoever asked checks the result
 * exactly.
 * @module
 */
import { type Attacker, knownBefore } from '../attackers.ts'
import type { Unit } from '../types.ts'
import { type Corner, cubeOf, subsets } from './cube.ts'
import { type Cube, doCube, numberAmong } from './do-cube.ts'
import type { LedgerGuard } from './guard.ts'
import { forEachCombination, type KnownCell } from './known-cell.ts'
import type { Memory, Space } from './memory.ts'
import { type Move, moveOf } from './move.ts'
import type { Truth } from './people.ts'

/** Starting corners, cubes weighed and cubes tried for one guard, at most. */
const most = { starts: 64, weighed: 6_000, tried: 600, useful: 120 } as const

export type Exchanged = { readonly move: Move; readonly withheld: readonly KnownCell[] }

/** The question at hand: which dimensions it is about, what its undecided cells cost to withhold. */
export type Around = {
  readonly unit: Unit
  readonly places: readonly number[]
  readonly prices: ReadonlyMap<KnownCell, number>
}

type Candidate = Cube & { readonly cost: number; readonly hidden: readonly KnownCell[] }

/**
 * @param mayWithhold - whether cells of the question may pay for it
 * @returns a move after which the guard is at its level, and what has to be withheld for it; nothing if exchanges do not get there
 */
export function exchange(
  memory: Memory,
  guard: LedgerGuard,
  around: Around,
  mayWithhold: boolean,
): Exchanged | undefined {
  return new Search(memory, guard, around, mayWithhold).run()
}

class Search {
  readonly #truth: Truth
  readonly #memory: Memory
  readonly #guard: LedgerGuard
  readonly #around: Around
  readonly #mayWithhold: boolean
  readonly #cell: KnownCell
  readonly #sign: 1 | -1
  /** Dimensions on which corners are told apart. */
  readonly #places: readonly number[]
  /** Where a dimension stands among {@link #places}. */
  readonly #depthOf: readonly (number | undefined)[]
  #weighed = 0

  constructor(memory: Memory, guard: LedgerGuard, around: Around, mayWithhold: boolean) {
    this.#mayWithhold = mayWithhold
    this.#memory = memory
    this.#truth = memory.truth
    this.#guard = guard
    this.#around = around
    // The narrowest cell of the guard is what is made larger, or smaller where that is what serves.
    const narrowest = guard.terms.reduce((best, term) => (isNarrower(term.cell, best.cell) ? term : best))
    this.#cell = narrowest.cell
    this.#sign = narrowest.factor > 0 ? 1 : -1
    const inside = this.#cell.places.every((place) => around.places.includes(place))
    this.#places = inside ? around.places : this.#cell.places
    const depthOf: (number | undefined)[] = []
    for (const [depth, place] of this.#places.entries()) depthOf[place] = depth
    this.#depthOf = depthOf
  }

  run(): Exchanged | undefined {
    const candidates: Candidate[] = []
    const starts = this.#starts()
    for (const varied of subsets(this.#cell.places)) {
      this.#weighed = 0
      const before = candidates.length
      for (const start of starts) this.#weigh(start, varied, candidates)
      const found = candidates.length > before ? this.#combine(candidates) : undefined
      if (found) return found
    }
    return undefined
  }

  #starts(): number[][] {
    const inside = this.#places.map((place) => {
      const depth = this.#cell.places.indexOf(place)
      return depth >= 0
        ? (this.#cell.leaves[depth] ?? [])
        : Array.from({ length: this.#truth.leaves[place] ?? 0 }, (_, leaf) => leaf)
    })
    const all: number[] = []
    forEachCombination(this.#truth, this.#places, inside, (index) => all.push(index))
    const step = Math.max(1, all.length / most.starts)
    const some = Array.from({ length: Math.min(all.length, most.starts) }, (_, at) => all[Math.floor(at * step)] ?? 0)
    return some.map((index) => this.#codesOf(index))
  }

  #codesOf(index: number): number[] {
    const codes = new Array<number>(this.#places.length)
    let rest = index
    for (let depth = this.#places.length - 1; depth >= 0; depth--) {
      const size = this.#truth.leaves[this.#places[depth] ?? -1] ?? 1
      codes[depth] = rest % size
      rest = Math.floor(rest / size)
    }
    return codes
  }

  /** Adds every cube from a start that nothing shown for good forbids. */
  #weigh(start: readonly number[], varied: readonly number[], candidates: Candidate[]): void {
    const spaces = [...this.#memory.spaces].filter(
      ({ places }) =>
        varied.every((place) => places.includes(place)) && places.every((place) => this.#places.includes(place)),
    )
    const partners = varied.map((place) => {
      const mask = this.#cell.masks[this.#cell.places.indexOf(place)]
      return Array.from({ length: this.#truth.leaves[place] ?? 0 }, (_, leaf) => leaf).filter((leaf) => !mask?.[leaf])
    })
    const chosen: number[] = []
    const walk = (depth: number): void => {
      if (this.#weighed >= most.weighed) return
      if (depth < varied.length) {
        for (const leaf of partners[depth] ?? []) {
          chosen[depth] = leaf
          walk(depth + 1)
        }
        return
      }
      this.#weighed++
      const depths = varied.map((place) => this.#places.indexOf(place))
      const corners = cubeOf(start, depths, chosen, this.#sign)
      const gain = this.#gainOf(corners)
      if (gain <= 0) return
      const fewest = this.#fewestAt(corners)
      if (fewest === 0) return
      const isFree = spaces.every((space) => this.#isEven(space, corners))
      if (!isFree && !this.#mayWithhold) return
      const price = this.#price(corners, spaces)
      if (price) candidates.push({ corners, varied, gain, ...price, room: Math.min(price.room, fewest) })
    }
    walk(0)
  }

  /** Whether the shown cells of a space cannot tell the corners with a plus from those with a minus, by their marks. */
  #isEven(space: Space, corners: readonly Corner[]): boolean {
    let sum = 0
    for (const { codes, sign } of corners) sum += sign * (space.marks[this.#indexIn(space, codes)] ?? 0)
    return sum === 0
  }

  /** Persons at the emptiest corner that some are taken from. */
  #fewestAt(corners: readonly Corner[]): number {
    const counts = this.#truth.projection(this.#places)
    return corners.reduce(
      (fewest, { codes, sign }) =>
        sign < 0 ? Math.min(fewest, counts[numberAmong(this.#truth, this.#places, codes)] ?? 0) : fewest,
      Number.POSITIVE_INFINITY,
    )
  }

  /** What a cube costs in cells to withhold, and how often it can be done; nothing if never. */
  #price(
    corners: readonly Corner[],
    spaces: readonly Space[],
  ): Pick<Candidate, 'cost' | 'hidden' | 'room'> | undefined {
    const { attacker } = this.#guard
    let cost = 0
    let room = Number.POSITIVE_INFINITY
    const hidden: KnownCell[] = []
    for (const space of spaces) {
      const changes = new Map<KnownCell, number>()
      for (const { codes, sign } of corners) {
        for (const cell of space.at[this.#indexIn(space, codes)] ?? [])
          changes.set(cell, (changes.get(cell) ?? 0) + sign)
      }
      for (const [cell, change] of changes) {
        if (change === 0) continue
        if (this.#memory.isShown(cell)) {
          const price = this.#around.prices.get(cell)
          if (price === undefined) return undefined
          cost += price
          hidden.push(cell)
        }
        room = Math.min(room, roomIn(attacker, cell, change, this.#around.unit))
        if (room <= 0) return undefined
      }
    }
    return { cost, hidden, room }
  }

  #indexIn(space: Space, codes: readonly number[]): number {
    let index = 0
    for (const place of space.places)
      index = index * (this.#truth.leaves[place] ?? 1) + (codes[this.#depthOf[place] ?? -1] ?? 0)
    return index
  }

  /** What one unit of the exchange adds to the guarded sum. */
  #gainOf(corners: readonly Corner[]): number {
    let gain = 0
    for (const { cell, factor } of this.#guard.terms) {
      if (!cell.places.every((place) => this.#places.includes(place))) return 0
      for (const { codes, sign } of corners) {
        const isInside = cell.places.every(
          (place, depth) => cell.masks[depth]?.[codes[this.#places.indexOf(place)] ?? -1],
        )
        if (isInside) gain += factor * sign
      }
    }
    return gain
  }

  /** Cheapest cubes first, measured by what each brings, until the level is reached. */
  #combine(candidates: readonly Candidate[]): Exchanged | undefined {
    const goal = this.#guard.need - this.#guard.truth
    const measured: { candidate: Candidate; price: number }[] = []
    const promised = ({ cost, room, gain }: Candidate) => cost / Math.min(room * gain, goal)
    const cheapest = candidates.toSorted((a, b) => promised(a) - promised(b) || b.room - a.room).slice(0, most.tried)
    for (const candidate of cheapest) {
      if (measured.length >= most.useful) break
      const brings = doCube(this.#memory, this.#places, candidate, new Map(), goal)
      if (brings > 0) measured.push({ candidate, price: candidate.cost / Math.min(brings, goal) })
    }
    const shifts = new Map<number, number>()
    const varied = new Set<readonly number[]>()
    const withheld = new Set<KnownCell>()
    let missing = goal
    for (const { candidate } of measured.toSorted((a, b) => a.price - b.price)) {
      const brings = doCube(this.#memory, this.#places, candidate, shifts, missing)
      if (brings === 0) continue
      varied.add(candidate.varied)
      for (const cell of candidate.hidden) withheld.add(cell)
      missing -= brings
      if (missing <= 0) return { move: moveOf(shifts, [...varied]), withheld: [...withheld] }
    }
    return undefined
  }
}

const isNarrower = (a: KnownCell, b: KnownCell): boolean =>
  a.places.length > b.places.length || (a.places.length === b.places.length && a.count < b.count)

/** How often a cell can change so much before the attacker knows better. */
function roomIn(attacker: Attacker, cell: KnownCell, change: number, unit: Unit): number {
  if (attacker.kind === 'outsider') return Number.POSITIVE_INFINITY
  const { lower, upper } = knownBefore(attacker, cell, unit)
  return Math.floor(change < 0 ? (cell.count - lower) / -change : (upper - cell.count) / change)
}
