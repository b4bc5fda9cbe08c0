/**
 * The cheapest way to let a sum reach a level: a whole or fractional table close to the true one, where moving a shown cell
 * costs and moving a hidden one is free. The cells that had to move are the ones to withhold (after Fischetti & Salazar,
 * Management Science 47(7), 2001: the protection of one cell as a minimum-cost deviation).
 * @module
 */
import type { Attacker } from './attackers.ts'
import { difference } from './audit-model.ts'
import { HighsModel, type Linear, type ModelRow, type Solved, type Solver } from './highs-model.ts'
import type { Entry } from './registry.ts'
import type { System } from './system.ts'

type Repaired = {
  readonly status: 'optimal'
  /** Cells shown that had to move. */
  readonly moved: readonly Entry[]
  readonly values: Float64Array
  readonly cost: number
}

export type Repair = Repaired | { readonly status: 'infeasible' | 'time_limit' | 'failed' }

/** A quantity that may be above or below its base, each at a price: two columns of the model. */
type Deviation = {
  readonly base: number
  readonly up: number
  readonly down: number
  /** How far it may be above and below. */
  mostUp: number
  mostDown: number
  /** Of moving by one. */
  price: number
}

const moves = 1e-6
const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < moves
/** Fractions that a dive rounds at most, before it is given up. */
const mostRounded = 100

/** Price of moving what nobody sees: next to nothing, but few moves over many, which are whole far more often. */
const hiddenMove = 0.001

export class RepairModel {
  readonly #model: HighsModel
  readonly #system: System
  readonly #attacker: Attacker
  readonly #price: (entry: Entry) => number
  readonly #columns: Deviation[] = []
  readonly #slackOf = new Map<Entry, Deviation>()
  /** Cells whose price or room may have changed since the model was asked last. */
  readonly #stale: Set<Entry>

