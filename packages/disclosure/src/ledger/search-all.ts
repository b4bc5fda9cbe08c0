/**
 * Another whole table where no simple exchange leads to one: a linear programme over all combinations of codes, then an
 * integer one. For small catalogues only; what it does not find is not there.
 * @module
 */
import { knownBefore } from '../attackers.ts'
import { HighsModel, type Linear, type ModelRow, type Solver } from '../highs-model.ts'
import type { Around, Exchanged } from './exchange.ts'
import type { LedgerGuard } from './guard.ts'
import type { KnownCell } from './known-cell.ts'
import type { Memory } from './memory.ts'
import { moveOf } from './move.ts'
import type { Truth } from './people.ts'

/** Combinations in one programme, at most. */
const mostKeys = 1_024
/** Price of moving one person where nobody sees it: few moves over many, which are whole far more often. */
const unseen = 0.001
const tolerance = 1e-6

/** @returns a table in which the guard is at its level, and what has to be withheld for it */
export function searchAll(
  solver: Solver,
  memory: Memory,
  guard: LedgerGuard,
  around: Around,
  limitMs: number,
): Exchanged | undefined {
  const { truth } = memory
  const keys = Array.from({ length: combinations(truth) }, (_, key) => key)
  const { rows, seen } = rowsFor(memory, guard, around, keys)
  const unknowns = 2 * keys.length
  const width = unknowns + 2 * seen.length
  const lower = new Float64Array(width)
  const upper = new Float64Array(width).fill(2 * (guard.need - guard.truth) + 1_000_000)
  const cost = new Float64Array(width).fill(unseen)
  keys.forEach((key, index) => {
    upper[2 * index + 1] = truth.count(key)
  })
  seen.forEach(({ price }, index) => {
    cost[unknowns + 2 * index] = price
    cost[unknowns + 2 * index + 1] = price
  })
  const model = new HighsModel(solver, { lower, upper, cost }, [
    ...rows.map((row) => ({ ...row, terms: doubled(row.terms) })),
    ...seen.map(({ columns }, index) => {
      const { columns: both, factors } = doubled(sumOf(columns))
      const slack = unknowns + 2 * index
      return { terms: { columns: [...both, slack, slack + 1], factors: [...factors, -1, 1] }, lower: 0, upper: 0 }
    }),
  ])
  try {
    for (const whole of [false, true]) {
      const solved = model.solve(whole, limitMs)
      if (solved.status !== 'optimal') return undefined
      const shift = (column: number) => (solved.values[2 * column] ?? 0) - (solved.values[2 * column + 1] ?? 0)
      const shifts = keys.map((_, index) => shift(index))
      if (shifts.some((value) => Math.abs(value - Math.round(value)) > tolerance)) continue
      const move = moveOf(new Map(keys.map((key, index) => [key, Math.round(shifts[index] ?? 0)])), [[]])
      const withheld = seen.flatMap(({ cell, columns }) =>
        columns.reduce((sum, column) => sum + Math.round(shifts[column] ?? 0), 0) === 0 ? [] : [cell],
      )
      return { move, withheld }
    }
    return undefined
  } finally {
    model.dispose()
  }
}

const combinations = (truth: Truth): number => truth.size(truth.names.map((_, place) => place))

/** Whether all combinations fit in one programme. */
export const isSmall = (truth: Truth): boolean => combinations(truth) <= mostKeys

const sumOf = (columns: readonly number[]): Linear => ({ columns, factors: columns.map(() => 1) })

/** Each unknown is a number of persons more and a number of persons fewer. */
function doubled({ columns, factors }: Linear): Linear {
  return {
    columns: columns.flatMap((column) => [2 * column, 2 * column + 1]),
    factors: factors.flatMap((factor) => [factor, -factor]),
  }
}

type Seen = { readonly cell: KnownCell; readonly columns: readonly number[]; readonly price: number }

/** What the attacker knows of the cells that these combinations are in; apart, what the question at hand may still withhold. */
function rowsFor(
  memory: Memory,
  guard: LedgerGuard,
  { prices, unit }: Around,
  keys: readonly number[],
): { rows: ModelRow[]; seen: Seen[] } {
  const { truth } = memory
  const seen: Seen[] = []
  const fixed = new Map<string, readonly number[]>()
  const rows: ModelRow[] = []
  for (const space of memory.spaces) {
    const touched = new Map<KnownCell, number[]>()
    keys.forEach((key, column) => {
      for (const cell of space.at[truth.project(key, space.places)] ?? []) {
        const columns = touched.get(cell)
        if (columns) columns.push(column)
        else touched.set(cell, [column])
      }
    })
    for (const [cell, columns] of touched) {
      const price = prices.get(cell)
      if (memory.isShown(cell)) {
        if (price !== undefined) seen.push({ cell, columns, price })
        else fixed.set(columns.join(), columns)
      }
      if (guard.attacker.kind === 'outsider' || (memory.isShown(cell) && price === undefined)) continue
      const known = knownBefore(guard.attacker, cell, unit)
      if (known.lower > 0 || known.upper < Number.POSITIVE_INFINITY)
        rows.push({ terms: sumOf(columns), lower: known.lower - cell.count, upper: known.upper - cell.count })
    }
  }
  const goal = new Map<number, number>()
  keys.forEach((key, column) => {
    for (const { cell, factor } of guard.terms) {
      const isInside = cell.places.every((place, depth) => cell.masks[depth]?.[truth.code(key, place)])
      if (isInside) goal.set(column, (goal.get(column) ?? 0) + factor)
    }
  })
  rows.push({
    terms: { columns: [...goal.keys()], factors: [...goal.values()] },
    lower: guard.need - guard.truth,
    upper: Number.POSITIVE_INFINITY,
  })
  for (const columns of fixed.values()) rows.push({ terms: sumOf(columns), lower: 0, upper: 0 })
  return { rows, seen }
}
