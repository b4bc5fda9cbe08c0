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
import { type Cut, type Separated, Separation } from './separation.ts'

/**
 * How far to step from what the master proposes towards withholding everything before looking for a cut, most first. A cut that
 * is violated there is deeper: it takes a fifth of the cuts (compare in-out separation, Ben-Ameur & Neto 2007).
 */
const depths = [0.03, 0.003, 0] as const
/** Share of the cells withheld in part that a step of a dive makes whole. */
const share = 0.1
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
  readonly #cutsOf: Cut[][]
  readonly #choiceOf: ReadonlyMap<Entry, number>
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
    this.#cutsOf = choices.map(() => [])
    this.#choiceOf = new Map(choices.map((entry, choice) => [entry, choice]))
    this.#watched = guards.map((guard) => ({ guard, idle: 0, sleep: 0 }))
  }

  /** Leaves out the guards that hold with nothing more withheld, and those that no pattern makes hold. */
  prepare(budget: Budget): void {
    const none = new Float64Array(this.choices.length)
    this.#watched = this.#watched.filter((watched) => {
      if (budget.spent()) return true
      const found = this.#separate(watched, none, budget)
      if (found.status !== 'cut') return false
      const most = found.cut.factors.reduce((sum, factor) => sum + factor, 0)
      if (most < 1 + tiny) return false
      this.#add(found.cut)
      return true
    })
  }

  /**
   * Adds cuts until none is violated by parts of cells.
   * @param enough - stop when the bound reaches this
   */
  relax(budget: Budget, enough: number): void {
    this.#cut(
      budget,
      (bound) => {
        this.bound = Math.max(this.bound, bound)
        return this.bound >= enough
      },
      depths,
    )
  }

  /**
   * From parts to whole cells: withholds what is withheld most, sees what that changes, and so on.
   * @param enough - a pattern that costs this is not worth finding
   * @returns whether `z` is a pattern in whole cells that costs less than `enough`
   */
  dive(budget: Budget, enough: number): boolean {
    const fixed = new Set<number>()
    let tooDear = false
    const stop = (bound: number): boolean => {
      tooDear = bound >= enough
      return tooDear
    }
    let last = false
    while (!budget.spent() && !tooDear) {
      const open = [...this.z.keys()]
        .filter((choice) => (this.z[choice] ?? 0) > 0 && !fixed.has(choice))
        .toSorted((a, b) => (this.z[b] ?? 0) - (this.z[a] ?? 0))
      const whole = open.filter((choice) => (this.z[choice] ?? 0) === 1)
      if (whole.length === open.length) {
        if (last) break
        // In whole cells; what the shallow search left out is looked for now.
        last = true
        this.#cut(budget, stop, depths)
        continue
      }
      last = false
      // Of equally large parts only some are made whole: the others may then not be needed.
      const chosen = open.slice(0, whole.length + Math.max(1, Math.floor(share * (open.length - whole.length))))
      for (const choice of chosen) {
        this.#master.fix(choice, true)
        fixed.add(choice)
      }
      this.#cut(budget, stop, depths.slice(0, 1))
    }
    for (const choice of fixed) this.#master.fix(choice, false)
    return !tooDear && !budget.spent()
  }

  #cut(budget: Budget, enough: (bound: number) => boolean, steps: readonly number[]): void {
    for (const watched of this.#watched) watched.sleep = 0
    let depth = 0
    for (let round = 0; !budget.spent(); round++) {
      const proposed = this.#master.solve(false, budget.remainingMs())
      if (!proposed) return
      this.z = proposed.z
      if (enough(proposed.bound)) return
      while (this.#round(budget, steps[depth] ?? 0, round) === 0) {
        for (const watched of this.#watched) watched.sleep = 0
        if (++depth >= steps.length || budget.spent()) return
      }
    }
  }

  #add(cut: Cut): void {
    this.#master.add(cut)
    for (const choice of cut.choices) this.#cutsOf[choice]?.push(cut)
  }

  /** Whether a pattern may do without a cell, as far as the cuts can tell. */
  allowsWithout(withheld: ReadonlySet<Entry>, out: Entry): boolean {
    const cuts = this.#cutsOf[this.#choiceOf.get(out) ?? -1] ?? []
    return cuts.every(({ choices, factors }) => {
      let sum = 0
      choices.forEach((choice, index) => {
        const entry = this.choices[choice]
        if (entry && entry !== out && withheld.has(entry)) sum += factors[index] ?? 0
      })
      return sum > 1 - tiny
    })
  }

  /** Finds out why a guard does not hold with these cells withheld, so that nothing like it is proposed again. */
  learn(guard: Guard, withheld: ReadonlySet<Entry>, budget: Budget): void {
    const watched = this.#watched.find((each) => each.guard === guard)
    if (!watched) return
    const found = this.#separate(
      watched,
      Float64Array.from(this.choices, (entry) => Number(withheld.has(entry))),
      budget,
    )
    if (found.status === 'cut') this.#add(found.cut)
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
      const found = this.#separate(watched, at, budget)
      if (found.status === 'cut') {
        this.#add(found.cut)
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

  #separate({ guard }: Watched, at: Float64Array, budget: Budget): Separated {
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
