/**
 * What sums that were shown say, over the unknowns of the count tables. Only the crossings that a table of sums lies in, and those
 * between them, have sums: everywhere else people can be given amounts that fit, whatever their counts.
 * @module
 */
import type { Atoms } from '../atoms.ts'
import type { Attacker } from '../attackers.ts'
import { HighsModel, type ModelRow, type Solver } from '../highs-model.ts'
import { total } from '../system.ts'
import { type Part, partOf } from './hazards.ts'
import type { SumMeasure } from './types.ts'

/** A measure of which sums were shown. */
export type ShownMeasure = Pick<SumMeasure, 'bounds' | 'earlier'> & {
  /** The party that delivers the measure and knows every amount. */
  readonly owner?: string
}

/** One set of people whose sum was shown, or is known to the job. */
export type SummedCell = {
  readonly columns: readonly number[]
  /** Above the public lower bound. */
  readonly value: number | undefined
  readonly part: Part | undefined
  readonly isShown: boolean
  /** Whether only the owner's own dimensions, and nobody's, say who is in it. */
  readonly isOwn: boolean
}

export class SumsOnAtoms {
  readonly cells: readonly SummedCell[]
  /** Crossings that have sums. */
  readonly crossings: ReadonlySet<number>
  /** Columns that have sums, rising. */
  readonly columns: readonly number[]
  readonly agreements: Atoms['agreements']
  /** No sum of an unknown is taken to exceed this. It narrows the attacker's choice, so it errs to the safe side. */
  readonly ceiling: number
  readonly #owner: string | undefined
  /** Most that one person can have above the lower bound. */
  readonly most: number
  readonly #lower: number
  readonly #ownMost = new Map<number, number>()

  constructor(atoms: Atoms, { bounds, earlier = [], owner }: ShownMeasure) {
    const { lower = 0, upper = Number.POSITIVE_INFINITY } = bounds ?? {}
    this.#lower = lower
    this.most = upper - lower
    this.#owner = owner
    this.cells = earlier.flatMap((known) => {
      const parts = new Map((known.recounted ?? []).map((cell) => [cell.at.join(), partOf(cell, lower)]))
      return known.cells.map((cell): SummedCell => {
        const part = parts.get(cell.at.join())
        const told = known.axes.filter(
          (axis, index) => (axis.nodes[cell.at[index] ?? -1]?.leaves.length ?? 0) < axis.leaves,
        )
        return {
          columns: atoms.columnsOf(known.axes, cell.at),
          value: cell.state === 'released' ? cell.sum - lower * cell.persons : part?.value,
          part,
          isShown: cell.state === 'released',
          isOwn: told.every((axis) => axis.owner === undefined || axis.owner === owner),
        }
      })
    })
    const homes = new Set(this.cells.map(({ columns }) => crossingOf(atoms, columns)))
    this.crossings = between(homes, atoms)
    this.columns = Array.from({ length: atoms.columns }, (_, column) => column).filter((column) =>
      this.crossings.has(crossingOf(atoms, [column])),
    )
    this.agreements = atoms.agreements.filter((both) =>
      [both.left, both.right].every((columns) => this.crossings.has(crossingOf(atoms, columns))),
    )
    this.ceiling = 2 * this.cells.reduce((most, { value }) => Math.max(most, value ?? 0), 0) + 1000
    for (const { columns, part, isOwn } of this.cells) {
      const [largest] = part?.largest ?? []
      if (!isOwn || part === undefined || lower < 0) continue
      for (const column of columns)
        this.#ownMost.set(column, Math.min(largest ?? 0, this.#ownMost.get(column) ?? Number.POSITIVE_INFINITY))
    }
  }