  /**
   * @param start - a whole table that fits all answers; where the true one is not known, this one is what is moved
   * @param price - of moving a shown cell by one; asked for again by {@link refresh}
   */
  constructor(
    solver: Solver,
    system: System,
    attacker: Attacker,
    start: Float64Array,
    price: (entry: Entry) => number,
  ) {
    this.#system = system
    this.#attacker = attacker
    this.#price = price
    const lower: number[] = []
    const upper: number[] = []
    const cost: number[] = []
    const deviation = (base: number): Deviation => {
      lower.push(0, 0)
      upper.push(0, 0)
      cost.push(0, 0)
      return { base, up: lower.length - 2, down: lower.length - 1, mostUp: 0, mostDown: 0, price: 0 }
    }
    const single = new Map(
      system.entries.filter((entry) => entry.columns.length === 1).map((entry) => [entry.columns[0], entry]),
    )
    for (let column = 0; column < system.atoms.columns; column++) {
      const made = deviation(single.get(column)?.count ?? start[column] ?? 0)
      made.mostUp = system.ceiling
      made.mostDown = made.base
      upper[made.up] = made.mostUp
      upper[made.down] = made.mostDown
      cost[made.up] = hiddenMove
      cost[made.down] = hiddenMove
      made.price = hiddenMove
      this.#columns.push(made)
    }
    const rows: ModelRow[] = system.atoms.agreements.map(({ left, right }) => {
      const { terms, base } = this.#expand(difference(left, right))
      return { terms, lower: -base, upper: -base }
    })
    for (const entry of system.entries) {
      if (entry.count === undefined) continue
      if (entry.columns.length === 1) {
        this.#slackOf.set(entry, this.#columns[entry.columns[0] ?? 0] as Deviation)
        continue
      }
      const slack = deviation(entry.count)
      this.#slackOf.set(entry, slack)
      const { terms, base } = this.#expand({ columns: entry.columns, factors: entry.columns.map(() => 1) })
      const factors = { columns: [...terms.columns, slack.up, slack.down], factors: [...terms.factors, -1, 1] }
      rows.push({ terms: factors, lower: entry.count - base, upper: entry.count - base })
    }
    this.#model = new HighsModel(
      solver,
      { lower: Float64Array.from(lower), upper: Float64Array.from(upper), cost: Float64Array.from(cost) },
      rows,
    )
    this.#stale = new Set(system.entries)
  }

  /** Says that the cell was shown or withheld, or has another price. */
  refresh(entry: Entry): void {
    this.#stale.add(entry)
  }

  /** Takes over what may move, how far and at what price. */
  #update(): void {
    for (const entry of this.#stale) this.#updateOne(entry)
    this.#stale.clear()
  }

  #updateOne(entry: Entry): void {
    const slack = this.#slackOf.get(entry)
    if (!slack || entry.count === undefined) return
    const system = this.#system
    const free = system.isFree(entry) && (!entry.total || !system.isShown(entry))
    const fixed = system.isShown(entry) && !free
    const { lower, upper } = system.knownBefore(this.#attacker, entry)
    const price = system.isShown(entry) ? this.#price(entry) : hiddenMove
    const mostUp = fixed ? 0 : Math.min(system.ceiling, upper - entry.count)
    const mostDown = fixed ? 0 : entry.count - lower
    if (mostUp !== slack.mostUp || mostDown !== slack.mostDown) {
      slack.mostUp = mostUp
      slack.mostDown = mostDown
      this.#free(slack)
    }
    if (price === slack.price) return
    slack.price = price
    this.#model.setCost(slack.up, price)
    this.#model.setCost(slack.down, price)
  }

  /** Cheapest table in which `goal` is at least `need`. */
  reach(goal: Linear, need: number, whole: boolean, limitMs: number): Repair {
    this.#update()
    const { terms, base } = this.#expand(goal)
    const row = this.#model.addRow({ terms, lower: need - base, upper: Number.POSITIVE_INFINITY })
    // A goal is a short way from the table in which nothing moves, and far from where the last goal led.
    if (!whole) this.#model.beginAfresh()
    const solved = this.#model.solve(whole, limitMs)
    this.#model.dropRow(row)
    return solved.status === 'optimal' ? this.#repair(solved) : solved
  }

  /**
   * A whole table in which `goal` is at least `need`, and which moves little: from the cheapest table, fractions are rounded one by one.
   * Finding none means nothing.
   */
  dive(goal: Linear, need: number, limitMs: number): Repaired | undefined {
    this.#update()
    const { terms, base } = this.#expand(goal)
    const row = this.#model.addRow({ terms, lower: need - base, upper: Number.POSITIVE_INFINITY })
    const rounded: Deviation[] = []
    try {
      this.#model.beginAfresh()
      let solved = this.#model.solve(false, limitMs)
      for (let step = 0; step < mostRounded && solved.status === 'optimal'; step++) {
        const { values } = solved
        const shiftOf = ({ up, down }: Deviation): number => (values[up] ?? 0) - (values[down] ?? 0)
        const next = this.#columns.find((each) => !isWhole(shiftOf(each)))
        if (!next) return this.#repair(solved)
        rounded.push(next)
        const shift = shiftOf(next)
        // Away from the table in which nothing moves, or else towards it.
        const further = Math.sign(shift) * Math.ceil(Math.abs(shift))
        const back = further - Math.sign(shift)
        this.#fix(next, further)
        solved = this.#model.solve(false, limitMs)
        if (solved.status !== 'infeasible') continue
        this.#fix(next, back)
        solved = this.#model.solve(false, limitMs)
      }
      return undefined
    } finally {
      for (const each of rounded) this.#free(each)
      this.#model.dropRow(row)
    }
  }

  #repair(solved: Extract<Solved, { status: 'optimal' }>): Repaired {
    const shift = ({ up, down }: Deviation): number => (solved.values[up] ?? 0) - (solved.values[down] ?? 0)
    const moved = [...this.#slackOf].flatMap(([entry, slack]) =>
      this.#system.isShown(entry) && Math.abs(shift(slack)) > moves ? [entry] : [],
    )
    const values = Float64Array.from(this.#columns, (column) => column.base + shift(column))
    return { status: 'optimal', moved, values, cost: solved.objective }
  }

  #fix({ up, down }: Deviation, shift: number): void {
    this.#model.setColumn(up, Math.max(0, shift), Math.max(0, shift))
    this.#model.setColumn(down, Math.max(0, -shift), Math.max(0, -shift))
  }

  #free({ up, down, mostUp, mostDown }: Deviation): void {
    this.#model.setColumn(up, 0, mostUp)
    this.#model.setColumn(down, 0, mostDown)
  }

  dispose(): void {
    this.#model.dispose()
  }

  #expand({ columns, factors }: Linear): { terms: Linear; base: number } {
    const out: { columns: number[]; factors: number[] } = { columns: [], factors: [] }
    let base = 0
    columns.forEach((column, index) => {
      const { up, down, base: start } = this.#columns[column] as Deviation
      const factor = factors[index] ?? 0
      base += factor * start
      out.columns.push(up, down)
      out.factors.push(factor, -factor)
    })
    return { terms: out, base }
  }
}
