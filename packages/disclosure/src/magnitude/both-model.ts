/**
 * Counts and sums in one programme: a pair of whole tables that fit each other and everything an attacker knows. The last resort, where
 * tables of counts that go with the sums as they are do not serve.
 * @module
 */
import type { Attacker } from '../attackers.ts'
import type { Verdict } from '../audit.ts'
import { systemRows } from '../audit-model.ts'
import type { Guard } from '../guards.ts'
import { HighsModel, type ModelRow, type Solver } from '../highs-model.ts'
import type { System } from '../system.ts'
import type { SumsOnAtoms } from './sums-on-atoms.ts'

export class BothModel {
  readonly #model: HighsModel
  readonly #counts: System
  readonly #sums: SumsOnAtoms
  readonly #attacker: Attacker
  /** Tables of counts found, each with sums that go with it. */
  readonly #found: Float64Array[] = []

  constructor(solver: Solver, counts: System, sums: SumsOnAtoms, attacker: Attacker) {
    this.#counts = counts
    this.#sums = sums
    this.#attacker = attacker
    const { columns } = counts.atoms
    const place = new Map(sums.columns.map((column, index) => [column, columns + index]))
    const placed = (of: readonly number[]): number[] => of.map((column) => place.get(column) ?? -1)
    const known = systemRows(counts, attacker)
    const none = sums.columns.map(() => 0)
    const plus = (of: readonly number[], factor: number) => of.map(() => factor)
    const rows: ModelRow[] = [
      ...known.rows,
      ...sums.agreements.map(({ left, right }) => ({
        terms: { columns: [...placed(left), ...placed(right)], factors: [...plus(left, 1), ...plus(right, -1)] },
        lower: 0,
        upper: 0,
      })),
      // Nobody has more than the most there is.
      ...sums.columns.map((column, index) => ({
        terms: {
          columns: [columns + index, column],
          factors: [1, -Math.min(sums.ceiling, sums.mostAt(attacker, column))],
        },
        lower: Number.NEGATIVE_INFINITY,
        upper: 0,
      })),
      ...sums.cells.flatMap((cell): ModelRow[] => {
        const terms = { columns: placed(cell.columns), factors: plus(cell.columns, 1) }
        if (cell.isShown && cell.value !== undefined) return [{ terms, lower: cell.value, upper: cell.value }]
        const own = sums.ownPart(cell, attacker)
        return own.persons === 0 ? [] : [{ terms, lower: own.value, upper: Number.POSITIVE_INFINITY }]
      }),
      // And what is not an insider's own is somebody else's.
      ...sums.cells.flatMap((cell): ModelRow[] => {
        const own = sums.ownPart(cell, attacker)
        const most = Math.min(sums.ceiling, sums.most)
        if (own.persons === 0) return []
        const terms = {
          columns: [...placed(cell.columns), ...cell.columns],
          factors: [...plus(cell.columns, 1), ...plus(cell.columns, -most)],
        }
        return [{ terms, lower: Number.NEGATIVE_INFINITY, upper: own.value - most * own.persons }]
      }),
    ]
    const lower = Float64Array.from([...known.lower, ...none])
    const upper = Float64Array.from([...known.upper, ...none.map(() => sums.ceiling)])
    this.#model = new HighsModel(solver, { lower, upper, cost: new Float64Array(lower.length) }, rows)
  }

  /** `broken`: the sums give away what is guarded. */
  attack({ terms, need, emptyIsFine }: Guard & { readonly need: number }, remainingMs: () => number): Verdict {
    const valueIn = (counts: Float64Array) =>
      terms.columns.reduce((sum, column, index) => sum + (terms.factors[index] ?? 0) * (counts[column] ?? 0), 0)
    if (this.#found.some((counts) => valueIn(counts) >= need)) return 'open'
    for (const whole of [false, true]) {
      this.#model.maximise(terms)
      const solved = this.#model.solve(whole, remainingMs(), need)
      if (solved.status !== 'optimal') return solved.status === 'infeasible' ? 'broken' : solved.status
      const counts = this.#keep(solved.values)
      if (counts && valueIn(counts) >= need) return 'open'
      // An attacker who finds that nobody is there has found nothing.
      if (emptyIsFine && solved.bound < 1 - 1e-6) return 'open'
      if (solved.objective < need - 1e-6) return 'broken'
    }
    return 'failed'
  }

  /** Keeps a pair of tables if they are whole, fit each other and fit what is known. Exact. */
  #keep(values: Float64Array): Float64Array | undefined {
    const { columns } = this.#counts.atoms
    const counts = values.slice(0, columns).map(Math.round)
    const sums = new Float64Array(columns)
    this.#sums.columns.forEach((column, index) => {
      sums[column] = Math.round(values[columns + index] ?? 0)
    })
    if (!this.#counts.fits(this.#attacker, counts) || !this.#sums.allow(this.#attacker, counts, sums)) return undefined
    this.#found.push(counts)
    return counts
  }

  dispose(): void {
    this.#model.dispose()
  }
}
