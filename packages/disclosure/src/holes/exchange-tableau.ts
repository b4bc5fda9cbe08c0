/**
 * A small linear programme over what may move, solved where it lies: from the table in which nothing moves, which always fits.
 *
 * Movements of hidden cells that nobody can see form the null space of the shown sums. Some movements (`free`) are chosen, the others
 * (`tied`) follow from them: tied = -factors x free. That is the simplex method's condensed tableau (Tucker 1960); its size is what an
 * attacker does not know, not the table's size, so that a step takes microseconds. The ties stay between two searches; limits and goals
 * may change. What it finds is a proposal: callers verify in whole numbers.
 * @module
 */

const noise = 1e-9
const tiny = 1e-7
/** Steps in a row without progress before the order of columns decides, which cannot go round in circles. */
const mostIdle = 40

/** Movements that add up to nothing, as `columns` times parallel `factors`. */
export type Tie = { readonly columns: readonly number[]; readonly factors: readonly number[] }

/** How far each movement may go below and above nothing; nothing itself lies in between. */
export type Room = { readonly lower: Float64Array; readonly upper: Float64Array }

export type Reached =
  | { readonly status: 'reached'; readonly moved: Float64Array }
  /** Nothing goes further than `most`. */
  | { readonly status: 'short'; readonly most: number }
  | { readonly status: 'unclear' }

export class ExchangeTableau {
  readonly #size: number
  readonly #tied: number[] = []
  readonly #free: number[]
  /** A row for each tied movement, an entry for each free one. */
  readonly #rows: Float64Array[] = []
  #moved: Float64Array
  /** Numbers touched so far. */
  work = 0

  /** @param size - how many movements there are; they are numbered from 0 */
  constructor(size: number, ties: readonly Tie[]) {
    this.#size = size
    this.#moved = new Float64Array(size)
    const dense: Float64Array[] = []
    const rowOf = new Int32Array(size).fill(-1)
    for (const { columns, factors } of ties) {
      const row = new Float64Array(size)
      columns.forEach((column, at) => {
        row[column] = (row[column] ?? 0) + (factors[at] ?? 0)
      })
      // Rows are reduced by each other: what is subtracted holds no tied movement but its own.
      for (const column of columns) {
        const known = rowOf[column] as number
        if (known < 0) continue
        subtract(row, dense[known] as Float64Array, row[column] as number)
        this.work += size
      }
      const pivot = row.findLastIndex((value) => Math.abs(value) > tiny)
      if (pivot < 0) continue
      divide(row, row[pivot] as number)
      for (const other of dense) {
        const factor = other[pivot] as number
        if (factor === 0) continue
        subtract(other, row, factor)
        this.work += size
      }
      rowOf[pivot] = dense.length
      dense.push(row)
      this.#tied.push(pivot)
    }
    this.#free = Array.from({ length: size }, (_, column) => column).filter((column) => rowOf[column] === -1)
    for (const row of dense) this.#rows.push(Float64Array.from(this.#free, (column) => row[column] as number))
  }

