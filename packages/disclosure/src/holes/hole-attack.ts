/**
 * The attacker's programme cut down to what is hidden: from a whole table that fits, where shown cells do not move. It is small, and
 * decides most attacks; what it does not decide is left to the solver.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import type { Guard } from '../guards.ts'
import type { Entry } from '../registry.ts'
import { type System, total } from '../system.ts'
import { ExchangeTableau, type Reached, type Room, type Tie } from './exchange-tableau.ts'

/** Steps of one search at most. */
const mostSteps = 600
/** Movements at most. */
const mostMovements = 1_000
/** Cells that were hidden before stay in the tableau up to this many for each that is hidden now. */
const spare = 2
/** Searches for one guard at most, each with fractions of the last one done without. */
const mostSearches = 60
const whole = 1e-6
/** Nearer to its level than this, fractions prove nothing. */
const close = 1e-4

type Built = {
  readonly tableau: ExchangeTableau
  /** Movement of a column. */
  readonly ofColumn: ReadonlyMap<number, number>
  /** Movement of a cell of several columns, or of the one column of a cell. */
  readonly ofEntry: ReadonlyMap<Entry, number>
  readonly size: number
  readonly rooms: Map<string, { readonly attacker: Attacker; readonly room: Room }>
}

export class HoleAttack {
  readonly #system: System
  readonly #start: Float64Array
  /** Whether the start fits what an attacker knows; by name. */
  readonly #fits = new Map<string, boolean>()
  #built: Built | 'too large' | undefined
  /** Cells that the tableau takes to be hidden; the others do not move. */
  #hidden: ReadonlySet<Entry> = new Set()
  #work = 0

  /** @param start - whole, and fits what the outsider knows */
  constructor(system: System, start: Float64Array) {
    this.#system = system
    this.#start = start
  }

