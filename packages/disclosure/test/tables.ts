/**
 * Tables for tests, drawn up from persons-per-combination counts. Shares no code with `src` but its types.
 * @module
 */
import type { Axis, AxisNode, CellState, EarlierTable, Outcome, Position, TrueCell, TrueTable } from '../src/index.ts'
import { defaultRules, protectTable, protectTables, type Rules } from '../src/index.ts'

/** Everyone with one combination of finest codes; `held` says how many of them each party holds. */
export type Group = {
  readonly leaves: Readonly<Record<string, number>>
  readonly count: number
  readonly held?: Readonly<Record<string, number>>
}

type AxisOptions = Omit<Axis, 'dimension' | 'leaves' | 'nodes'>

/** An axis with a total and one category for each code. */
export function flat(dimension: string, codes: readonly string[], options: AxisOptions = {}): Axis {
  const every = codes.map((_, index) => index)
  const nodes = [{ code: 'all', leaves: every }, ...codes.map((code, index) => ({ code, leaves: [index] }))]
  return { dimension, leaves: codes.length, nodes, ...options }
}

/** An axis with named unions of leaves; the first is the widest. */
export function nested(
  dimension: string,
  leaves: number,
  nodes: Readonly<Record<string, readonly number[]>>,
  options: AxisOptions = {},
): Axis {
  const named: AxisNode[] = Object.entries(nodes).map(([code, inside]) => ({ code, leaves: inside }))
  return { dimension, leaves, nodes: named, ...options }
}

/** All positions of a table. */
export function positions(axes: readonly Axis[]): Position[] {
  return axes.reduce<Position[]>((made, axis) => made.flatMap((at) => axis.nodes.map((_, node) => [...at, node])), [[]])
}

/** Counts persons. */
export function tableOf(axes: readonly Axis[], groups: readonly Group[]): TrueTable {
  const cells = positions(axes).map((at): TrueCell => {
    const inside = groups.filter((group) =>
      axes.every((axis, index) => axis.nodes[at[index] ?? 0]?.leaves.includes(group.leaves[axis.dimension] ?? -1)),
    )
    const count = inside.reduce((sum, group) => sum + group.count, 0)
    const byParty: Record<string, number> = {}
    for (const group of inside)
      for (const [party, held] of Object.entries(group.held ?? {})) byParty[party] = (byParty[party] ?? 0) + held
    return { at, count, persons: count, byParty, largest: [Math.min(1, count), Math.min(1, Math.max(0, count - 1))] }
  })
  return { population: 'residents', unit: 'persons', axes, cells }
}

/** Groups of a matrix, row by row: dimension `row` down, `column` across. */
function matrix(counts: readonly (readonly number[])[], row = 'row', column = 'column'): Group[] {
  return counts.flatMap((line, r) => line.map((count, c) => ({ leaves: { [row]: r, [column]: c }, count })))
}

/** A two-way table of a matrix with margins. */
export function twoWay(
  counts: readonly (readonly number[])[],
  options: readonly [AxisOptions?, AxisOptions?] = [],
): TrueTable {
  const codes = (size: number) => Array.from({ length: size }, (_, index) => `c${index}`)
  return tableOf(
    [flat('row', codes(counts.length), options[0]), flat('column', codes(counts[0]?.length ?? 0), options[1])],
    matrix(counts),
  )
}

export const secret = new Uint8Array(32).fill(7)

export async function protect(
  table: TrueTable,
  rules: Partial<Rules> = {},
  earlier: readonly EarlierTable[] = [],
): Promise<Outcome> {
  const now = () => performance.now()
  return await protectTable({
    table,
    earlier,
    rules: { ...defaultRules, ...rules },
    secret,
    deadlineMs: now() + 20_000,
    now,
  })
}

/** Linked tables, asked at once. */
export async function protectTogether(tables: readonly TrueTable[], rules: Partial<Rules> = {}): Promise<Outcome[]> {
  const now = () => performance.now()
  return await protectTables({
    tables,
    earlier: [],
    rules: { ...defaultRules, ...rules },
    secret,
    deadlineMs: now() + 20_000,
    now,
  })
}

/** The cells of an answer; a refusal is a failed test. */
export function answered(outcome: Outcome): readonly CellState[] {
  if (outcome.outcome !== 'answered') throw new Error(`refused: ${outcome.code}`)
  return outcome.cells
}

export async function cellsOf(
  table: TrueTable,
  rules: Partial<Rules> = {},
  earlier: readonly EarlierTable[] = [],
): Promise<readonly CellState[]> {
  return answered(await protect(table, rules, earlier))
}

/** What the ledger keeps of an answer. */
export function remembered(table: TrueTable, cells: readonly CellState[]): EarlierTable {
  const { population, unit, axes } = table
  return { population, unit, axes, cells }
}

export const stateAt = (cells: readonly CellState[], ...at: number[]): CellState['state'] | undefined =>
  cells.find((cell) => cell.at.join() === at.join())?.state

export const holes = (cells: readonly CellState[]): CellState[] => cells.filter((cell) => cell.state === 'withheld')
