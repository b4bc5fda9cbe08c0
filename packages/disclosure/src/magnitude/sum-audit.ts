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

/** A table in units, or in some part of them: vertices of linear systems are fractions, mostly halves. */
type Witness = { readonly values: Float64Array; readonly scale: number; readonly fits: Map<string, boolean> }

/** Whole units; halves to quarters; everything up to twelfths. */
const scales = [1, 12, 27_720]

/** A level of so few units must be reached by a table in whole ones: there, an attacker who knows that sums are whole sees more. */
const fewUnits = 12
/** Tables tried before the integer programme. */
const tries = 4
/** Guards that one table may serve together; fewer are attacked one by one. */
const several = 8

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
    for (const scale of scales) {
      const rounded = values.map((value) => Math.round(value * scale))
      if (!this.#system.fits({ kind: 'outsider' }, rounded, scale)) continue
      this.#witnesses.add({ values: rounded, scale, fits: new Map([['outsider', true]]) })
      return
    }
  }

  /** The furthest value of the guarded sum among the tables known to fit, in whole units. */
  reached(guard: SumGuard): number {
    const { low, high } = this.#seen(guard)
    return guard.by > 0 ? Math.floor(high) : Math.ceil(low)
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
    if (guard.safeFrom === undefined) return false
    const { low, high } = this.#seen(guard)
    return high - low >= guard.by
  }

  /** Looks for tables that serve many guards at once, as long as that pays. */
  scatter(guards: readonly SumGuard[]): void {
    const byAttacker = new Map<string, SumGuard[]>()
    for (const guard of guards) {
      const name = `${attackerName(guard.attacker)} ${Math.sign(guard.by)}`
      byAttacker.set(name, [...(byAttacker.get(name) ?? []), guard])
    }
    for (const group of byAttacker.values()) this.#scatter(group)
  }

  /** The more moves at once, the more of them are fractions that nobody can check: then fewer. */
  #scatter(group: readonly SumGuard[]): void {
    let left = group.filter((guard) => !this.served(guard))
    for (let size = left.length; left.length >= several; ) {
      const batch = left.slice(0, size)
      const [first] = batch
      if (!first || this.remainingMs <= 0) return
      this.solves++
      const found = this.model(first.attacker, 'as_it_is').scatter(batch, this.remainingMs)
      if (found.status === 'optimal') this.witness(found.values)
      const rest = left.filter((guard) => !this.served(guard))
      const worthwhile = left.length - rest.length >= several / 2
      // What does not even move in small company is attacked alone.
      left = worthwhile || size > several ? rest : rest.filter((guard) => !batch.includes(guard))
      if (!worthwhile) size = Math.max(several, Math.floor(Math.min(size, left.length) / 4))
    }
  }

  /** Linear programme, then integer programme; every table found is kept. */
  attack(guard: SumGuard): Verdict {
    if (this.served(guard)) return 'open'
    return guard.safeFrom === undefined ? this.#attackSide(guard) : this.#attackWidth(guard)
  }

  #attackSide(guard: SumGuard): Verdict {
    const { attacker, columns, by } = guard
    const near = this.#tryNear(guard, by, () => this.served(guard))
    if (near !== 'failed') return near
    this.solves++
    const whole = this.#wholeModel(attacker).reach(columns, by, this.remainingMs)
    if (whole.status !== 'optimal') return whole.status === 'infeasible' ? 'failed' : whole.status
    this.witness(whole.values)
    if (this.served(guard)) return 'open'
    return Math.abs(whole.by) < Math.abs(by) - 0.5 ? 'broken' : 'failed'
  }

  /** A few tables close to the base; `failed` if all have fractions that cannot be checked. */
  #tryNear({ attacker, columns }: SumGuard, by: number, served: () => boolean): Verdict {
    const model = this.model(attacker, 'as_it_is')
    try {
      for (let round = 0; round < tries; round++) {
        if (round > 0) model.stir(round)
        this.solves++
        const found = model.reach(columns, by, false, this.remainingMs)
        if (found.status !== 'optimal') return found.status === 'infeasible' ? 'broken' : found.status
        this.witness(found.values)
        if (served()) return 'open'
      }
      return 'failed'
    } finally {
      model.stir(0)
    }
  }

  /** As far as possible to both sides, unless the lower bound alone shows that nobody in the sum stands out. */
  #attackWidth({ safeFrom = Number.POSITIVE_INFINITY, ...guard }: SumGuard): Verdict {
    const { attacker, columns, by } = guard
    const model = this.model(attacker, 'as_it_is')
    const wide = () => this.served({ ...guard, safeFrom })
    let width = 0
    for (const sign of [-1, 1] as const) {
      this.solves++
      const found = model.furthest(columns, sign, this.remainingMs)
      if (found.status !== 'optimal') return found.status === 'infeasible' ? 'failed' : found.status
      if (sign < 0 && found.reached >= safeFrom * (1 + 1e-6)) return 'open'
      this.witness(found.values)
      if (wide()) return 'open'
      width += Math.abs(found.by)
    }
    if (width < by - 1e-6) return 'broken'
    for (const side of [by, -by]) {
      this.solves++
      const near = this.#tryNear(guard, side, wide)
      if (near === 'open') return near
      if (near === 'broken') continue
      if (near !== 'failed') return near
      this.solves++
      const whole = this.#wholeModel(attacker).reach(columns, side, this.remainingMs)
      if (whole.status !== 'optimal') return whole.status === 'infeasible' ? 'failed' : whole.status
      this.witness(whole.values)
      if (wide()) return 'open'
    }
    return 'failed'
  }

  /** Takes over that a cell was withheld or shown; tables in which a cell now shown has another value are forgotten. */
  refresh(entry: SumEntry): void {
    for (const model of [...this.#models.values(), ...this.#wholes.values()]) model.refresh(entry)
    if (!this.#system.isShown(entry)) return
    const value = total(entry.columns, this.#base)
    this.#witnesses = new Set(
      [...this.#witnesses].filter(({ values, scale }) => total(entry.columns, values) === value * scale),
    )
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
    const { values, scale } = witness
    if (scale > 1 && Math.abs(by) <= fewUnits) return false
    const moved = total(columns, values) - scale * total(columns, this.#base)
    return (by > 0 ? moved >= by * scale : moved <= by * scale) && this.#fits(attacker, witness)
  }

  /** Bounds of the guarded sum among the tables known to fit. */
  #seen({ attacker, columns, by }: SumGuard): { low: number; high: number } {
    let low = total(columns, this.#base)
    let high = low
    for (const witness of this.#witnesses) {
      if (witness.scale > 1 && Math.abs(by) <= fewUnits) continue
      const value = total(columns, witness.values) / witness.scale
      if ((value >= low && value <= high) || !this.#fits(attacker, witness)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    return { low, high }
  }

  #fits(attacker: Attacker, witness: Witness): boolean {
    const name = attackerName(attacker)
    let fits = witness.fits.get(name)
    if (fits === undefined) {
      fits = this.#system.fits(attacker, witness.values, witness.scale)
      witness.fits.set(name, fits)
    }
    return fits
  }
}
