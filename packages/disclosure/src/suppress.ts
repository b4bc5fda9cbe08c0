/**
 * Secondary suppression: withhold what it takes until no attacker breaks a guard, then show again what was not needed.
 * It ends with every guard open, or with a refusal. Cheapest first: inner cells before margins, small before large.
 * @module
 */
import { type Attacker, attackerName } from './attackers.ts'
import type { Audit, Tables, Verdict } from './audit.ts'
import { AuditModel } from './audit-model.ts'
import type { Guard } from './guards.ts'
import type { Linear, Solver } from './highs-model.ts'
import type { Entry } from './registry.ts'
import { type Repair, RepairModel } from './repair-model.ts'
import type { Budget } from './secondary/budget.ts'
import type { System } from './system.ts'
import type { RefusalCode } from './types.ts'

const usualExchangeFrom = 1_000

/** A way of withholding, and the tables known to fit it. */
export type Pattern = {
  readonly withheld: ReadonlySet<Entry>
  readonly cost: number
  readonly witnesses: Tables
}

/** What a search for patterns knows of those that do not hold. */
export type Hints = {
  readonly allowsWithout: (withheld: ReadonlySet<Entry>, out: Entry) => boolean
  readonly learn: (guard: Guard, withheld: ReadonlySet<Entry>, budget: Budget) => void
}

/** What a pattern costs, and what no pattern that holds goes below. */
export type Improved = { readonly cost: number; readonly atLeast: number }

export class Suppression {
  readonly solver: Solver
  readonly system: System
  readonly #audit: Audit
  /** Exchanges are known, and programmes take long. */
  readonly #isLarge: boolean
  readonly #repairs = new Map<string, RepairModel>()
  /** Cells withheld for the sake of others. */
  readonly #secondary = new Set<Entry>()
  #prices: ReadonlyMap<Entry, number> = new Map()
  /** How good the pattern is, once somebody has tried to find a better one. */
  improved: Improved = { cost: 0, atLeast: 0 }

  /** @param exchangeFrom - see {@link Limits} */
  constructor(solver: Solver, system: System, audit: Audit, exchangeFrom = usualExchangeFrom) {
    this.#isLarge = audit.canExchange && system.atoms.columns >= exchangeFrom
    this.solver = solver
    this.system = system
    this.#audit = audit
  }

  /** Withholds cells until the guards hold. @returns the guards that make sense, or why there is no way */
  protect(guards: readonly Guard[]): readonly Guard[] | RefusalCode {
    const kept: Guard[] = []
    this.#audit.exchange(guards)
    this.#audit.scatter(guards)
    // The guard that is furthest from its level opens the longest path; the others find it open already.
    for (const guard of byDistance(guards)) {
      const result = this.#open(guard)
      if (typeof result === 'string') return result
      if (result) kept.push(result)
    }
    return kept
  }

