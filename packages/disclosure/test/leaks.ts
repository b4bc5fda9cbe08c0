/**
 * Asks the independent attacker what it finds in published answers. Judges by the plain criterion of disclosure.md §2.3.
 * @module
 */
import type { Axis, CellState, Position, TrueTable } from '../src/index.ts'
import { IndependentAttacker, type Knowledge } from './attacker.ts'

export type Answer = { readonly table: TrueTable; readonly cells: readonly CellState[] }

export type Leak = { readonly at: Position; readonly count: number; readonly low: number; readonly high: number }

/** Every small count (zeros too, where `zeros` says so) that all answers together give away. */
export function leaks(
  answers: readonly Answer[],
  minimum: number,
  zeros = false,
  knowledge: readonly Knowledge[] = [],
): Leak[] {
  const published = answers.map(({ table, cells }) => ({ axes: table.axes, cells }))
  const attacker = new IndependentAttacker(published, knowledge)
  return answers.flatMap(({ table }) =>
    table.cells.flatMap(({ at, count }): Leak[] => {
      if (count >= minimum || (count === 0 && !zeros)) return []
      const { low, high } = attacker.bounds(table.axes, at)
      return high >= minimum && low < high ? [] : [{ at, count, low, high }]
    }),
  )
}

/** Every released count that is not the true one, or is small itself. */
export function wrong({ table, cells }: Answer, minimum: number): CellState[] {
  const truth = new Map(table.cells.map((cell) => [cell.at.join(), cell.count]))
  return cells.filter(
    (cell) =>
      cell.state === 'released' &&
      (cell.count !== truth.get(cell.at.join()) || (cell.count > 0 && cell.count < minimum)),
  )
}

/** What the attacker finds when exactly these cells are hidden: shows that a test could fail. */
export function whenHidden(
  table: TrueTable,
  hidden: readonly Position[],
  of: Position,
  knowledge: readonly Knowledge[] = [],
) {
  const cells = table.cells.map(
    ({ at, count }): CellState =>
      hidden.some((place) => place.join() === at.join()) ? { at, state: 'withheld' } : { at, state: 'released', count },
  )
  return new IndependentAttacker([{ axes: table.axes, cells }], knowledge).bounds(table.axes, of)
}

/** What an insider knows of a table. */
export function knowledgeOf(table: TrueTable, party: string): Knowledge[] {
  const axes: readonly Axis[] = table.axes
  return table.cells.flatMap(({ at, persons, byParty }): Knowledge[] => {
    const own = byParty[party] ?? 0
    return own === 0 ? [] : [{ axes, at, atLeast: own, exact: own === persons }]
  })
}
