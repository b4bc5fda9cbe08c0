/**
 * The cells of a table as the ledger knows them.
 * @module
 */
import { positionKey } from '../check-input.ts'
import { levelsOf } from '../lines.ts'
import { type Costs, costOf } from '../secondary/costs.ts'
import type { CellState, EarlierTable, TrueCell, TrueTable } from '../types.ts'
import { type Draft, draftCell, type KnownCell } from './known-cell.ts'
import type { Memory } from './memory.ts'

export type TableCells = {
  /** By position key; two positions may be one set of persons. */
  readonly cells: ReadonlyMap<string, Draft>
  /** Those of them that no answer decided. */
  readonly fresh: ReadonlySet<Draft>
}

/**
 * Finds the cells of a table in the memory and adds the new ones.
 * @returns nothing, and nothing added, if the table counts otherwise than the people do
 */
export function enterTable(memory: Memory, { axes, cells, structuralZeros = [] }: TrueTable): TableCells | undefined {
  const found = new Map<string, Draft>()
  const added: Draft[] = []
  for (const cell of cells) {
    const entered = enter(memory, axes, cell, added)
    if (entered.count !== cell.count) {
      for (const one of added) memory.drop(one)
      return undefined
    }
    found.set(positionKey(cell.at), entered)
  }
  for (const at of structuralZeros) {
    const cell = found.get(positionKey(at))
    if (cell) declareEmpty(memory, cell)
  }
  return { cells: found, fresh: new Set([...found.values()].filter(({ fate }) => fate === undefined)) }
}

/**
 * The same for a table that was answered before, with what it decided.
 * @returns nothing if it shows another count than the people have, or another fate than an earlier table gave
 */
export function recallTable(memory: Memory, earlier: EarlierTable): TableCells | undefined {
  const { axes, cells, structuralZeros = [], recounted = [] } = earlier
  const counted = new Map(recounted.map((cell) => [positionKey(cell.at), cell]))
  const found = new Map<string, Draft>()
  const fresh = new Set<Draft>()
  for (const state of cells) {
    const key = positionKey(state.at)
    const cell = enter(memory, axes, counted.get(key) ?? { at: state.at }, [])
    if (contradicts(cell, state) || (counted.get(key)?.count ?? cell.count) !== cell.count) return undefined
    if (cell.fate === undefined) fresh.add(cell)
    cell.fate = state.state
    if (state.state === 'released') memory.show(cell)
    found.set(key, cell)
  }
  for (const at of structuralZeros) {
    const cell = found.get(positionKey(at))
    if (cell) declareEmpty(memory, cell)
  }
  return { cells: found, fresh }
}

const contradicts = ({ fate, count }: KnownCell, state: CellState): boolean =>
  (fate !== undefined && fate !== state.state) || (state.state === 'released' && state.count !== count)

function enter(
  memory: Memory,
  axes: TrueTable['axes'],
  { at, persons, byParty }: Pick<TrueCell, 'at'> & Partial<TrueCell>,
  added: Draft[],
): Draft {
  const drawn = draftCell(memory.truth, axes, at)
  const known: Draft | undefined = memory.find(drawn.name)
  const cell = known ?? drawn
  if (persons !== undefined && byParty !== undefined) cell.held ??= { persons, byParty }
  if (!known) {
    added.push(cell)
    memory.add(cell)
  }
  return cell
}

function declareEmpty(memory: Memory, cell: Draft): void {
  cell.structuralZero = true
  if (cell.fate === undefined) memory.show(cell)
}

/** What each undecided cell costs to withhold; the total and what cannot hold anybody cannot be. */
export function pricesOf(
  table: TrueTable,
  { cells, fresh }: TableCells,
  costs: Costs,
  lot: (name: string) => number,
): ReadonlyMap<KnownCell, number> {
  const levels = table.axes.map(levelsOf)
  const prices = new Map<KnownCell, number>()
  for (const { at, count } of table.cells) {
    const cell = cells.get(positionKey(at))
    if (!cell || !fresh.has(cell) || cell.structuralZero || cell.places.length === 0 || prices.has(cell)) continue
    const height = at.reduce((sum, node, axis) => sum + (levels[axis]?.[node] ?? 0), 0)
    const isWidest = at.every((node) => node === 0)
    prices.set(cell, costOf(costs, { count, height, isWidest, lot: lot(cell.name) }))
  }
  return prices
}
