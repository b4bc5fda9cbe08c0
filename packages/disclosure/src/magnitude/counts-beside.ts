/**
 * Whether hidden counts stay hidden beside the sums. Where there is a sum there is somebody, and nobody has more than the
 * public upper bound: sums say something about counts. Each guard of the count table must hold in a pair of whole tables,
 * counts and sums, that fit each other and everything shown.
 * @module
 */
import type { Verdict } from '../audit.ts'
import { positionKey } from '../check-input.ts'
import { HighsModel, type Linear, type ModelRow, type Solver } from '../highs-model.ts'
import { total } from '../system.ts'
import type { CellGuard } from '../unsafe-cells.ts'
import type { SumEntry } from './sum-entries.ts'
import type { SumSystem } from './sum-system.ts'

/** `alone`: nothing but counts. `true_sums`: the sums are as they are. `any_sums`: both may move. */
type View = 'alone' | 'true_sums' | 'any_sums'

export class CountsBeside {
  readonly #solver: Solver
  readonly #system: SumSystem
  readonly #sums: Float64Array
  /** Most that one person can have above the lower bound. */
  readonly #most: number
  readonly #models = new Map<View, HighsModel>()
  /** Count tables known to go with the sums. */
  readonly #witnesses: Float64Array[] = []

  /** @param sums - the table that all sums' moves start from */
  constructor(solver: Solver, system: SumSystem, sums: Float64Array, most: number) {
    this.#solver = solver
    this.#system = system
    this.#sums = sums
    this.#most = most
  }

  /** `broken`: the sums give away what the counts alone do not. */
  attack(guard: CellGuard, at: ReadonlyMap<string, SumEntry>, remainingMs: () => number): Verdict {
    const terms = overColumns(guard, at)
    const reaches = (counts: Float64Array) => weigh(terms, counts) >= guard.need
    if (this.#witnesses.some(reaches)) return 'open'
    for (const view of ['true_sums', 'any_sums'] as const) {
      for (const whole of view === 'true_sums' ? [false, true] : [true]) {
        const model = this.#model(view)
        model.maximise(terms)
        const solved = model.solve(whole, remainingMs(), guard.need)
        if (solved.status === 'infeasible') break
        if (solved.status !== 'optimal') return solved.status
        const { columns } = this.#system.atoms
        const values = solved.values.map(Math.round)
        const counts = values.slice(0, columns)
        const sums = view === 'true_sums' ? this.#sums : values.slice(columns)
        if (this.#fits(counts, sums)) {
          this.#witnesses.push(counts)
          if (reaches(counts)) return 'open'
        }
        if (solved.objective < guard.need - 0.5) break
      }
    }
    return this.#reachesAlone(terms, guard.need, remainingMs())
  }

  /** What counts alone leave no room for, their own gate has judged. */
  #reachesAlone(terms: Linear, need: number, limitMs: number): Verdict {
    const model = this.#model('alone')
    model.maximise(terms)
    const solved = model.solve(false, limitMs)
    if (solved.status !== 'optimal') return solved.status === 'infeasible' ? 'failed' : solved.status
    return solved.objective < need - 1e-6 ? 'open' : 'broken'
  }

  dispose(): void {
    for (const model of this.#models.values()) model.dispose()
  }

  /** Whether two whole tables fit each other and what is shown. Exact. */
  #fits(counts: Float64Array, sums: Float64Array): boolean {
    const { atoms, entries } = this.#system
    const natural = (value: number) => Number.isSafeInteger(value) && value >= 0
    const together = counts.every((count, column) => {
      const sum = sums[column] ?? 0
      return natural(count) && natural(sum) && (sum === 0 || (count > 0 && sum <= this.#most * count))
    })
    return (
      together &&
      [counts, sums].every((table) =>
        atoms.agreements.every(({ left, right }) => total(left, table) === total(right, table)),
      ) &&
      entries.every(
        (entry) =>
          (!countShown(entry) || total(entry.columns, counts) === entry.persons) &&
          (!this.#system.isShown(entry) || entry.value === undefined || total(entry.columns, sums) === entry.value),
      )
    )
  }

  #model(view: View): HighsModel {
    const known = this.#models.get(view)
    if (known) return known
    const { atoms, entries, ceiling } = this.#system
    const size = atoms.columns
    const people = entries.reduce((most, { persons = 0 }) => Math.max(most, persons), 0)
    const both = view === 'any_sums'
    const lower = new Float64Array(both ? 2 * size : size)
    const upper = new Float64Array(lower.length).fill(2 * people + 100).fill(ceiling, size)
    const same = (shift: number): ModelRow[] =>
      atoms.agreements.map(({ left, right }) => ({
        terms: {
          columns: [...left, ...right].map((column) => column + shift),
          factors: [...left.map(() => 1), ...right.map(() => -1)],
        },
        lower: 0,
        upper: 0,
      }))
    const fixed = (columns: readonly number[], shift: number, value: number): ModelRow => ({
      terms: { columns: columns.map((column) => column + shift), factors: columns.map(() => 1) },
      lower: value,
      upper: value,
    })
    const rows = [
      ...same(0),
      ...entries.flatMap((entry) => (countShown(entry) ? [fixed(entry.columns, 0, entry.persons)] : [])),
    ]
    if (view === 'true_sums') {
      this.#sums.forEach((sum, column) => {
        lower[column] = sum === 0 ? 0 : Math.max(1, Math.ceil(sum / this.#most))
      })
    }
    if (both) {
      rows.push(...same(size))
      for (const entry of entries)
        if (this.#system.isShown(entry) && entry.value !== undefined) rows.push(fixed(entry.columns, size, entry.value))
      const most = Math.min(this.#most, ceiling)
      for (let column = 0; column < size; column++)
        rows.push({
          terms: { columns: [column + size, column], factors: [1, -most] },
          lower: Number.NEGATIVE_INFINITY,
          upper: 0,
        })
    }
    const model = new HighsModel(this.#solver, { lower, upper, cost: new Float64Array(lower.length) }, rows)
    this.#models.set(view, model)
    return model
  }
}

const countShown = (entry: SumEntry): entry is SumEntry & { readonly persons: number } =>
  entry.persons !== undefined && !entry.countHidden && (entry.current || entry.earlier === 'released')

function overColumns(guard: CellGuard, at: ReadonlyMap<string, SumEntry>): Linear {
  const factors = new Map<number, number>()
  for (const { at: place, factor } of guard.terms)
    for (const column of at.get(positionKey(place))?.columns ?? [])
      factors.set(column, (factors.get(column) ?? 0) + factor)
  return { columns: [...factors.keys()], factors: [...factors.values()] }
}

const weigh = ({ columns, factors }: Linear, counts: Float64Array): number =>
  columns.reduce((sum, column, index) => sum + (factors[index] ?? 0) * (counts[column] ?? 0), 0)
