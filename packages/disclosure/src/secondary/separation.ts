/**
 * Which cells must be withheld for one guard: if the attacker cannot reach the level while only a part `z` of each cell is
 * withheld, its dual prices say which sum of withheld cells would be needed.
 *
 * Any prices give a valid cut. For rows and columns r of the attacker's programme with prices y, the largest value of the guarded
 * sum is at most sum of y_r times the bound of r that its sign asks for; a cell c that is withheld widens its bounds by
 * `up` and `down`. So sum over c of min(t, up y+ + down y-) z_c >= t, with t what is missing when nothing more is withheld.
 * @see Fischetti & Salazar-Gonzalez, Management Science 47(7) (2001) 1008
 * @module
 */
import type { Attacker } from '../attackers.ts'
import { systemRows } from '../audit-model.ts'
import type { Guard } from '../guards.ts'
import { HighsModel, type Linear, type Solver } from '../highs-model.ts'
import type { Entry } from '../registry.ts'
import type { System } from '../system.ts'

/** At least 1 must be reached by `factors` times how far each choice is withheld; factors lie in (0, 1]. */
export type Cut = { readonly choices: readonly number[]; readonly factors: readonly number[] }

export type Separated =
  | { readonly status: 'reached'; readonly values: Float64Array }
  | { readonly status: 'cut'; readonly cut: Cut }
  /** Out of reach by less than can be told, or the solver had no answer. */
  | { readonly status: 'unclear' }

/** Prices nearer to nothing than this are noise of the solver; leaving them out keeps a cut valid. */
const noise = 1e-7
/** A cut must be violated by this much to be worth having. */
const worth = 1e-4

type Line = { readonly columns: readonly number[]; readonly factors: readonly number[] }

