/**
 * Adds up the cells of one table while rows come by.
 * @module
 */
import type { CountedCell } from './counting-engine.ts'
import type { TableCells } from './table-cells.ts'

export type Tally = {
  /** `count` persons of cells `cells`, of whom party number p holds `held[p]` */
  readonly addPersons: (cells: Uint32Array, count: number, held: readonly number[]) => void
  /** one person of household `household`; `mask` has one bit per party that holds it; households come in rising order */
  readonly addHouseholdMember: (cells: Uint32Array, household: number, mask: number) => void
  /** one record of person `person`; persons come in rising order */
  readonly addRecord: (cells: Uint32Array, person: number, mask: number) => void
  readonly cells: () => CountedCell[]
}

/**
 * @param table - the cells, and how they are numbered
 * @param parties - in the order of the bits and of `held`
 * @param unit - what `count` counts of records: the records, or the persons behind them
 */
export function createTally(table: TableCells, parties: readonly string[], unit: 'records' | 'persons'): Tally {
  const counts = new Float64Array(table.size)
  const persons = new Float64Array(table.size)
  const held = parties.map(() => new Float64Array(table.size))
  // The person or household that a cell saw last, how many records it has there, and the two largest before it.
  const lastKeys = new Float64Array(table.size).fill(-1)
  const running = new Float64Array(table.size)
  const largest = new Float64Array(table.size)
  const second = new Float64Array(table.size)

  const bump = (column: Float64Array, cell: number, by: number): void => {
    column[cell] = (column[cell] as number) + by
  }
  const bumpHeld = (cell: number, mask: number): void => {
    for (let party = 0; party < held.length; party++) {
      if (((mask >>> party) & 1) === 1) bump(held[party] as Float64Array, cell, 1)
    }
  }
  const settle = (cell: number): void => {
    const number = running[cell] as number
    if (number > (largest[cell] as number)) {
      second[cell] = largest[cell] as number
      largest[cell] = number
    } else if (number > (second[cell] as number)) second[cell] = number
    running[cell] = 0
  }

  return {
    addPersons: (cells, count, heldBy) => {
      for (const cell of cells) {
        bump(counts, cell, count)
        bump(persons, cell, count)
        for (let party = 0; party < held.length; party++)
          bump(held[party] as Float64Array, cell, heldBy[party] as number)
      }
    },
    addHouseholdMember: (cells, household, mask) => {
      for (const cell of cells) {
        if (lastKeys[cell] !== household) bump(counts, cell, 1)
        lastKeys[cell] = household
        bump(persons, cell, 1)
        bumpHeld(cell, mask)
      }
    },
    addRecord: (cells, person, mask) => {
      for (const cell of cells) {
        if (lastKeys[cell] !== person) {
          settle(cell)
          lastKeys[cell] = person
          bump(persons, cell, 1)
          bumpHeld(cell, mask)
          if (unit === 'persons') bump(counts, cell, 1)
        }
        bump(running, cell, 1)
        if (unit === 'records') bump(counts, cell, 1)
      }
    },
    cells: () =>
      Array.from({ length: table.size }, (_, cell) => {
        settle(cell)
        const number = persons[cell] as number
        const ofRecords = [largest[cell] as number, second[cell] as number] as const
        const ofPersons = [Math.min(number, 1), Math.min(Math.max(number - 1, 0), 1)] as const
        return {
          at: table.at(cell),
          count: counts[cell] as number,
          persons: number,
          byParty: Object.fromEntries(parties.map((party, at) => [party, held[at]?.[cell] as number])),
          largest: unit === 'records' ? ofRecords : ofPersons,
        }
      }),
  }
}
