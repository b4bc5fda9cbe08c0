/**
 * One linear model that stays in the solver and is solved again and again with another objective or other bounds.
 * Solver: HiGHS (npm `highs`, WebAssembly). Whatever it answers is only a proposal: callers verify in whole numbers.
 * @module
 */
import loadHighs, { type Highs, type Model } from 'highs'

export type Solver = Highs

// The package's types describe its CommonJS build, where the loader is a property; what Node imports is the loader itself.
const load = loadHighs as unknown as typeof loadHighs.default

let loading: Promise<Solver> | undefined

/** As the solver's option `simplex_strategy` has it. */
const primalSimplex = 4

const effort = new WeakMap<Solver, number>()

/** Simplex iterations and runs so far, weighed by the size of the models: the same on every machine, unlike time. */
export const effortSpent = (solver: Solver): number => effort.get(solver) ?? 0

/** Effort for a step of our own that touches one number. */
const effortOfOurs = 0.05

/** Counts work that was done without the solver, in numbers touched. */
export function addEffort(solver: Solver, work: number): void {
  effort.set(solver, effortSpent(solver) + effortOfOurs * work)
}

/** The solver, loaded once in a process. It holds no state between models. */
export function loadSolver(): Promise<Solver> {
  loading ??= load()
  return loading
}

/** A sparse linear expression: `columns` are unique, `factors` parallel. */
export type Linear = { readonly columns: readonly number[]; readonly factors: readonly number[] }

export type ModelColumns = { readonly lower: Float64Array; readonly upper: Float64Array; readonly cost: Float64Array }
export type ModelRow = { readonly terms: Linear; readonly lower: number; readonly upper: number }

export type Solved =
  | {
      readonly status: 'optimal'
      readonly objective: number
      /** No objective is better than this: the objective itself, unless a whole search ended a little short of its proof. */
      readonly bound: number
      readonly values: Float64Array
      /** Dual value of each row; means something after a fractional run. */
      readonly rowDuals: Float64Array
    }
  | { readonly status: 'infeasible' | 'time_limit' | 'failed' }

/** A persistent, warm-started model. Dispose it: the solver's memory is not garbage collected. */
export class HighsModel {
  readonly #solver: Solver
  readonly #model: Model
  readonly #columns: number
  #objective: readonly number[] = []
  #whole = false
  /** A target no objective passes: above all of them when maximising, below when minimising. */
  #unreachable = -1e300

