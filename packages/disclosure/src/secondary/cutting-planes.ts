/**
 * Cutting planes for all guards at once: the least that has to be withheld, as far as the cuts found so far can tell.
 * Its cost is a lower bound for every pattern that holds; its pattern says where to look for one.
 * @see Fischetti & Salazar-Gonzalez, Management Science 47(7) (2001) 1008, sections 3 and 4
 * @module
 */
import { attackerName } from '../attackers.ts'
import type { Guard } from '../guards.ts'
import type { Solver } from '../highs-model.ts'
import type { Entry } from '../registry.ts'
import type { System } from '../system.ts'
import type { Budget } from './budget.ts'
import { Master } from './master.ts'
import { type Separated, Separation } from './separation.ts'

/**
 * How far to step from what the master proposes towards withholding everything before looking for a cut, most first. A cut that
 * is violated there is deeper: it takes a fifth of the cuts (compare in-out separation, Ben-Ameur & Neto 2007).
 */
const depths = [0.03, 0.003, 0] as const
const tiny = 1e-6

type Watched = { readonly guard: Guard; idle: number; sleep: number }

export class CuttingPlanes {
  readonly choices: readonly Entry[]
  readonly #solver: Solver
  readonly #system: System
  readonly #master: Master
  readonly #separations = new Map<string, Separation>()
  #watched: Watched[]
  /** What the master asks for now: how far each choice is withheld. */
  z: Float64Array
  /** No pattern that holds costs less. */
  bound = 0

  /**
   * @param guards - with a level and a true value each
   * @param choices - cells that may be withheld
   */
  constructor(solver: Solver, system: System, guards: readonly Guard[], choices: readonly Entry[]) {
    this.#solver = solver
    this.#system = system
    this.choices = choices
    this.#master = new Master(
      solver,
      Float64Array.from(choices, ({ cost }) => cost),
    )
    this.z = new Float64Array(choices.length)
    this.#watched = guards.map((guard) => ({ guard, idle: 0, sleep: 0 }))
  }

  /** Leaves out the guards that hold with nothing more withheld, and those that no pattern makes hold. */
  prepare(budget: Budget): void {
    const none = new Float64Array(this.choices.length)
    this.#watched = this.#watched.filter(({ guard }) => {
      if (budget.spent()) return true
      const found = this.#separate(guard, none, budget)
      if (found.status !== 'cut') return false
      const most = found.cut.factors.reduce((sum, factor) => sum + factor, 0)
      if (most < 1 + tiny) return false
      this.#master.add(found.cut)
      return true
    })
  }

  /**
   * Adds cuts until none is violated by parts of cells, or until they hardly tell more.
   * @param enough - stop when the bound reaches this
   */
  relax(budget: Budget, enough: number): void {
    let depth = 0
    for (let round = 0; !budget.spent(); round++) {
      const proposed = this.#master.solve(false, budget.remainingMs())
      if (!proposed) return
      this.z = proposed.z
      this.bound = Math.max(this.bound, proposed.bound)
      if (this.bound >= enough) return
      while (this.#round(budget, depths[depth] ?? 0, round) === 0) {
        for (const watched of this.#watched) watched.sleep = 0
        if (++depth >= depths.length || budget.spent()) return
      }
    }
  }

  /** Asks for a pattern in whole cells that all cuts so far allow, and adds the cuts that it violates. @returns whether there was time */
  whole(budget: Budget): boolean {
    if (budget.spent()) return false
    const proposed = this.#master.solve(true, budget.remainingMs())
    if (!proposed) return false
    this.z = proposed.z
    this.bound = Math.max(this.bound, proposed.bound)
    for (const watched of this.#watched) watched.sleep = 0
    for (const depth of depths) if (this.#round(budget, depth, 0) > 0) break
    return true
  }

  /** @returns how many cuts were added */
  #round(budget: Budget, depth: number, round: number): number {
    const at = depth === 0 ? this.z : this.z.map((part) => part + depth * (1 - part))
    let cuts = 0
    for (const watched of this.#watched) {
      if (watched.sleep > round) continue
      if (budget.spent()) return cuts
      const found = this.#separate(watched.guard, at, budget)
      if (found.status === 'cut') {
        this.#master.add(found.cut)
        cuts++
        watched.idle = 0
      } else {
        // A guard that holds now is likely to hold in the next rounds.
        watched.idle++
        watched.sleep = round + Math.min(16, 2 ** watched.idle)
      }
    }
    return cuts
  }

  #separate(guard: Guard, at: Float64Array, budget: Budget): Separated {
    const name = attackerName(guard.attacker)
    let separation = this.#separations.get(name)
    if (!separation) {
      separation = new Separation(this.#solver, this.#system, guard.attacker, this.choices)
      this.#separations.set(name, separation)
    }
    return separation.separate(guard, at, budget.remainingMs())
  }

  dispose(): void {
    this.#master.dispose()
    for (const separation of this.#separations.values()) separation.dispose()
  }
}