  /** @returns the guard as it holds now, nothing if the attacker knew before, or a refusal */
  #open(guard: Guard): Guard | undefined | RefusalCode {
    let wanted = guard
    for (let integer = false; ; ) {
      if (this.#audit.served(wanted) || this.#exchange(wanted)) return wanted
      if (this.#audit.amongHoles(wanted) === 'open') return wanted
      const repair = this.#cheapest(wanted, integer)
      if (repair.status !== 'optimal') {
        if (repair.status === 'time_limit') return 'time_limit'
        if (repair.status === 'failed' && integer) return 'attacker_failed'
        if (repair.status === 'failed') {
          // The solver is in numerical trouble with fractions; whole numbers are what is wanted in the end.
          integer = true
          continue
        }
        if (integer) return 'not_protectable'
        const excused = this.#excuse(wanted)
        if (excused === undefined || typeof excused === 'string') return excused
        wanted = excused
        continue
      }
      for (const entry of repair.moved) this.#withhold(entry)
      this.#audit.witness(repair.values)
      const verdict = this.#attack(wanted)
      if (verdict === 'open') return wanted
      if (verdict === 'time_limit') return 'time_limit'
      if (verdict === 'failed' || integer) return 'attacker_failed'
      // A fractional table reaches the level and no whole one does: look for a whole one.
      integer = true
    }
  }

  /**
   * Whether the attacker cannot tell. Before a search among all whole tables, one next to the true table is looked for: that takes a
   * fraction of the time and is nearly always found.
   */
  #attack(guard: Guard): Verdict {
    return this.#audit.attack(guard, () => {
      if (guard.need === undefined) return undefined
      const near = this.#repairModel(guard.attacker).dive(guard.terms, guard.need, this.#audit.remainingMs)
      return near?.moved.length === 0 ? near.values : undefined
    })
  }

  /** A large system's programme takes long; exchanges find what to withhold at a price that may be a little higher. */
  #exchange(guard: Guard): boolean {
    if (!this.#isLarge) return false
    this.#audit.exchange([guard])
    if (this.#audit.served(guard)) return true
    const withheld = this.#audit.priceOf(guard)
    if (!withheld) return false
    for (const entry of withheld) this.#withhold(entry)
    this.#audit.exchange([guard])
    return this.#audit.served(guard)
  }

  #cheapest(guard: Guard, integer: boolean): Repair {
    const { attacker, terms, need } = guard
    const model = this.#repairModel(attacker)
    if (need !== undefined) return model.reach(terms, need, integer, this.#audit.remainingMs)
    const { low, high } = this.#audit.seen(guard)
    const up = model.reach(terms, high + 1, integer, this.#audit.remainingMs)
    const down = model.reach(negative(terms), 1 - low, integer, this.#audit.remainingMs)
    if (up.status !== 'optimal') return down
    return down.status === 'optimal' && down.cost < up.cost ? down : up
  }

  /**
   * A level out of reach may be out of reach without this answer too: the attacker then learns nothing from it, and the level
   * is the one that its knowledge beforehand allows.
   */
  #excuse(guard: Guard): Guard | undefined | RefusalCode {
    const model = new AuditModel(this.solver, this.system, guard.attacker, true)
    try {
      const upper = this.#bound(model, guard.terms)
      if (typeof upper === 'string') return upper
      if (guard.need === undefined) {
        const lower = this.#bound(model, negative(guard.terms))
        if (typeof lower === 'string') return lower
        return upper > -lower ? 'not_protectable' : undefined
      }
      if (guard.emptyIsFine && upper === 0) return undefined
      if (upper >= guard.need) {
        return guard.emptyIsFine && this.#isSurelyEmpty(guard) ? undefined : 'not_protectable'
      }
      if (guard.truth === undefined || upper <= guard.truth) return undefined
      return { ...guard, need: upper }
    } finally {
      model.dispose()
    }
  }

  #isSurelyEmpty(guard: Guard): boolean {
    const model = new AuditModel(this.solver, this.system, guard.attacker)
    try {
      return this.#bound(model, guard.terms) === 0
    } finally {
      model.dispose()
    }
  }

  #bound(model: AuditModel, goal: Linear): number | RefusalCode {
    const solved = model.maximise(goal, Number.POSITIVE_INFINITY, true, this.#audit.remainingMs)
    if (solved.status === 'optimal') return Math.round(solved.objective)
    return solved.status === 'time_limit'
      ? 'time_limit'
      : solved.status === 'infeasible'
        ? 'ledger_conflict'
        : 'attacker_failed'
  }

  /**
   * Shows again, one after the other, every secondary cell without which all guards still hold.
   * @param order - what is better withheld has the lower number and is tried last
   * @param hints - what is known about patterns that do not hold
   */
  prune(guards: readonly Guard[], budget: Budget, order: (entry: Entry) => number, hints?: Hints): void {
    // The guard that needed the last cell is likely to need the next one.
    let first: Guard | undefined
    for (const entry of [...this.#secondary].toSorted((a, b) => order(b) - order(a))) {
      if (budget.spent()) return
      if (hints?.allowsWithout(this.#secondary, entry) === false) continue
      const witnesses = this.#audit.snapshot()
      this.#show(entry)
      const broken =
        first && this.#attack(first) !== 'open'
          ? first
          : guards.find((guard) => budget.spent() || this.#attack(guard) !== 'open')
      if (!broken) continue
      first = broken
      hints?.learn(broken, this.#secondary, budget)
      this.#withhold(entry)
      this.#audit.restore(witnesses)
    }
  }

  /**
   * The same without programmes, where exchanges are known and programmes are large: what exchanges do not find counts as not there.
   * @returns whether it is that kind of system
   */
  pruneLarge(guards: readonly Guard[]): boolean {
    if (!this.#isLarge) return false
    for (const entry of [...this.#secondary].toSorted((a, b) => b.cost - a.cost)) {
      const witnesses = this.#audit.snapshot()
      this.#show(entry)
      this.#audit.exchange(guards)
      if (guards.every((guard) => this.#audit.served(guard))) continue
      this.#withhold(entry)
      this.#audit.restore(witnesses)
    }
    this.improved = { cost: this.pattern().cost, atLeast: 0 }
    return true
  }

  /** Guards that are not known to hold when nothing is withheld for their sake. */
  needy(guards: readonly Guard[]): Guard[] {
    const now = this.pattern()
    this.#adopt(new Set())
    const needy = guards.filter((guard) => !this.#audit.served(guard) && this.#audit.amongHoles(guard) !== 'open')
    this.restore(now)
    return needy
  }

  /** The cells withheld for the sake of others, and what they cost. */
  pattern(): Pattern {
    const cost = [...this.#secondary].reduce((sum, entry) => sum + entry.cost, 0)
    return { withheld: new Set(this.#secondary), cost, witnesses: this.#audit.snapshot() }
  }

  /** Goes back to a pattern. */
  restore({ withheld, witnesses }: Pattern): void {
    this.#adopt(withheld)
    this.#audit.restore(witnesses)
  }

  /**
   * Withholds `seeds` and nothing else, then what the guards still need.
   * @param prices - what a cell counts for where it is not `cost`
   * @returns whether all guards hold as they stand
   */
  complete(
    guards: readonly Guard[],
    seeds: ReadonlySet<Entry>,
    prices: ReadonlyMap<Entry, number>,
    budget: Budget,
  ): boolean {
    this.#prices = prices
    this.#adopt(seeds)
    for (const model of this.#repairs.values()) for (const entry of this.system.entries) model.refresh(entry)
    return byDistance(guards).every((guard) => !budget.spent() && this.#open(guard) === guard)
  }

  #adopt(pattern: ReadonlySet<Entry>): void {
    for (const entry of [...this.#secondary]) if (!pattern.has(entry)) this.#show(entry)
    for (const entry of pattern) if (!this.#secondary.has(entry)) this.#withhold(entry)
  }

  #withhold(entry: Entry): void {
    this.system.setShown(entry, false)
    this.#secondary.add(entry)
    this.#refresh(entry)
  }

  #show(entry: Entry): void {
    this.system.setShown(entry, true)
    this.#secondary.delete(entry)
    this.#refresh(entry)
  }

  #refresh(entry: Entry): void {
    this.#audit.refresh(entry)
    for (const model of this.#repairs.values()) model.refresh(entry)
  }

  #repairModel(attacker: Attacker): RepairModel {
    const name = attackerName(attacker)
    let model = this.#repairs.get(name)
    if (!model) {
      model = new RepairModel(
        this.solver,
        this.system,
        attacker,
        this.#audit.start(),
        (entry) => this.#prices.get(entry) ?? usualPrice(entry),
      )
      this.#repairs.set(name, model)
    }
    return model
  }

  dispose(): void {
    for (const model of this.#repairs.values()) model.dispose()
  }
}

/** Small counts first: they are what several guards can share. */
const usualPrice = ({ cost, count }: Entry): number => cost ** 4 * (1 + Math.log2(1 + (count ?? 0)))

const negative = ({ columns, factors }: Linear): Linear => ({ columns, factors: factors.map((factor) => -factor) })

const distance = (guard: Guard): number => (guard.need ?? 1) - (guard.truth ?? 0)

const byDistance = (guards: readonly Guard[]): Guard[] => guards.toSorted((a, b) => distance(b) - distance(a))
