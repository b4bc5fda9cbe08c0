/**
 * The gate: an attacker of our own for every guard. A guard holds only if there is a whole table that fits everything the
 * attacker knows and in which the guarded sum reaches its level. That table is checked here in whole numbers, so neither the
 * solver's tolerances nor a fault in it can let an answer through. Whoever asks for the linear bound alone misses cells that only whole numbers
 * pin down (disclosure.md §2.5); here the linear programme is a first try and the integer programme decides.
 * @module
 */
import { type Attacker, attackerName } from './attackers.ts'
import { AuditModel } from './audit-model.ts'
import { Nearby, type NearbyTables } from './exchange/nearby.ts'
import type { Guard } from './guards.ts'
import { addEffort, type Linear, type Solver } from './highs-model.ts'
import { HoleAttack } from './holes/hole-attack.ts'
import type { Entry } from './registry.ts'
import { spread } from './spread.ts'
import { type System, total } from './system.ts'

export type Clock = { readonly now: () => number; readonly deadlineMs: number }

/** `open`: the attacker cannot tell. `broken`: it can. The others mean that nothing is known. */
export type Verdict = 'open' | 'broken' | 'time_limit' | 'failed'

/** A whole table that fits all answers, found once and used for every guard it serves. */
export type Witness = { readonly values: Float64Array; readonly fits: Map<string, boolean> }

export type Tables = { readonly witnesses: readonly Witness[]; readonly nearby: NearbyTables | undefined }

/** Fewer guards than this are attacked one by one. */
const few = 8
/** Rounds in a row that may bring little before {@link Audit.scatter} stops. */
const patience = 3

const outsider: Attacker = { kind: 'outsider' }

type Seen = { low: number; high: number; upTo: number }

const whole = 1e-5

export class Audit {
  readonly #solver: Solver
  readonly #system: System
  readonly #clock: Clock
  readonly #models = new Map<string, AuditModel>()
  #witnesses: Witness[] = []
  /** Tables next to the true one, where the job counted it whole. */
  #nearby: Nearby | undefined
  /** What the witnesses show of each guard; counted on as witnesses come, forgotten when one goes. */
  #seen = new Map<Guard, Seen>()
  /** The witness that served a guard last; it does so as long as it is known, whatever else is withheld. */
  readonly #servant = new Map<Guard, Witness>()
  #alive = new Set<Witness>()
  #holes: HoleAttack | undefined

  constructor(solver: Solver, system: System, clock: Clock) {
    this.#solver = solver
    this.#system = system
    this.#clock = clock
  }

  get remainingMs(): number {
    return this.#clock.deadlineMs - this.#clock.now()
  }

  /** Keeps a table if it is whole and fits what the outsider knows. @returns whether it was kept */
  witness(values: Float64Array): boolean {
    const rounded = values.map((value) => Math.round(value))
    if (values.some((value, index) => Math.abs(value - (rounded[index] ?? 0)) > whole)) return false
    if (!this.#isPossible(rounded)) return false
    const made = { values: rounded, fits: new Map([['outsider', true]]) }
    this.#witnesses.push(made)
    this.#alive.add(made)
    return true
  }

  /** Whether a table fits what the outsider knows; most differ little from the first one, which does. */
  #isPossible(values: Float64Array): boolean {
    const [first] = this.#witnesses
    if (!first) return this.#system.fits(outsider, values)
    const changes = new Map<number, number>()
    for (let column = 0; column < values.length; column++) {
      const change = (values[column] ?? 0) - (first.values[column] ?? 0)
      if (change !== 0) changes.set(column, change)
    }
    return this.#system.fitsChanged(outsider, first.values, changes)
  }

  /** Takes the true table, from which exchanges lead to others. @returns whether it fits what is known */
  begin(truth: Float64Array): boolean {
    if (!this.witness(truth)) return false
    this.#nearby = new Nearby(this.#system, truth)
    return true
  }

  get canExchange(): boolean {
    return this.#nearby !== undefined
  }

  /** Looks for a table that exchanges lead to, for each guard that none serves yet. */
  exchange(guards: readonly Guard[]): void {
    const nearby = this.#nearby
    if (!nearby) return
    for (const guard of guards) {
      if (this.remainingMs <= 0) return
      if (!this.served(guard)) nearby.find(guard)
    }
  }