  /** Takes over whether a cell is shown. */
  refresh(entry: Entry): void {
    if (!this.#system.isShown(entry) && !this.#hidden.has(entry)) this.#built = undefined
    if (this.#built === undefined || this.#built === 'too large') return
    const at = this.#built.ofEntry.get(entry)
    if (at === undefined) return
    for (const known of this.#built.rooms.values()) this.#limit(known.room, at, known.attacker, entry)
  }

  /** Work done since this was asked last, in numbers touched. */
  takeWork(): number {
    const work = this.#work
    this.#work = 0
    return work
  }

  /** @returns a table that may serve, `broken` if there is none even in fractions, or nothing if that was not decided */
  attack({ attacker, terms, need }: Guard): Float64Array | 'broken' | undefined {
    if (need === undefined || !this.#fitsStart(attacker)) return undefined
    this.#built ??= this.#build()
    if (this.#built === 'too large') return undefined
    const { tableau, ofColumn } = this.#built
    const room = this.#room(this.#built, attacker)
    const columns: number[] = []
    const factors: number[] = []
    let missing = need
    terms.columns.forEach((column, at) => {
      const factor = terms.factors[at] ?? 0
      missing -= factor * (this.#start[column] ?? 0)
      const movement = ofColumn.get(column)
      if (movement === undefined) return
      columns.push(movement)
      factors.push(factor)
    })
    const before = tableau.work
    try {
      const found = tableau.reach({ columns, factors }, missing, room, mostSteps)
      if (found.status === 'unclear') return undefined
      if (found.status === 'short') return found.most < missing - close ? 'broken' : undefined
      const moved = wholeFrom(found.moved, room, (within) =>
        tableau.reach({ columns, factors }, missing, within, mostSteps),
      )
      if (!moved) return undefined
      const values = this.#start.slice()
      for (const [column, at] of ofColumn) values[column] = (values[column] ?? 0) + Math.round(moved[at] ?? 0)
      return values
    } finally {
      this.#work += tableau.work - before
    }
  }

  #fitsStart(attacker: Attacker): boolean {
    const name = attackerName(attacker)
    let fits = this.#fits.get(name)
    if (fits === undefined) {
      fits = this.#system.fits(attacker, this.#start)
      this.#fits.set(name, fits)
    }
    return fits
  }

  /** One tableau for all attackers: they differ in how far they know that something may move. */
  #build(): Built | 'too large' {
    const { entries, atoms } = this.#system
    const now = entries.filter((entry) => !this.#system.isShown(entry))
    const ever = new Set([...this.#hidden, ...now])
    this.#hidden = ever.size > spare * now.length ? new Set(now) : ever
    const still = new Uint8Array(atoms.columns)
    for (const entry of entries)
      if (entry.columns.length === 1 && !this.#hidden.has(entry)) still[entry.columns[0] ?? 0] = 1
    const ofColumn = new Map<number, number>()
    for (let column = 0; column < atoms.columns; column++) if (still[column] === 0) ofColumn.set(column, ofColumn.size)
    const movements = (columns: readonly number[]): number[] => columns.flatMap((column) => ofColumn.get(column) ?? [])
    const ties: Tie[] = atoms.agreements.map(({ left, right }) => {
      const [more, less] = [movements(left), movements(right)]
      return { columns: [...more, ...less], factors: [...more.map(() => 1), ...less.map(() => -1)] }
    })
    const ofEntry = new Map<Entry, number>()
    const known = new Set<string>()
    let size = ofColumn.size
    for (const entry of entries) {
      const columns = movements(entry.columns)
      if (columns.length === 0) continue
      if (entry.columns.length === 1) {
        ofEntry.set(entry, columns[0] as number)
      } else if (this.#hidden.has(entry)) {
        ofEntry.set(entry, size)
        ties.push({ columns: [...columns, size++], factors: [...columns.map(() => 1), -1] })
      } else {
        // Many sums hold the same hidden cells.
        const name = columns.join()
        if (!known.has(name)) ties.push({ columns, factors: columns.map(() => 1) })
        known.add(name)
      }
    }
    if (size > mostMovements) return 'too large'
    const tableau = new ExchangeTableau(size, ties)
    this.#work += tableau.work
    return { tableau, ofColumn, ofEntry, size, rooms: new Map() }
  }

  #room({ ofColumn, ofEntry, size, rooms }: Built, attacker: Attacker): Room {
    const name = attackerName(attacker)
    let known = rooms.get(name)
    if (!known) {
      const room = { lower: new Float64Array(size), upper: new Float64Array(size) }
      for (const [column, at] of ofColumn) {
        room.lower[at] = -(this.#start[column] ?? 0)
        room.upper[at] = this.#system.ceiling - (this.#start[column] ?? 0)
      }
      for (const [entry, at] of ofEntry) this.#limit(room, at, attacker, entry)
      known = { attacker, room }
      rooms.set(name, known)
    }
    return known.room
  }

  #limit({ lower, upper }: Room, at: number, attacker: Attacker, entry: Entry): void {
    const known = this.#system.bounds(attacker, entry)
    const here = total(entry.columns, this.#start)
    const most = entry.columns.length === 1 ? Math.min(known.upper, this.#system.ceiling) : known.upper
    lower[at] = Math.min(0, known.lower - here)
    upper[at] = Math.max(0, most - here)
  }
}

/**
 * From movements in fractions to whole ones: one of the fractions may go no further than the whole number before it, then the next.
 * Finding none means nothing.
 */
function wholeFrom(
  first: Float64Array,
  { lower, upper }: Room,
  search: (room: Room) => Reached,
): Float64Array | undefined {
  let searches = 0
  const dive = (moved: Float64Array, room: Room): Float64Array | undefined => {
    const parts = [...moved.keys()].filter((at) => Math.abs((moved[at] ?? 0) - Math.round(moved[at] ?? 0)) > whole)
    if (parts.length === 0) return moved
    for (const at of parts) {
      if (searches++ >= mostSearches) return undefined
      const part = moved[at] ?? 0
      const within = {
        lower: part < 0 ? room.lower.with(at, Math.ceil(part)) : room.lower,
        upper: part > 0 ? room.upper.with(at, Math.floor(part)) : room.upper,
      }
      const found = search(within)
      const made = found.status === 'reached' ? dive(found.moved, within) : undefined
      if (made) return made
    }
    return undefined
  }
  return dive(first, { lower, upper })
}