  /**
   * Looks for movements that bring `goal` to `enough`, and goes no further.
   * @param mostSteps - before it is given up
   */
  reach({ columns, factors }: Tie, enough: number, room: Room, mostSteps: number): Reached {
    this.#moved = new Float64Array(this.#size)
    const gains = this.#gains(columns, factors)
    let reached = 0
    let idle = 0
    for (let step = 0; step < mostSteps; step++) {
      const entering = this.#entering(gains, room, idle > mostIdle)
      if (entering < 0) return { status: 'short', most: reached }
      const gain = gains[entering] as number
      const direction = Math.sign(gain)
      const { row, far } = this.#stop(entering, direction, room)
      const missing = (enough - reached) / Math.abs(gain)
      if (far > missing - tiny) {
        // A whole step, where there is room for one.
        const whole = Math.ceil(missing - tiny)
        this.#move(entering, direction * (whole <= far ? whole : Math.min(far, missing)))
        return { status: 'reached', moved: this.#moved }
      }
      this.#move(entering, direction * far)
      reached += far * Math.abs(gain)
      idle = far > tiny ? 0 : idle + 1
      if (row >= 0) this.#exchange(row, entering, gains)
    }
    return { status: 'unclear' }
  }

  /** What a unit of each free movement adds to a goal. */
  #gains(columns: Tie['columns'], factors: Tie['factors']): Float64Array {
    const price = new Float64Array(this.#size)
    columns.forEach((column, at) => {
      price[column] = (price[column] ?? 0) + (factors[at] ?? 0)
    })
    const gains = Float64Array.from(this.#free, (column) => price[column] as number)
    this.#tied.forEach((column, row) => {
      const factor = price[column] as number
      if (factor !== 0) subtract(gains, this.#rows[row] as Float64Array, factor)
    })
    return gains
  }

  /** The free movement that brings most a unit, or the first that brings anything. */
  #entering(gains: Float64Array, { lower, upper }: Room, first: boolean): number {
    let best = -1
    let most = tiny
    for (let at = 0; at < gains.length; at++) {
      const gain = gains[at] as number
      const size = Math.abs(gain)
      if (size <= most) continue
      const column = this.#free[at] as number
      const moved = this.#moved[column] as number
      if (gain > 0 ? moved >= (upper[column] as number) - tiny : moved <= (lower[column] as number) + tiny) continue
      if (first && best >= 0 && column > (this.#free[best] as number)) continue
      best = at
      if (!first) most = size
    }
    return best
  }

  /** How far a free movement may go, and which tied one stops it; none if its own limit does. */
  #stop(entering: number, direction: number, { lower, upper }: Room): { readonly row: number; readonly far: number } {
    const column = this.#free[entering] as number
    const moved = this.#moved[column] as number
    let far = direction > 0 ? (upper[column] as number) - moved : moved - (lower[column] as number)
    let row = -1
    let firmest = 0
    for (let at = 0; at < this.#rows.length; at++) {
      const speed = -((this.#rows[at] as Float64Array)[entering] as number) * direction
      if (Math.abs(speed) < tiny) continue
      const tied = this.#tied[at] as number
      const limit = (speed > 0 ? upper[tied] : lower[tied]) as number
      const left = Math.max(0, (limit - (this.#moved[tied] as number)) / speed)
      if (left < far - noise || (left < far + noise && Math.abs(speed) > firmest)) {
        far = Math.min(far, left)
        row = at
        firmest = Math.abs(speed)
      }
    }
    this.work += this.#rows.length
    return { row, far }
  }

  #move(entering: number, by: number): void {
    if (by === 0) return
    const column = this.#free[entering] as number
    this.#moved[column] = (this.#moved[column] as number) + by
    for (let at = 0; at < this.#rows.length; at++) {
      const factor = (this.#rows[at] as Float64Array)[entering] as number
      const tied = this.#tied[at] as number
      if (factor !== 0) this.#moved[tied] = (this.#moved[tied] as number) - factor * by
    }
  }

  /** The tied movement of a row becomes free, the free one tied. */
  #exchange(row: number, entering: number, gains: Float64Array): void {
    const pivotRow = this.#rows[row] as Float64Array
    const pivot = pivotRow[entering] as number
    divide(pivotRow, pivot)
    pivotRow[entering] = 1 / pivot
    const turn = (other: Float64Array): void => {
      const factor = other[entering] as number
      if (factor === 0) return
      other[entering] = 0
      subtract(other, pivotRow, factor)
      this.work += gains.length
    }
    for (let at = 0; at < this.#rows.length; at++) if (at !== row) turn(this.#rows[at] as Float64Array)
    turn(gains)
    const column = this.#free[entering] as number
    this.#free[entering] = this.#tied[row] as number
    this.#tied[row] = column
  }
}

function subtract(row: Float64Array, other: Float64Array, factor: number): void {
  if (factor === 0) return
  for (let at = 0; at < row.length; at++) {
    const taken = other[at] as number
    if (taken === 0) continue
    const value = (row[at] as number) - factor * taken
    row[at] = Math.abs(value) < noise ? 0 : value
  }
}

function divide(row: Float64Array, divisor: number): void {
  if (divisor === 1) return
  for (let at = 0; at < row.length; at++) row[at] = (row[at] as number) / divisor
}
