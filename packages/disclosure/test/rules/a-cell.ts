/**
 * One cell of which everything is given, and what the rules say of it. Its table has three other districts, large enough to be safe.
 * @module
 */
import { type Axis, defaultRules, type Rules, type TrueCell, type TrueTable, type Unit } from '../../src/index.ts'
import { type CellGuard, unsafeCells } from '../../src/unsafe-cells.ts'
import { flat } from '../tables.ts'

type Figures = Partial<Omit<TrueCell, 'at'>>

export const full = (count: number, figures: Figures = {}): Omit<TrueCell, 'at'> => ({
  count,
  persons: count,
  byParty: {},
  largest: [Math.min(1, count), Math.min(1, Math.max(0, count - 1))],
  ...figures,
})

/** A line of cells with these figures below a total; the total's figures are given too, because parties and persons overlap. */
export function line(
  axis: Axis,
  unit: Unit,
  total: Omit<TrueCell, 'at'>,
  ...parts: readonly Omit<TrueCell, 'at'>[]
): TrueTable {
  const cells = [total, ...parts].map((figures, node): TrueCell => ({ at: [node], ...figures }))
  return { population: 'residents', unit, axes: [axis], cells }
}

export const plain = flat('district', ['a', 'b'])

/** What the rules say of the first part of a line of two, whose other part is large and safe. */
export function guardsOf(
  part: Omit<TrueCell, 'at'>,
  rules: Partial<Rules> = {},
  { unit = 'persons', axis = plain }: { unit?: Unit; axis?: Axis } = {},
): readonly CellGuard[] {
  const other = full(2_000, { persons: unit === 'households' ? 4_000 : unit === 'records' ? 1_000 : 2_000 })
  const total = full(part.count + other.count, { persons: part.persons + other.persons, byParty: part.byParty })
  return guardsIn(line(axis, unit, total, part, other), rules).get('1') ?? []
}

export const guardsIn = (table: TrueTable, rules: Partial<Rules> = {}): Map<string, CellGuard[]> =>
  unsafeCells(table, table.cells, { ...defaultRules, ...rules })

/** The guard that asks a cell of a line to be able to reach `need`. */
export const reaches = (
  node: number,
  need: number,
  against: CellGuard['against'] = 'everyone',
  factor = 1,
): CellGuard => ({
  at: [node],
  against,
  terms: [{ at: [node], factor }],
  need,
})
