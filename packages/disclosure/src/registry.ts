/**
 * All cells that any table shows or hides, each set of persons once, with what was decided about it before.
 * @module
 */
import { createHmac } from 'node:crypto'
import type { Atoms } from './atoms.ts'
import { cellName } from './cell-name.ts'
import { positionKey } from './check-input.ts'
import { levelsOf } from './lines.ts'
import { type Costs, costOf } from './secondary/costs.ts'
import type { Attacker, Axis, EarlierTable, Position, TrueCell, TrueTable } from './types.ts'

export type Entry = {
  readonly index: number
  readonly columns: readonly number[]
  /** True count, where the job knows it; a released count otherwise. */
  readonly count: number | undefined
  /** Who holds how many of the persons, where the job knows it. */
  readonly held: Pick<TrueCell, 'persons' | 'byParty'> | undefined
  /** Axes on which the cell is less than everybody. */
  readonly told: readonly Axis[]
  /** Decided by an earlier answer. */
  readonly earlier: 'released' | 'withheld' | undefined
  readonly structuralZero: boolean
  /** Part of a table asked now. */
  readonly current: boolean
  /** The total of a table asked now. */
  readonly total: boolean
  /** What withholding it costs; finite and positive. */
  readonly cost: number
  /** How many an attacker knows to be there at least, from something else than counts. */
  readonly atLeast?: (attacker: Attacker) => number
}

export type Registry = {
  readonly entries: readonly Entry[]
  /** Entry of a cell of each table asked now, in their order, by position key. */
  readonly currentAt: readonly ReadonlyMap<string, Entry>[]
  /** Entry of a cell of each earlier table, in their order. */
  readonly earlierAt: readonly ReadonlyMap<string, Entry>[]
}

type Draft = { -readonly [K in keyof Entry]: Entry[K] }

/** @returns the registry, or `conflict` if two answers give one cell two counts or two fates */
export function buildRegistry(
  tables: readonly TrueTable[],
  earlier: readonly EarlierTable[],
  atoms: Atoms,
  secret: Uint8Array,
  costs: Costs = 'cells',
): Registry | 'conflict' {
  const byName = new Map<string, Draft>()
  const lots = new Map<Draft, number>()
  let conflict = false
  const draft = (axes: readonly Axis[], at: Position): Draft => {
    const name = cellName(axes, at)
    const known = byName.get(name)
    if (known) return known
    const told = axes.filter((axis, index) => (axis.nodes[at[index] ?? -1]?.leaves.length ?? 0) < axis.leaves)
    const made: Draft = {
      index: byName.size,
      columns: atoms.columnsOf(axes, at),
      count: undefined,
      held: undefined,
      told,
      earlier: undefined,
      structuralZero: false,
      current: false,
      total: false,
      cost: 0,
    }
    byName.set(name, made)
    lots.set(made, lot(secret, name))
    return made
  }
  const learnCount = (entry: Draft, count: number): void => {
    if (entry.count !== undefined && entry.count !== count) conflict = true
    entry.count = count
  }

  const currentAt = tables.map((table) => {
    const entries = new Map<string, Entry>()
    const levels = table.axes.map(levelsOf)
    const filtered = table.axes.some((axis) => (axis.nodes[0]?.leaves.length ?? 0) < axis.leaves)
    for (const cell of table.cells) {
      const entry = draft(table.axes, cell.at)
      learnCount(entry, cell.count)
      const height = cell.at.reduce((sum, node, axis) => sum + (levels[axis]?.[node] ?? 0), 0)
      const isWidest = cell.at.every((node) => node === 0)
      // The same persons may stand in several cells, of one table or of two: what they are worth most counts.
      entry.cost = Math.max(
        entry.cost,
        costOf(costs, { count: cell.count, height, isWidest, lot: lots.get(entry) ?? 0 }),
      )
      entry.current = true
      entry.held = entry.held ? heldOf(entry.held, cell) : cell
      if (isWidest && !filtered) entry.total = true
      entries.set(positionKey(cell.at), entry)
    }
    return entries
  })
  const earlierAt = earlier.map((known) => {
    const entries = new Map<string, Entry>()
    for (const cell of known.cells) {
      const entry = draft(known.axes, cell.at)
      if (entry.earlier !== undefined && entry.earlier !== cell.state) conflict = true
      entry.earlier = cell.state
      if (cell.state === 'released') learnCount(entry, cell.count)
      entries.set(positionKey(cell.at), entry)
    }
    for (const cell of known.recounted ?? []) {
      const entry = draft(known.axes, cell.at)
      learnCount(entry, cell.count)
      entry.held ??= cell
    }
    return entries
  })
  for (const known of [...tables, ...earlier]) {
    for (const at of known.structuralZeros ?? []) {
      const entry = draft(known.axes, at)
      learnCount(entry, 0)
      entry.structuralZero = true
    }
  }
  return conflict ? 'conflict' : { entries: [...byName.values()], currentAt, earlierAt }
}

/** Two tables about the same persons: whoever is named in one of them holds what it holds. */
function heldOf(one: NonNullable<Entry['held']>, { persons, byParty }: TrueCell): NonNullable<Entry['held']> {
  const all = { ...one.byParty }
  for (const [party, own] of Object.entries(byParty)) all[party] = Math.max(own, all[party] ?? 0)
  return { persons, byParty: all }
}

/** A number in [0, 1) that nobody without the secret can predict: which of two equal cells is withheld must not be replayable. */
function lot(secret: Uint8Array, name: string): number {
  return createHmac('sha256', secret).update(name).digest().readUInt32BE(0) / 2 ** 32
}
