/**
 * Adds up the amounts of one measure per cell while rows come by, with the largest contributions of one person.
 * @module
 */
import type { SummedCell } from './counting-engine.ts'
import { EngineError } from './errors.ts'
import type { TableCells } from './table-cells.ts'

const mostLargest = 5

export type SumTally = {
  /** one row of person `person`; persons come in rising order */
  readonly add: (cells: Uint32Array, person: number, amount: number) => void
  readonly cells: () => SummedCell[]
}

/**
 * Sums are exact up to 2^53: four million rows that all carry the largest amount a column can hold.
 * @throws {@link EngineError} `largest_malformed`
 */
export function createSumTally(table: TableCells, largest: number): SumTally {
  if (!Number.isInteger(largest) || largest < 2 || largest > mostLargest) throw new EngineError('largest_malformed')
  const sums = new Float64Array(table.size)
  const persons = new Float64Array(table.size)
  const contributors = new Float64Array(table.size)
  // The person that a cell saw last, and what it has there so far.
  const lastKeys = new Float64Array(table.size).fill(-1)
  const running = new Float64Array(table.size)
  const top = Array.from({ length: largest }, () => new Float64Array(table.size))

  const settle = (cell: number): void => {
    let amount = Math.abs(running[cell] as number)
    running[cell] = 0
    if (amount === 0) return
    contributors[cell] = (contributors[cell] as number) + 1
    for (const place of top) {
      const there = place[cell] as number
      if (amount <= there) continue
      place[cell] = amount
      amount = there
    }
  }

  return {
    add: (cells, person, amount) => {
      for (const cell of cells) {
        if (lastKeys[cell] !== person) {
          settle(cell)
          lastKeys[cell] = person
          persons[cell] = (persons[cell] as number) + 1
        }
        running[cell] = (running[cell] as number) + amount
        sums[cell] = (sums[cell] as number) + amount
      }
    },
    cells: () =>
      Array.from({ length: table.size }, (_, cell) => {
        settle(cell)
        const count = contributors[cell] as number
        return {
          at: table.at(cell),
          sum: sums[cell] as number,
          persons: persons[cell] as number,
          contributors: count,
          largest: top.slice(0, count).map((place) => place[cell] as number),
        }
      }),
  }
}