export class Separation {
  readonly #model: HighsModel
  readonly #choices: readonly Entry[]
  readonly #lines: readonly Line[]
  /** Bounds of rows, then of columns, with every choice shown. */
  readonly #lower: Float64Array
  readonly #upper: Float64Array
  /** Row (or row count + column) of each choice. */
  readonly #placeOf: Int32Array
  readonly #up: Float64Array
  readonly #down: Float64Array
  /** Bounds set in the model now, of each choice. */
  readonly #setLower: Float64Array
  readonly #setUpper: Float64Array
  /** @param choices - cells that may be withheld; all other cells stay as the system has them */
  constructor(solver: Solver, system: System, attacker: Attacker, choices: readonly Entry[]) {
    this.#choices = choices
    const { lower, upper, rows, rowOf } = systemRows(system, attacker)
    this.#lines = rows.map(({ terms }) => terms)
    const rowCount = rows.length
    this.#lower = Float64Array.from({ length: rowCount + lower.length }, (_, place) =>
      place < rowCount ? (rows[place]?.lower ?? 0) : (lower[place - rowCount] ?? 0),
    )
    this.#upper = Float64Array.from({ length: rowCount + lower.length }, (_, place) =>
      place < rowCount ? (rows[place]?.upper ?? 0) : (upper[place - rowCount] ?? 0),
    )
    this.#placeOf = Int32Array.from(choices, (entry) => rowOf.get(entry) ?? rowCount + (entry.columns[0] ?? 0))
    this.#up = new Float64Array(choices.length)
    this.#down = new Float64Array(choices.length)
    choices.forEach((entry, choice) => {
      const count = entry.count ?? 0
      const place = this.#placeOf[choice] ?? 0
      const known = system.knownBefore(attacker, entry)
      const most = place < rowCount ? known.upper : Math.min(known.upper, system.ceiling)
      this.#up[choice] = most - count
      this.#down[choice] = count - known.lower
      this.#lower[place] = count
      this.#upper[place] = count
    })
    this.#setLower = Float64Array.from(choices, (entry) => entry.count ?? 0)
    this.#setUpper = this.#setLower.slice()
    this.#model = new HighsModel(
      solver,
      {
        lower: this.#lower.slice(rowCount),
        upper: this.#upper.slice(rowCount),
        cost: new Float64Array(lower.length),
      },
      rows.map(({ terms }, row) => ({ terms, lower: this.#lower[row] ?? 0, upper: this.#upper[row] ?? 0 })),
    )
    this.#model.keepFitting()
  }

  /**
   * @param z - how far each choice is withheld, 0 to 1
   * @param limitMs - time this may take
   */
  separate(guard: Guard, z: Float64Array, limitMs: number): Separated {
    const need = guard.need ?? 0
    this.#set(z, need - (guard.truth ?? 0))
    this.#model.maximise(guard.terms)
    const solved = this.#model.solve(false, limitMs)
    if (solved.status !== 'optimal') return { status: 'unclear' }
    if (solved.objective > need - worth) return { status: 'reached', values: solved.values }
    const cut = this.#cut(guard.terms, need, solved.rowDuals)
    if (!cut) return { status: 'unclear' }
    let reached = 0
    cut.choices.forEach((choice, index) => {
      reached += (z[choice] ?? 0) * (cut.factors[index] ?? 0)
    })
    return reached < 1 - worth ? { status: 'cut', cut } : { status: 'unclear' }
  }

  /** A part withheld lets a cell move by that part of `far`: no path of the attacker needs more of one cell, as a rule. */
  #set(z: Float64Array, far: number): void {
    const rowCount = this.#lines.length
    for (let choice = 0; choice < this.#choices.length; choice++) {
      const part = z[choice] ?? 0
      const up = this.#up[choice] ?? 0
      const down = this.#down[choice] ?? 0
      const count = this.#choices[choice]?.count ?? 0
      const all = part > 1 - noise
      const lower = part === 0 ? count : count - (all ? down : part * Math.min(down, far))
      const upper = part === 0 ? count : count + (all ? up : part * Math.min(up, far))
      if (lower === this.#setLower[choice] && upper === this.#setUpper[choice]) continue
      this.#setLower[choice] = lower
      this.#setUpper[choice] = upper
      const place = this.#placeOf[choice] ?? 0
      if (place < rowCount) this.#model.setRow(place, lower, upper)
      else this.#model.setColumn(place - rowCount, lower, upper)
    }
  }

  #cut(goal: Linear, need: number, rowPrices: Float64Array): Cut | undefined {
    const rowCount = this.#lines.length
    const prices = new Float64Array(this.#lower.length)
    goal.columns.forEach((column, index) => {
      prices[rowCount + column] = goal.factors[index] ?? 0
    })
    for (let row = 0; row < rowCount; row++) {
      let price = rowPrices[row] ?? 0
      const near = Math.round(price)
      if (Math.abs(price - near) < noise) price = near
      if (price === 0) continue
      prices[row] = price
      const { columns, factors } = this.#lines[row] as Line
      for (let index = 0; index < columns.length; index++)
        prices[rowCount + (columns[index] ?? 0)]! -= price * (factors[index] ?? 1)
    }
    let atMost = 0
    for (let place = 0; place < prices.length; place++) {
      const price = prices[place] ?? 0
      if (Math.abs(price) < 1e-12) continue
      atMost += price * ((price > 0 ? this.#upper[place] : this.#lower[place]) ?? 0)
    }
    const missing = need - atMost
    // An infinite bound with a price, or nothing missing: these prices prove nothing.
    if (!(missing > worth) || !Number.isFinite(missing)) return undefined
    const choices: number[] = []
    const factors: number[] = []
    for (let choice = 0; choice < this.#choices.length; choice++) {
      const price = prices[this.#placeOf[choice] ?? 0] ?? 0
      const gain =
        price > noise ? price * (this.#up[choice] ?? 0) : price < -noise ? -price * (this.#down[choice] ?? 0) : 0
      if (gain <= 0) continue
      choices.push(choice)
      factors.push(Math.min(1, gain / missing))
    }
    return { choices, factors }
  }

  dispose(): void {
    this.#model.dispose()
  }
}
