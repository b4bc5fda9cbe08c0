/**
 * Whether two variables hang together: chi-square, its p value and Cramér's V.
 * @see K. Pearson, Philosophical Magazine 50 (1900) 157; H. Cramér, Mathematical Methods of Statistics (1946), 21.9; W. Bergsma, Journal
 *   of the Korean Statistical Society 42 (2013) 323 (the correction of V); W. G. Cochran, Biometrics 10 (1954) 417 (expected counts)
 * @module
 */
import { chiSquareTail } from '../distributions.ts'
import { both, exactly, type Interval, minus, plus, product, ratio, rising, squared, sumOf } from '../interval.ts'
import { rangeOver } from '../range-over.ts'

/** Counts by row and column, and what is known of the sums of rows and columns besides. All rows and columns have somebody. */
export type Crossed = {
  readonly counts: readonly (readonly Interval[])[]
  readonly rows: readonly Interval[]
  readonly columns: readonly Interval[]
}

export type Association = {
  readonly degrees: number
  readonly chiSquare: Interval
  readonly p: Interval
  readonly cramersV: Interval
  /** Less what chance alone gives: V is too large on average, most so for many categories and few people. */
  readonly correctedV: Interval
  /** Share of cells in which fewer than five are expected. */
  readonly smallExpected: Interval
  readonly persons: Interval
}

/** Pieces tried: each costs as much as the table has cells. */
const work = 400_000

export function associationOf({ counts, rows, columns }: Crossed): Association {
  const [height, breadth] = [rows.length, columns.length]
  const box = counts.flat()
  const found = rangeOver(box, (piece) => figuresOf(piece, rows, columns), Math.max(16, Math.floor(work / box.length)))
  const [chiSquare, perPerson, smallExpected, persons] = found ?? []
  if (!chiSquare || !perPerson || !smallExpected || !persons) throw new Error('a table that cannot be')
  const degrees = (height - 1) * (breadth - 1)
  const p = { low: chiSquareTail(degrees, chiSquare.high), high: chiSquareTail(degrees, chiSquare.low) }
  const v = (square: number): number => Math.sqrt(square / Math.min(height - 1, breadth - 1))
  return {
    degrees,
    chiSquare,
    p,
    cramersV: rising((at) => Math.min(1, v(at)), perPerson),
    correctedV: corrected(perPerson, persons, height, breadth),
    smallExpected,
    persons,
  }
}

/** Rises with the square per person; the correction and what V is measured against shrink and grow with the people. */
function corrected(perPerson: Interval, persons: Interval, height: number, breadth: number): Interval {
  const chance = (people: number): number => ((height - 1) * (breadth - 1)) / (people - 1)
  const most = (people: number): number =>
    Math.min(height - (height - 1) ** 2 / (people - 1), breadth - (breadth - 1) ** 2 / (people - 1)) - 1
  // So few people that chance alone fills the table: nothing is left to measure against.
  if (persons.low < 2 || most(persons.low) <= 0) return { low: 0, high: 1 }
  const root = (square: number, by: number): number => Math.min(1, Math.sqrt(Math.max(0, square) / by))
  return {
    low: root(perPerson.low - chance(persons.low), most(persons.high)),
    high: root(perPerson.high - chance(persons.high), most(persons.low)),
  }
}

/** @returns chi-square, the same for each person, share of small expected counts, persons; nothing if the piece fits no such sums */
function figuresOf(
  piece: readonly Interval[],
  knownRows: readonly Interval[],
  knownColumns: readonly Interval[],
): readonly Interval[] | undefined {
  const breadth = knownColumns.length
  const cell = (row: number, column: number): Interval => piece[row * breadth + column] ?? exactly(0)
  const rows = knownRows.map((known, row) => meet(known, sumOf(knownColumns.map((_, column) => cell(row, column)))))
  const columns = knownColumns.map((known, column) => meet(known, sumOf(knownRows.map((_, row) => cell(row, column)))))
  if (!rows.every(isThere) || !columns.every(isThere)) return undefined
  const persons = meet(sumOf(rows), sumOf(columns))
  if (!persons) return undefined
  let [chiSquare, squares] = [exactly(0), exactly(0)]
  let [surelySmall, maybeSmall] = [0, 0]
  for (const [row, inRow] of rows.entries())
    for (const [column, inColumn] of columns.entries()) {
      const crossed = product(inRow, inColumn)
      const expected = ratio(crossed, persons)
      chiSquare = plus(chiSquare, ratio(squared(minus(cell(row, column), expected)), expected))
      squares = plus(squares, ratio(squared(cell(row, column)), crossed))
      if (expected.high < 5) surelySmall += 1
      if (expected.low < 5) maybeSmall += 1
    }
  const size = rows.length * breadth
  // Two ways to write the same figure, each of which bounds it in its own way.
  const perPerson = minus(squares, exactly(1))
  const second = { low: Math.max(0, perPerson.low), high: Math.max(0, perPerson.high) }
  const total = both(chiSquare, product(persons, second))
  return [total, both(ratio(total, persons), second), { low: surelySmall / size, high: maybeSmall / size }, persons]
}

const isThere = (interval: Interval | undefined): interval is Interval => interval !== undefined

function meet(a: Interval, b: Interval): Interval | undefined {
  const low = Math.max(a.low, b.low)
  const high = Math.min(a.high, b.high)
  return low <= high ? { low, high } : undefined
}