  /** Most that one person in a column can have: who delivers the amounts knows the largest of its own people there. */
  mostAt(attacker: Attacker, column: number): number {
    const isOwner = attacker.kind !== 'outsider' && attacker.party === this.#owner
    return Math.min(
      this.most,
      isOwner ? (this.#ownMost.get(column) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    )
  }

  /** What an insider knows of a sum: the persons of whom it knows the amount, and these amounts. */
  ownPart({ part }: SummedCell, attacker: Attacker): { readonly persons: number; readonly value: number } {
    const own = attacker.kind === 'insider' ? part?.byParty[attacker.party] : undefined
    return own ? { persons: own.persons, value: own.sum - this.#lower * own.persons } : { persons: 0, value: 0 }
  }

  /** How many it takes at least to have an amount in a column. */
  fewestWith(amount: number, attacker: Attacker, column: number): number {
    return fewest(amount, this.mostAt(attacker, column))
  }

  /** How many it takes at least, in the eyes of an attacker who takes his own people away, to have what a cell has. */
  fewestIn(cell: SummedCell, attacker: Attacker): number {
    const own = this.ownPart(cell, attacker)
    return cell.value === undefined ? own.persons : own.persons + fewest(cell.value - own.value, this.most)
  }

  /**
   * Amounts that fit every sum that the job knows, and the counts; as they are where the tables of sums tell.
   * @param truth - true counts of all unknowns, where the job knows them
   * @returns by column, nothing outside {@link columns}; `broken` if no amounts fit
   */
  amounts(
    solver: Solver,
    truth: Float64Array | undefined,
    limitMs: number,
  ): ReadonlyMap<number, number> | 'broken' | 'time_limit' | 'failed' {
    const place = new Map(this.columns.map((column, index) => [column, index]))
    const lower = new Float64Array(this.columns.length)
    const upper = Float64Array.from(this.columns, (column) => {
      const persons = truth?.[column]
      if (persons === undefined) return this.ceiling
      return persons === 0 ? 0 : Math.min(this.ceiling, this.most * persons)
    })
    const rows: ModelRow[] = this.agreements.map(({ left, right }) => ({
      terms: {
        columns: [...left, ...right].map((column) => place.get(column) ?? 0),
        factors: [...left.map(() => 1), ...right.map(() => -1)],
      },
      lower: 0,
      upper: 0,
    }))
    for (const { columns, value } of this.cells) {
      if (value === undefined) continue
      const [column, ...more] = columns.map((each) => place.get(each) ?? 0)
      if (column === undefined) continue
      if (more.length > 0)
        rows.push({ terms: { columns: [column, ...more], factors: columns.map(() => 1) }, lower: value, upper: value })
      else if (value > (upper[column] ?? 0) || value < (lower[column] ?? 0)) return 'broken'
      else {
        lower[column] = value
        upper[column] = value
      }
    }
    const asMap = (values: Float64Array) =>
      new Map(this.columns.map((column, index) => [column, Math.round(values[index] ?? 0)]))
    if (lower.every((value, index) => value === upper[index])) {
      const known = asMap(lower)
      return this.#fits(known) ? known : 'broken'
    }
    const model = new HighsModel(solver, { lower, upper, cost: new Float64Array(this.columns.length) }, rows)
    try {
      for (const whole of [false, true]) {
        const solved = model.solve(whole, limitMs)
        if (solved.status !== 'optimal') return solved.status === 'infeasible' ? 'broken' : solved.status
        const found = asMap(solved.values)
        if (this.#fits(found)) return found
      }
      return 'failed'
    } finally {
      model.dispose()
    }
  }

  /** Whether amounts are whole and have every sum that is known. Exact. */
  #fits(amounts: ReadonlyMap<number, number>): boolean {
    const of = (columns: readonly number[]) => columns.reduce((sum, column) => sum + (amounts.get(column) ?? 0), 0)
    return (
      [...amounts.values()].every((amount) => Number.isSafeInteger(amount) && amount >= 0) &&
      this.agreements.every(({ left, right }) => of(left) === of(right)) &&
      this.cells.every(({ columns, value }) => value === undefined || of(columns) === value)
    )
  }

  /** Whether two whole tables fit each other and what was shown of sums. Exact. @param sums - by column of all atoms */
  allow(attacker: Attacker, counts: Float64Array, sums: Float64Array): boolean {
    return (
      this.columns.every((column) => {
        const [count = 0, sum = 0] = [counts[column], sums[column]]
        if (!Number.isSafeInteger(sum) || sum < 0) return false
        return sum === 0 || (count > 0 && sum <= this.mostAt(attacker, column) * count)
      }) &&
      this.agreements.every(({ left, right }) => total(left, sums) === total(right, sums)) &&
      this.cells.every((cell) => {
        const sum = total(cell.columns, sums)
        if (cell.isShown) return sum === cell.value
        // What is not its own is somebody's, and nobody's is below the lowest.
        const own = this.ownPart(cell, attacker)
        return sum >= own.value && total(cell.columns, counts) >= own.persons + fewest(sum - own.value, this.most)
      })
    )
  }
}

/** How many persons it takes at least to have so much. */
const fewest = (value: number, most: number): number =>
  value <= 0 ? 0 : most > 0 ? Math.max(1, Math.ceil(value / most)) : Number.POSITIVE_INFINITY

/** The crossing that columns are in; all in one. */
export const crossingOf = ({ crossings }: Pick<Atoms, 'crossings'>, [column = -1]: readonly number[]): number =>
  crossings.findLastIndex(({ offset }) => offset <= column)

/** Crossings on the ways between some, in the tree. */
function between(homes: ReadonlySet<number>, { crossings, links }: Pick<Atoms, 'crossings' | 'links'>): Set<number> {
  const left = new Set(crossings.map((_, crossing) => crossing))
  for (let size = -1; size !== left.size; ) {
    size = left.size
    for (const crossing of [...left]) {
      const around = links.filter(
        (link) => left.has(link.left) && left.has(link.right) && (link.left === crossing || link.right === crossing),
      )
      if (around.length <= 1 && !homes.has(crossing)) left.delete(crossing)
    }
  }
  return left
}
