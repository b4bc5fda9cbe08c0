/**
 * Withholds sums until no attacker gets close to an unsafe one, then shows again what was not needed.
 * @module
 */
import type { RefusalCode } from '../types.ts'
import type { GuardMaker, SumGuard } from './guard-maker.ts'
import type { Moved } from './move-model.ts'
import type { SumAudit } from './sum-audit.ts'
import type { SumEntry } from './sum-entries.ts'
import type { Guarded } from './sum-guards.ts'
import type { SumSystem } from './sum-system.ts'

/** Programmes that may go into showing more once the answer is safe. */
const pruneWork = 1_500
/** Rounds in which cells that moved little are made dearer: few cells with large moves rather than many with small ones. */
const rounds = 3
/** Programmes that may go into doing without one cell after the other. */
const exchangeWork = 100
/** What a cell counts for while it is to be done without, in times its cost. */
const dear = 11

type Pattern = {
  readonly withheld: ReadonlySet<SumEntry>
  readonly cost: number
  readonly witnesses: ReturnType<SumAudit['snapshot']>
}

export class SumSuppression {
  readonly #system: SumSystem
  readonly #audit: SumAudit
  readonly #maker: GuardMaker
  readonly #guarded: Guarded
  readonly #secondary = new Set<SumEntry>()
  /** What is left of a guard that the attacker's knowledge beforehand makes unreachable; 0: nothing. */
  readonly #excused = new Map<string, number>()
  /** What is to be done without, if possible. */
  #avoided: SumEntry | undefined
  readonly #ofHoles: { holes: string; guards: readonly SumGuard[] }[] = []

  constructor(system: SumSystem, audit: SumAudit, maker: GuardMaker, guarded: Guarded) {
    this.#system = system
    this.#audit = audit
    this.#maker = maker
    this.#guarded = guarded
  }

  /** All guards of the pattern as it stands. */
  guards(): SumGuard[] {
    const ofHoles = this.#guarded.lines.flatMap((line, index) => {
      const holes = line.cells.map(({ entry }) => (this.#system.isShown(entry) ? '1' : '0')).join('')
      let known = this.#ofHoles[index]
      if (known?.holes !== holes) {
        known = { holes, guards: this.#maker.ofHoles(line) }
        this.#ofHoles[index] = known
      }
      return known.guards
    })
    const once = new Map([...this.#guarded.guards, ...ofHoles].map((guard) => [guard.key, guard]))
    return [...once.values()].flatMap((guard) => {
      const left = this.#excused.get(guard.key)
      if (left === 0) return []
      return left === undefined || Math.abs(left) >= Math.abs(guard.by) ? [guard] : [{ ...guard, by: left }]
    })
  }

  /** @returns why there is no way, if there is none */
  protect(): RefusalCode | undefined {
    for (let before = -1; before !== this.#secondary.size; ) {
      before = this.#secondary.size
      this.#audit.scatter(this.guards())
      // The widest level opens the longest path; the others find it open already.
      for (const guard of this.guards().toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))) {
        const refusal = this.#open(guard)
        if (refusal) return refusal
      }
    }
    return undefined
  }

  #open(guard: SumGuard): RefusalCode | undefined {
    let wanted = guard
    for (let whole = false; ; ) {
      const verdict = this.#audit.attack(wanted)
      if (verdict === 'open') return undefined
      if (verdict === 'time_limit') return 'time_limit'
      if (verdict === 'failed' && whole) return 'attacker_failed'
      const repair = this.#cheapest(wanted, whole)
      if (repair.status === 'infeasible') {
        const excused = this.#excuse(wanted)
        if (excused === undefined || typeof excused === 'string') return excused
        wanted = excused
        continue
      }
      if (repair.status !== 'optimal') return repair.status === 'time_limit' ? 'time_limit' : 'attacker_failed'
      for (const { entry } of repair.moved) this.#withhold(entry)
      this.#audit.witness(repair.values)
      // A fractional table moves far enough and no whole one does: look for a whole one.
      if (repair.moved.length === 0 && whole) return 'attacker_failed'
      if (repair.moved.length === 0) whole = true
    }
  }