  constructor(solver: Solver, columns: ModelColumns, rows: readonly ModelRow[]) {
    this.#solver = solver
    this.#columns = columns.cost.length
    const starts = new Int32Array(rows.length + 1)
    rows.forEach((row, index) => {
      starts[index + 1] = (starts[index] ?? 0) + row.terms.columns.length
    })
    this.#model = solver.createModel({
      numCols: this.#columns,
      numRows: rows.length,
      colCost: columns.cost,
      colLower: columns.lower,
      colUpper: columns.upper,
      rowLower: rows.map((row) => row.lower),
      rowUpper: rows.map((row) => row.upper),
      matrix: {
        format: 'csr',
        numRows: rows.length,
        numCols: this.#columns,
        starts,
        indices: rows.flatMap((row) => row.terms.columns),
        values: rows.flatMap((row) => row.terms.factors),
      },
    })
    this.#model.options.set({ output_flag: false, solver: 'choose', mip_rel_gap: 0, mip_abs_gap: 0.5 })
  }

  setColumn(column: number, lower: number, upper: number): void {
    this.#model.changeColBounds(column, lower, upper)
  }

  setCost(column: number, cost: number): void {
    this.#model.changeColCost(column, cost)
  }

  setRow(row: number, lower: number, upper: number): void {
    this.#model.changeRowBounds(row, lower, upper)
  }

  /** @returns the row's number, for {@link dropRow} */
  addRow({ terms, lower, upper }: ModelRow): number {
    this.#model.addRow(lower, upper, { indices: terms.columns, values: terms.factors })
    return this.#model.getDimensions().numRows - 1
  }

  /** Most nodes of a whole search; one that needs more has failed, on every machine alike. */
  limitNodes(nodes: number): void {
    this.#model.options.set('mip_max_nodes', nodes)
  }

  /**
   * Lets the next fractional search begin where every column is at its nearest bound, instead of where the last one ended: for goals that
   * have little in common and lie close to that point.
   */
  beginAfresh(): void {
    this.#model.clearSolver()
    // Presolve would look for a start of its own.
    this.#presolve('off')
  }

  /**
   * Lets each fractional search walk from where the last one ended to better and better tables that fit: for goals that change while the
   * bounds hardly do.
   */
  keepFitting(): void {
    this.#model.options.set('simplex_strategy', primalSimplex)
  }

  /** Removes a row; later rows move up. */
  dropRow(row: number): void {
    this.#model.deleteRows({ kind: 'set', indices: [row] })
  }

  /** Replaces the objective by one to maximise. */
  maximise({ columns, factors }: Linear): void {
    for (const column of this.#objective) this.#model.changeColCost(column, 0)
    columns.forEach((column, index) => this.#model.changeColCost(column, factors[index] ?? 0))
    this.#objective = columns
    this.#unreachable = 1e300
    this.#model.changeObjectiveSense(this.#solver.constants.objectiveSense.maximize)
  }

  /**
   * Solves. The answer is that of the solver, within its tolerances.
   * @param whole - whether every column must be a whole number
   * @param limitMs - time this run may take
   * @param enough - a whole solution that reaches this objective ends the search, when maximising
   */
  solve(whole: boolean, limitMs: number, enough = Number.POSITIVE_INFINITY): Solved {
    if (limitMs <= 0) return { status: 'time_limit' }
    if (whole !== this.#whole) {
      const all = { kind: 'range', from: 0, to: this.#columns - 1 } as const
      if (whole) this.#model.changeColsIntegrality(all, new Int32Array(this.#columns).fill(1))
      else this.#model.clearIntegrality()
      this.#whole = whole
    }
    this.#model.zeroAllClocks()
    this.#model.options.set('time_limit', limitMs / 1000)
    if (whole) this.#model.options.set('objective_target', Number.isFinite(enough) ? enough - 0.5 : this.#unreachable)
    if (whole) this.#presolve('choose')
    const { modelStatus } = this.#solver.constants
    let status = this.#model.run().modelStatus
    this.#count(whole)
    if (status === modelStatus.unknown) {
      // Now and then a solution cannot be brought back from the presolved problem; the problem as it stands can be solved.
      this.#model.clearSolver()
      this.#presolve('off')
      status = this.#model.run().modelStatus
      this.#count(whole)
    }
    this.#presolve('choose')
    if (status === modelStatus.optimal || status === modelStatus.objectiveTarget) {
      const { colValue, rowDual } = this.#model.getSolution()
      const objective = this.#model.getObjectiveValue()
      const bound = whole ? Number(this.#model.info.get('mip_dual_bound')) : objective
      return { status: 'optimal', objective, bound, values: colValue, rowDuals: rowDual }
    }
    if (status === modelStatus.infeasible) return { status: 'infeasible' }
    return { status: status === modelStatus.timeLimit ? 'time_limit' : 'failed' }
  }

  #presolve(wanted: 'choose' | 'off'): void {
    this.#model.options.set('presolve', wanted)
  }

  #count(whole: boolean): void {
    const { numRows, numCols } = this.#model.getDimensions()
    const iterations = Number(this.#model.info.get('simplex_iteration_count'))
    // A whole search does much besides its iterations.
    const spent = (whole ? 4 : 1) * (iterations + 10) * (500 + numRows + numCols)
    effort.set(this.#solver, effortSpent(this.#solver) + spent)
  }

  dispose(): void {
    this.#model.dispose()
  }
}
