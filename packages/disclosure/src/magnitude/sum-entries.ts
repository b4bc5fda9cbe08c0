/**
 * All cells whose sums any table shows or hides, each set of persons once, with what was decided about it before.
 * @module
 */
import { createHmac } from 'node:crypto'
import type { Atoms } from '../atoms.ts'
import { cellName } from '../cell-name.ts'
import { positionKey } from '../check-input.ts'
import { levelsOf } from '../lines.ts'
import type { Axis, Position } from '../types.ts'
import { type Part, partOf } from './hazards.ts'
import type { SumMeasure, SumsQuestion } from './types.ts'

export type SumEntry = {
  readonly index: number
  readonly columns: readonly number[]
  /** True value above the public lower bound, where the job knows it; that of a released sum otherwise. */
  readonly value: number | undefined
  /** Who contributes, where the job knows it. */
  readonly part: Part | undefined
  readonly persons: number | undefined
  /** Axes on which the cell is less than everybody. */
  readonly told: readonly Axis[]
  readonly earlier: 'released' | 'withheld' | undefined
  readonly current: boolean
  /** The total of the table asked now. */
  readonly total: boolean
  /** Everybody knows that nobody is in it. */
  readonly empty: boolean
  /** Its count is not shown. */
  readonly countHidden: boolean
  readonly cost: number
}

export type SumEntries = {
  readonly entries: readonly SumEntry[]
  readonly currentAt: ReadonlyMap<string, SumEntry>
  readonly earlierAt: readonly ReadonlyMap<string, SumEntry>[]
}

type Draft = { -readonly [K in keyof SumEntry]: SumEntry[K] }

/**
 * @param cheap - keys of cells that another measure withholds already: withholding them here costs least
 * @returns the entries, or `conflict` if two answers give one cell two sums or two fates
 */
export function gatherEntries(
  { counts, secret, empty = [] }: Pick<SumsQuestion, 'counts' | 'secret' | 'empty'>,
  measure: SumMeasure,
  atoms: Atoms,
  cheap: ReadonlySet<string>,
): SumEntries | 'conflict' {
  const lower = measure.bounds?.lower ?? 0
  const byName = new Map<string, Draft>()
  let conflict = false
  const draft = (axes: readonly Axis[], at: Position): Draft => {
    const name = cellName(axes, at)
    const known = byName.get(name)
    if (known) return known
    const made: Draft = {
      index: byName.size,
      columns: atoms.columnsOf(axes, at),
      value: undefined,
      part: undefined,
      persons: undefined,
      told: axes.filter((axis, index) => (axis.nodes[at[index] ?? -1]?.leaves.length ?? 0) < axis.leaves),
      earlier: undefined,
      current: false,
      total: false,
      empty: false,
      countHidden: false,
      cost: 1 + lot(secret, name) / 1000,
    }
    byName.set(name, made)
    return made
  }
  const learn = (entry: Draft, value: number, persons: number): void => {
    if ((entry.value ?? value) !== value || (entry.persons ?? persons) !== persons) conflict = true
    entry.value = value
    entry.persons = persons
  }

  const { axes } = counts.table
  const levels = axes.map(levelsOf)
  const filtered = axes.some((axis) => (axis.nodes[0]?.leaves.length ?? 0) < axis.leaves)
  const states = new Map(counts.cells.map((cell) => [positionKey(cell.at), cell.state]))
  const currentAt = new Map<string, SumEntry>()
  for (const cell of measure.cells) {
    const entry = draft(axes, cell.at)
    const key = positionKey(cell.at)
    entry.part = partOf(cell, lower)
    learn(entry, entry.part.value, cell.persons)
    const height = cell.at.reduce((sum, node, axis) => sum + (levels[axis]?.[node] ?? 0), 0)
    // Few cells before small ones, a margin little dearer than a cell: it opens what many cells would; among equals the one with fewer persons.
    entry.cost *= entry.current
      ? 1
      : (1 + 0.25 * height) * (1 + Math.log2(1 + cell.persons) / 20) * (cheap.has(key) ? 0.1 : 1)
    entry.current = true
    if (states.get(key) === 'withheld') entry.countHidden = true
    else if (cell.persons === 0) entry.empty = true
    if (!filtered && cell.at.every((node) => node === 0)) entry.total = true
    currentAt.set(key, entry)
  }
  for (const at of counts.table.structuralZeros ?? []) {
    const entry = currentAt.get(positionKey(at)) as Draft | undefined
    if (entry) entry.empty = true
  }
  const earlierAt = (measure.earlier ?? []).map((known) => {
    const entries = new Map<string, SumEntry>()
    for (const cell of known.cells) {
      const entry = draft(known.axes, cell.at)
      if (entry.earlier !== undefined && entry.earlier !== cell.state) conflict = true
      entry.earlier = cell.state
      entries.set(positionKey(cell.at), entry)
      if (cell.state === 'withheld') continue
      learn(entry, cell.sum - lower * cell.persons, cell.persons)
      if (cell.persons === 0) entry.empty = true
    }
    return entries
  })
  const recounted = (measure.earlier ?? []).flatMap(({ axes: known, recounted: cells }) =>
    cells ? [{ axes: known, cells }] : [],
  )
  for (const known of [...recounted, ...(measure.unions ?? [])]) {
    for (const cell of known.cells) {
      const entry = draft(known.axes, cell.at)
      const part = partOf(cell, lower)
      learn(entry, part.value, cell.persons)
      entry.part ??= part
    }
  }
  for (const { axes: known, at } of empty) {
    const entry = draft(known, at)
    learn(entry, 0, 0)
    entry.empty = true
  }
  return conflict ? 'conflict' : { entries: [...byName.values()], currentAt, earlierAt }
}

/** Nobody without the secret can tell which of two equal cells is withheld. */
function lot(secret: Uint8Array, name: string): number {
  return createHmac('sha256', secret).update('sums').update(name).digest().readUInt32BE(0) / 2 ** 32
}