  #cheapest(guard: SumGuard, whole: boolean): Moved {
    const up = this.#cheapestSide(guard, whole)
    return up.status === 'infeasible' && guard.safeFrom !== undefined
      ? this.#cheapestSide({ ...guard, by: -guard.by }, whole)
      : up
  }

  #cheapestSide({ attacker, columns, by }: SumGuard, whole: boolean): Moved {
    const model = this.#audit.model(attacker, 'may_withhold')
    const solve = (): Moved => {
      this.#audit.solves++
      return model.reach(columns, by, whole, this.#audit.remainingMs)
    }
    const price = ({ moved }: { readonly moved: readonly { readonly entry: SumEntry }[] }) =>
      moved.reduce((sum, { entry }) => sum + entry.cost, 0)
    const dearer = new Set<SumEntry>()
    const avoided = this.#avoided
    if (avoided && this.#system.isShown(avoided)) {
      dearer.add(avoided)
      model.price(avoided, dear * avoided.cost)
    }
    let best = solve()
    let last = best
    for (let round = 1; round < rounds && last.status === 'optimal' && last.moved.length > 1; round++) {
      for (const { entry, by: moved } of last.moved) {
        dearer.add(entry)
        const cost = entry === avoided ? dear * entry.cost : entry.cost
        model.price(entry, (cost * Math.abs(by)) / (Math.abs(moved) + Math.abs(by) / 100))
      }
      last = solve()
      if (last.status === 'optimal' && best.status === 'optimal' && price(last) < price(best)) best = last
    }
    for (const entry of dearer) model.price(entry, entry.cost)
    return best
  }

  /** A level out of reach may be out of reach without this answer too: then the answer tells the attacker nothing. */
  #excuse(guard: SumGuard): SumGuard | undefined | RefusalCode {
    const { attacker, columns, by, safeFrom } = guard
    const model = this.#audit.model(attacker, 'beforehand')
    let reach = 0
    for (const sign of safeFrom === undefined ? [Math.sign(by)] : [1, -1]) {
      const before = model.furthest(columns, sign > 0 ? 1 : -1, this.#audit.remainingMs)
      if (before.status !== 'optimal') return before.status === 'time_limit' ? 'time_limit' : 'attacker_failed'
      reach = Math.max(reach, Math.floor(Math.abs(before.by) + 1e-6))
    }
    if (reach >= Math.abs(by)) return 'not_protectable'
    reach *= Math.sign(by)
    this.#excused.set(guard.key, reach)
    return reach === 0 ? undefined : { ...guard, by: reach }
  }

  /** Shows again, most valuable first, every cell without which all guards still hold. */
  prune(untilMs: number, now: () => number, last = this.#audit.solves + pruneWork): void {
    const order = [...this.#secondary].toSorted((a, b) => b.cost - a.cost)
    for (const entry of order) {
      if (this.#audit.solves >= last || now() >= untilMs) return
      const witnesses = this.#audit.snapshot()
      this.#show(entry)
      if (this.guards().every((guard) => now() < untilMs && this.#audit.attack(guard) === 'open')) continue
      this.#withhold(entry)
      this.#audit.restore(witnesses)
    }
  }

  /** Does without one cell after the other, dearest first, and keeps what withholds less; after {@link prune}. */
  exchange(untilMs: number, now: () => number): void {
    const last = this.#audit.solves + exchangeWork
    const spent = (): boolean => this.#audit.solves >= last || now() >= untilMs
    const tried = new Set<SumEntry>()
    let best = this.#pattern()
    while (!spent()) {
      const [out] = [...best.withheld].filter((entry) => !tried.has(entry)).toSorted((a, b) => b.cost - a.cost)
      if (!out) break
      tried.add(out)
      this.#show(out)
      this.#avoided = out
      const holds = this.protect() === undefined
      this.#avoided = undefined
      if (holds) this.prune(untilMs, now, last)
      const found = this.#pattern()
      if (holds && found.cost < best.cost) best = found
      else this.#restore(best)
    }
  }

  #pattern(): Pattern {
    const cost = [...this.#secondary].reduce((sum, entry) => sum + entry.cost, 0)
    return { withheld: new Set(this.#secondary), cost, witnesses: this.#audit.snapshot() }
  }

  #restore({ withheld, witnesses }: Pattern): void {
    for (const entry of [...this.#secondary]) if (!withheld.has(entry)) this.#show(entry)
    for (const entry of withheld) if (!this.#secondary.has(entry)) this.#withhold(entry)
    this.#audit.restore(witnesses)
  }

  #withhold(entry: SumEntry): void {
    this.#system.setShown(entry, false)
    this.#secondary.add(entry)
    this.#audit.refresh(entry)
  }

  #show(entry: SumEntry): void {
    this.#system.setShown(entry, true)
    this.#secondary.delete(entry)
    this.#audit.refresh(entry)
  }
}
