/**
 * Whole tables next to the true one, each kept as what differs, for the guards they serve. Every one is checked here in whole numbers
 * against everything that its attacker knows; that is the proof, whatever way it was found.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import type { Guard } from '../guards.ts'
import type { Entry } from '../registry.ts'
import { type System, total } from '../system.ts'
import { Exchanges } from './exchanges.ts'

type Table = { readonly changes: ReadonlyMap<number, number>; readonly low: number; readonly high: number }
export type NearbyTables = ReadonlyMap<Guard, Table>

/** Tables found last that are tried for the next guard of the same attacker. */
const mostRecent = 12

export class Nearby {
  readonly #system: System
  readonly #truth: Float64Array
  readonly #exchanges: Exchanges
  #found = new Map<Guard, Table>()
  /** Whether the true table fits what an attacker knows; by name. */
  readonly #fits = new Map<string, boolean>()
  readonly #recent = new Map<string, ReadonlyMap<number, number>[]>()

  /** @param truth - fits what the outsider knows */
  constructor(system: System, truth: Float64Array) {
    this.#system = system
    this.#truth = truth
    this.#exchanges = new Exchanges(system, truth)
  }

  /** What the table of a guard shows of it; nothing if it has none. */
  seen(guard: Guard): { readonly low: number; readonly high: number } | undefined {
    return this.#found.get(guard)
  }

  /** Sums of unknowns in the table of a guard; nothing if it has none. */
  valuesFor(guard: Guard): ((columns: readonly number[]) => number) | undefined {
    const changes = this.#found.get(guard)?.changes
    return (
      changes && ((columns) => columns.reduce((sum, at) => sum + (this.#truth[at] ?? 0) + (changes.get(at) ?? 0), 0))
    )
  }

  /** Looks for a table. */
  find(guard: Guard): void {
    const { attacker } = guard
    if (guard.need === undefined || !this.#isTrueTo(attacker)) return
    const recent = this.#recent.get(attackerName(attacker)) ?? []
    if (recent.some((changes) => this.#take(guard, changes))) return
    const reached = this.#exchanges.reach(guard, false)
    if (!reached) return
    const changes = new Map(reached.changes)
    if (this.#take(guard, changes)) this.#recent.set(attackerName(attacker), [changes, ...recent].slice(0, mostRecent))
  }

  /** What would have to be withheld for a table. */
  priceOf(guard: Guard): readonly Entry[] | undefined {
    return this.#isTrueTo(guard.attacker) ? this.#exchanges.reach(guard, true)?.withheld : undefined
  }

  /** Takes over whether a cell is shown: tables in which it is otherwise are gone then. */
  refresh(entry: Entry): void {
    this.#exchanges.refresh(entry)
    if (!this.#system.isShown(entry)) return
    if (total(entry.columns, this.#truth) !== entry.count) this.#found.clear()
    this.#fits.clear()
    this.#recent.clear()
    for (const [guard, { changes }] of this.#found) {
      const change = entry.columns.reduce((sum, column) => sum + (changes.get(column) ?? 0), 0)
      if (change !== 0) this.#found.delete(guard)
    }
  }

  /** Checks every table once more against what is shown now, and forgets those that do not fit. */
  recheck(): void {
    for (const [guard, { changes }] of this.#found)
      if (!this.#isTrueTo(guard.attacker) || !this.#system.fitsChanged(guard.attacker, this.#truth, changes))
        this.#found.delete(guard)
  }

  snapshot(): NearbyTables {
    return new Map(this.#found)
  }

  /** Goes back to the tables known before. */
  restore(before: NearbyTables): void {
    this.#found = new Map([...this.#found, ...before])
  }

  #isTrueTo(attacker: Attacker): boolean {
    const name = attackerName(attacker)
    let fits = this.#fits.get(name)
    if (fits === undefined) {
      fits = this.#system.fits(attacker, this.#truth)
      this.#fits.set(name, fits)
    }
    return fits
  }

  #take(guard: Guard, changes: ReadonlyMap<number, number>): boolean {
    const { columns, factors } = guard.terms
    let truth = 0
    let reached = 0
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at] ?? -1
      const factor = factors[at] ?? 0
      truth += factor * (this.#truth[column] ?? 0)
      reached += factor * ((this.#truth[column] ?? 0) + (changes.get(column) ?? 0))
    }
    if (reached < (guard.need ?? Number.POSITIVE_INFINITY)) return false
    if (!this.#system.fitsChanged(guard.attacker, this.#truth, changes)) return false
    this.#found.set(guard, { changes, low: Math.min(truth, reached), high: Math.max(truth, reached) })
    return true
  }
}