  /** Before the last word: every table is checked once more, as a whole, against what is shown now. */
  recheck(): void {
    this.#nearby?.recheck()
    for (const { fits } of this.#witnesses) fits.clear()
    this.#servant.clear()
    this.#forget(this.#witnesses.filter(({ values }) => this.#system.fits(outsider, values)))
  }

  /** What would have to be withheld for such a table. */
  priceOf(guard: Guard): readonly Entry[] | undefined {
    return this.#nearby?.priceOf(guard)
  }

  /** Makes sure that one table is known; `broken` if none fits, because the answers contradict each other. */
  firstWitness(): Verdict {
    if (this.#witnesses.length > 0) return 'open'
    for (const integer of [false, true]) {
      const solved = this.#model(outsider).maximise(
        { columns: [], factors: [] },
        Number.POSITIVE_INFINITY,
        integer,
        this.remainingMs,
      )
      if (solved.status === 'infeasible') return 'broken'
      if (solved.status !== 'optimal') return solved.status
      if (this.witness(solved.values)) return 'open'
    }
    return 'failed'
  }

  /**
   * Looks for tables that serve many guards at once, as long as that pays: where nothing has to be withheld, a handful of
   * tables stands for hundreds of single attacks.
   */
  scatter(guards: readonly Guard[]): void {
    const byAttacker = Map.groupBy(guards, ({ attacker }) => attackerName(attacker))
    for (const group of byAttacker.values()) if (group[0]) this.#scatter(group[0].attacker, group)
  }

  #scatter(attacker: Attacker, guards: readonly Guard[]): void {
    const apart = guards.filter((guard) => guard.need !== undefined && !this.served(guard))
    if (apart.length >= few) {
      const values = spread(this.#solver, this.#system, attacker, apart, this.remainingMs)
      if (values) this.witness(values)
    }
    let idle = 0
    for (let round = 0; ; round++) {
      const left = guards.filter((guard) => guard.need !== undefined && !this.served(guard))
      if (left.length < few) return
      // Another weight in every round: the extreme table of one is not that of the next.
      const columns = new Map(
        left.flatMap(({ terms }, index) =>
          terms.columns.map((column) => [column, 1 + (((index + 1) * (round + 7)) % 11)]),
        ),
      )
      const goal = { columns: [...columns.keys()], factors: [...columns.values()] }
      const solved = this.#model(attacker).maximise(goal, Number.POSITIVE_INFINITY, false, this.remainingMs)
      if (solved.status !== 'optimal') return
      this.witness(solved.values)
      const gain = left.filter((guard) => this.served(guard)).length
      idle = gain < few / 2 ? idle + 1 : 0
      if (idle === patience) return
    }
  }

  /** The first table found. */
  start(): Float64Array {
    const [first] = this.#witnesses
    if (!first) throw new Error('no table is known yet')
    return first.values
  }

  /** Takes over that a cell was withheld or shown; tables that contradict a cell now shown are forgotten. */
  refresh(entry: Entry): void {
    for (const model of this.#models.values()) model.refresh(entry)
    this.#nearby?.refresh(entry)
    this.#holes?.refresh(entry)
    if (!this.#system.isShown(entry)) return
    this.#forget(this.#witnesses.filter(({ values }) => total(entry.columns, values) === entry.count))
  }

  /** The tables known now, to go back to after a try. */
  snapshot(): Tables {
    return { witnesses: [...this.#witnesses], nearby: this.#nearby?.snapshot() }
  }

  restore({ witnesses, nearby }: Tables): void {
    const before = new Set(witnesses)
    this.#forget([...witnesses, ...this.#witnesses.filter((witness) => !before.has(witness))])
    if (nearby) this.#nearby?.restore(nearby)
  }

  #forget(left: Witness[]): void {
    this.#witnesses = left
    this.#alive = new Set(left)
    this.#seen = new Map()
  }

  /** Smallest and largest value of the guarded sum among tables known to fit. */
  seen(guard: Guard): Pick<Seen, 'low' | 'high'> {
    return this.#nearby?.seen(guard) ?? this.#seenBy(guard)
  }

  #seenBy(guard: Guard): Seen {
    let seen = this.#seen.get(guard)
    if (!seen) {
      seen = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY, upTo: 0 }
      this.#seen.set(guard, seen)
    }
    for (; seen.upTo < this.#witnesses.length; seen.upTo++) {
      const witness = this.#witnesses[seen.upTo]
      if (!witness) break
      const value = sumOf(guard.terms, witness.values)
      if (value >= seen.low && value <= seen.high) continue
      if (!this.#fits(guard.attacker, witness)) continue
      seen.low = Math.min(seen.low, value)
      seen.high = Math.max(seen.high, value)
      if (guard.need !== undefined && value >= guard.need) this.#servant.set(guard, witness)
    }
    return seen
  }

  /** Whether the tables known so far already serve the guard. */
  served(guard: Guard): boolean {
    if (this.#nearby?.seen(guard)) return true
    const servant = this.#servant.get(guard)
    if (servant && this.#alive.has(servant)) return true
    const { low, high } = this.seen(guard)
    return guard.need === undefined ? low < high : high >= guard.need
  }

  /** Whether one of the tables known serves the guard and is acceptable as well. @param accept - is told sums of unknowns in it */
  servedBy(guard: Guard, accept: (valueOf: (columns: readonly number[]) => number) => boolean): boolean {
    const { need, terms, attacker } = guard
    if (need === undefined) return false
    const near = this.#nearby?.valuesFor(guard)
    if (near && accept(near)) return true
    return this.#witnesses.some(
      (witness) =>
        sumOf(terms, witness.values) >= need &&
        this.#fits(attacker, witness) &&
        accept((columns) => total(columns, witness.values)),
    )
  }

  /** @param near - proposes a whole table where fractions do not decide, before the integer programme is asked */
  attack(guard: Guard, near?: () => Float64Array | undefined): Verdict {
    if (this.served(guard)) return 'open'
    const among = this.amongHoles(guard)
    if (among) return among
    if (guard.need !== undefined) return this.#search(guard, guard.terms, guard.need, near)
    const up = this.#search(guard, guard.terms, Number.POSITIVE_INFINITY)
    if (up !== 'broken') return up
    return this.#search(guard, negative(guard.terms), Number.POSITIVE_INFINITY)
  }

  /** Attacks with what is hidden alone, which is small. @returns nothing if that does not decide */
  amongHoles(guard: Guard): 'open' | 'broken' | undefined {
    this.#holes ??= new HoleAttack(this.#system, this.start())
    const found = this.#holes.attack(guard)
    addEffort(this.#solver, this.#holes.takeWork())
    if (found === 'broken') return 'broken'
    return found && this.witness(found) && this.served(guard) ? 'open' : undefined
  }

  /** Linear programme, then integer programme; every table found is kept. */
  #search(guard: Guard, goal: Linear, need: number, near?: () => Float64Array | undefined): Verdict {
    for (const integer of [false, true]) {
      const proposed = integer ? near?.() : undefined
      if (proposed && this.witness(proposed) && this.served(guard)) return 'open'
      const solved = this.#model(guard.attacker).maximise(goal, need, integer, this.remainingMs)
      if (solved.status !== 'optimal') return solved.status === 'time_limit' ? 'time_limit' : 'failed'
      const kept = this.witness(solved.values)
      if (kept && this.served(guard)) return 'open'
      if (Number.isFinite(need) && solved.objective < need - whole) return 'broken'
      // Nothing is larger than what was just found: it is the extreme itself.
      if (kept) return 'broken'
    }
    return 'failed'
  }

  #fits(attacker: Attacker, witness: Witness): boolean {
    const name = attackerName(attacker)
    let fits = witness.fits.get(name)
    if (fits === undefined) {
      fits = this.#system.fitsToo(attacker, witness.values)
      witness.fits.set(name, fits)
    }
    return fits
  }

  #model(attacker: Attacker): AuditModel {
    const name = attackerName(attacker)
    let model = this.#models.get(name)
    if (!model) {
      model = new AuditModel(this.#solver, this.#system, attacker)
      this.#models.set(name, model)
    }
    return model
  }

  dispose(): void {
    for (const model of this.#models.values()) model.dispose()
  }
}

const negative = ({ columns, factors }: Linear): Linear => ({ columns, factors: factors.map((factor) => -factor) })

function sumOf({ columns, factors }: Linear, values: Float64Array): number {
  let sum = 0
  for (let index = 0; index < columns.length; index++)
    sum += (factors[index] ?? 1) * (values[columns[index] ?? -1] ?? 0)
  return sum
}
