/**
 * The gate for sums. A guard holds only if there is a table in whole units that fits everything the attacker knows and in
 * which the guarded sum has moved far enough. The solver proposes it, here it is checked exactly, so that neither
 * tolerances nor a fault of the solver can let a sum through.
 * @module
 */
import { type Attacker, attackerName } from '../attackers.ts'
import type { Clock, Verdict } from '../audit.ts'
import type { Solver } from '../highs-model.ts'
import { total } from '../system.ts'
import type { SumGuard } from './guard-maker.ts'
import { type Freedom, MoveModel } from './move-model.ts'
import type { SumEntry } from './sum-entries.ts'
import type { SumSystem } from './sum-system.ts'
import { WholeModel } from './whole-model.ts'

type Witness = { readonly values: Float64Array; readonly fits: Map<string, boolean> }

export class SumAudit {
  readonly #solver: Solver
  readonly #system: SumSystem
  readonly #base: Float64Array
  readonly #clock: Clock
  readonly #models = new Map<string, MoveModel>()
  readonly #wholes = new Map<string, WholeModel>()
  #witnesses = new Set<Witness>()
  readonly #servedBy = new Map<string, Witness>()
  /** Programmes solved so far: a measure of work that is the same on every machine. */
  solves = 0

  constructor(solver: Solver, system: SumSystem, base: Float64Array, clock: Clock) {
    this.#solver = solver
    this.#system = system
    this.#base = base
    this.#clock = clock
    this.witness(base)
  }

  get remainingMs(): number {
    return this.#clock.deadlineMs - this.#clock.now()
  }

  /** Keeps a table if it fits what the outsider knows. */
  witness(values: Float64Array): void {
    if (!this.#system.fits({ kind: 'outsider' }, values)) return
    this.#witnesses.add({ values, fits: new Map([['outsider', true]]) })
  }

  /** The furthest value of the guarded sum among the tables known to fit. */
  reached(guard: SumGuard): number {
    let furthest = total(guard.columns, this.#base)
    for (const witness of this.#witnesses) {
      const value = total(guard.columns, witness.values)
      if ((guard.by > 0 ? value > furthest : value < furthest) && this.#fits(guard.attacker, witness)) furthest = value
    }
    return furthest
  }

  /** The value that the guarded sum must be able to reach. */
  needOf({ columns, by }: SumGuard): number {
    return total(columns, this.#base) + by
  }

  /** Whether the tables known so far already serve the guard. */
  served(guard: SumGuard): boolean {
    const known = this.#servedBy.get(guard.key)
    if (known && this.#witnesses.has(known) && this.#serves(known, guard)) return true
    for (const witness of this.#witnesses) {
      if (!this.#serves(witness, guard)) continue
      this.#servedBy.set(guard.key, witness)
      return true
    }
    return false
  }

  /** Linear programme, then integer programme; every table found is kept. */
  attack(guard: SumGuard): Verdict {
    if (this.served(guard)) return 'open'
    const { attacker, columns, by } = guard
    this.solves++
    const found = this.model(attacker, 'as_it_is').reach(columns, by, false, this.remainingMs)
    if (found.status !== 'optimal') return found.status === 'infeasible' ? 'broken' : found.status
    this.witness(found.values)
    if (this.served(guard)) return 'open'
    this.solves++
    const whole = this.#wholeModel(attacker).reach(columns, by, this.remainingMs)
    if (whole.status !== 'optimal') return whole.status === 'infeasible' ? 'failed' : whole.status
    this.witness(whole.values)
    if (this.served(guard)) return 'open'
    return Math.abs(whole.by) < Math.abs(by) - 0.5 ? 'broken' : 'failed'
  }

  /** Takes over that a cell was withheld or shown; tables in which a cell now shown has another value are forgotten. */
  refresh(entry: SumEntry): void {
    for (const model of [...this.#models.values(), ...this.#wholes.values()]) model.refresh(entry)
    if (!this.#system.isShown(entry)) return
    const value = total(entry.columns, this.#base)
    this.#witnesses = new Set([...this.#witnesses].filter(({ values }) => total(entry.columns, values) === value))
  }

  /** The tables known now, to go back to after a try. */
  snapshot(): ReadonlySet<Witness> {
    return new Set(this.#witnesses)
  }

  restore(witnesses: ReadonlySet<Witness>): void {
    this.#witnesses = new Set([...witnesses, ...this.#witnesses])
  }

  model(attacker: Attacker, freedom: Freedom): MoveModel {
    const name = `${freedom} ${attackerName(attacker)}`
    let model = this.#models.get(name)
    if (!model) {
      model = new MoveModel(this.#solver, this.#system, attacker, this.#base, freedom)
      this.#models.set(name, model)
    }
    return model
  }

  dispose(): void {
    for (const model of [...this.#models.values(), ...this.#wholes.values()]) model.dispose()
  }

  #wholeModel(attacker: Attacker): WholeModel {
    const name = attackerName(attacker)
    let model = this.#wholes.get(name)
    if (!model) {
      model = new WholeModel(this.#solver, this.#system, attacker, this.#base)
      this.#wholes.set(name, model)
    }
    return model
  }

  #serves(witness: Witness, { attacker, columns, by }: SumGuard): boolean {
    const moved = total(columns, witness.values) - total(columns, this.#base)
    return (by > 0 ? moved >= by : moved <= by) && this.#fits(attacker, witness)
  }

  #fits(attacker: Attacker, witness: Witness): boolean {
    const name = attackerName(attacker)
    let fits = witness.fits.get(name)
    if (fits === undefined) {
      fits = this.#system.fits(attacker, witness.values)
      witness.fits.set(name, fits)
    }
    return fits
  }
}
