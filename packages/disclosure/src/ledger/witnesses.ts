/**
 * For every guard of every answer the whole table that keeps it: found once, checked again with each new answer.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import { guardName, type LedgerGuard, placesOf } from './guard.ts'
import type { KnownCell } from './known-cell.ts'
import type { Memory } from './memory.ts'
import type { Move } from './move.ts'
import { type Kept, Trial } from './trial.ts'

export class Witnesses {
  readonly #memory: Memory
  readonly #kept = new Map<string, Kept>()
  /** Guards that nothing can keep: attackers knew before any answer, or know a level that another guard keeps. */
  readonly #excused = new Set<string>()
  readonly #byPlaces = new Map<string, Set<Move>>()
  readonly #fits = new Map<Move, Map<string, Attacker>>()

  constructor(memory: Memory) {
    this.#memory = memory
  }

  has(guard: LedgerGuard): boolean {
    const name = guardName(guard)
    return this.#kept.has(name) || this.#excused.has(name)
  }

  /** Checks every table kept against cells that are new: which of them would an attacker see through? */
  trial(fresh: ReadonlySet<KnownCell>): Trial {
    return new Trial(this.#memory, { kept: this.#kept, byPlaces: this.#byPlaces, fits: this.#fits }, fresh)
  }

  keep(trial: Trial): void {
    for (const name of trial.excused) if (!trial.found.has(name)) this.#excused.add(name)
    for (const [move, attackers] of trial.lost) {
      const fits = this.#fits.get(move)
      for (const name of attackers) fits?.delete(name)
      if (fits?.size === 0) {
        this.#fits.delete(move)
        for (const moves of this.#byPlaces.values()) moves.delete(move)
      }
    }
    for (const [name, { guard, move }] of trial.found) {
      this.#kept.set(name, { guard, move })
      const fits = this.#fits.get(move) ?? new Map<string, Attacker>()
      this.#fits.set(move, fits.set(attackerName(guard.attacker), guard.attacker))
      const places = placesOf(guard).join(',')
      this.#byPlaces.set(places, (this.#byPlaces.get(places) ?? new Set()).add(move))
    }
  }
}
