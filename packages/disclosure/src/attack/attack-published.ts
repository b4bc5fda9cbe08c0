/**
 * What can be computed about the cells that published tables do not show.
 *
 * Made for tables of others as well as for our own: it knows nothing about how the pattern of withheld cells came about. The
 * interval of every withheld cell is exact for whole numbers; the linear programme is a first try (disclosure.md §2.5).
 * @see Fischetti & Salazar-Gonzalez, JASA 95 (2000) 916: the attacker's programmes
 * @module
 */
import { type Atoms, layOutAtoms } from '../atoms.ts'
import { cellName } from '../cell-name.ts'
import { checkPreviousTable } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import { loadSolver } from '../highs-model.ts'
import type { Position } from '../types.ts'
import { Bounds } from './bounds.ts'
import { type Rest, restsOfLines } from './rests-of-lines.ts'
import type { PublishedTable, Sum } from './what-is-known.ts'

/** What an attacker knows about a cell besides, such as how many of its own people are in it. */
export type Knowledge = {
  /** Which of the tables. */
  readonly table: number
  readonly at: Position
  readonly atLeast: number
  /** The cell holds nobody else. */
  readonly exact?: boolean
}

export type AttackQuestion = {
  /** All about the same persons, in the same unit. */
  readonly tables: readonly PublishedTable[]
  readonly knowledge?: readonly Knowledge[]
  /**
   * Spares work where exact bounds are not needed: once whole tables show two values of a cell, one of them this or more, it is
   * bounded by the linear programme alone. Without it, every interval is exact.
   */
  readonly enough?: (table: number, at: Position) => number
  /** Most unknowns in the attacker's system. */
  readonly maxAtoms: number
  /** When to give up, on the clock of `now`; ms. */
  readonly deadlineMs: number
  readonly now: () => number
}

/** A withheld cell, with bounds that its value has in every whole table that fits everything published. */
export type AttackedCell = {
  readonly table: number
  readonly at: Position
  readonly low: number
  /** Infinite if nothing published bounds it. */
  readonly high: number
  /** Values that whole tables show: the same as the bounds where those are exact. */
  readonly reached: { readonly low: number; readonly high: number }
}

export type Attack =
  | {
      readonly outcome: 'attacked'
      readonly cells: readonly AttackedCell[]
      /** Of each line with a shown total and cells that are not: how many people those hold together. */
      readonly rests: readonly Rest[]
    }
  /** `contradiction`: no whole table fits what is published. The others: nothing is known. */
  | {
      readonly outcome: 'failed'
      readonly code: 'contradiction' | 'too_many_atoms' | 'time_limit' | 'attacker_failed'
    }

/**
 * Computes the interval of every withheld cell.
 * @throws {@link DisclosureError} if a table is malformed or one set of persons is shown with two counts
 */
export async function attackPublished(question: AttackQuestion): Promise<Attack> {
  const { tables, knowledge = [], enough, maxAtoms, now, deadlineMs } = question
  for (const table of tables) checkPreviousTable(table)
  const atoms = layOutAtoms(
    tables.map(({ axes }) => axes),
    maxAtoms,
  )
  if ('tooMany' in atoms) return { outcome: 'failed', code: 'too_many_atoms' }
  const sums = knownSums(tables, knowledge, atoms)
  const beforehand = knownBeforehand(tables, knowledge)
  const targets = new Map<string, { columns: readonly number[]; cells: { table: number; at: Position }[] }>()
  tables.forEach(({ axes, cells }, table) => {
    for (const { at, state } of cells) {
      const name = cellName(axes, at)
      if (state === 'released' || beforehand.has(name)) continue
      const target = targets.get(name) ?? { columns: atoms.columnsOf(axes, at), cells: [] }
      target.cells.push({ table, at })
      targets.set(name, target)
    }
  })
  const bounds = new Bounds(await loadSolver(), atoms, [...sums.values()], { now, deadlineMs })
  try {
    const fits = bounds.fits()
    if (fits !== 'fits') return { outcome: 'failed', code: fits }
    const cells: AttackedCell[] = []
    const found = [...targets.values()]
    // Two tables may show the same cell: the higher demand counts.
    const intervals = bounds.intervals(
      found.map(({ columns, cells: at }) => ({
        columns,
        enough: enough && Math.max(...at.map((cell) => enough(cell.table, cell.at))),
      })),
    )
    for (const target of found) {
      const interval = intervals.next().value
      if (interval === undefined) throw new Error('fewer intervals than cells')
      if (typeof interval === 'string') return { outcome: 'failed', code: interval }
      for (const { table, at } of target.cells) cells.push({ table, at, ...interval })
    }
    return { outcome: 'attacked', cells: cells.toSorted((a, b) => a.table - b.table), rests: restsOfLines(tables) }
  } finally {
    bounds.dispose()
  }
}

/** Everything shown or known, each set of persons once. */
function knownSums(tables: readonly PublishedTable[], knowledge: readonly Knowledge[], atoms: Atoms): Map<string, Sum> {
  const sums = new Map<string, Sum>()
  const learn = (table: PublishedTable, at: Position, lower: number, upper: number): void => {
    const name = cellName(table.axes, at)
    const before = sums.get(name)
    const low = Math.max(lower, before?.lower ?? 0)
    const high = Math.min(upper, before?.upper ?? Number.POSITIVE_INFINITY)
    if (low > high) throw new DisclosureError('counts_inconsistent')
    const columns = before?.columns ?? atoms.columnsOf(table.axes, at)
    sums.set(name, { columns, lower: low, upper: high })
  }
  for (const table of tables) {
    for (const cell of table.cells) if (cell.state === 'released') learn(table, cell.at, cell.count, cell.count)
    for (const at of table.structuralZeros ?? []) learn(table, at, 0, 0)
  }
  for (const { table, at, atLeast, exact } of knowledge) {
    const known = tables[table]
    if (!known) throw new DisclosureError('cells_incomplete')
    learn(known, at, atLeast, exact ? atLeast : Number.POSITIVE_INFINITY)
  }
  return sums
}

/** Cells whose value the attacker has without any table: its own, and those that cannot hold anybody. */
function knownBeforehand(tables: readonly PublishedTable[], knowledge: readonly Knowledge[]): ReadonlySet<string> {
  const structural = tables.flatMap(({ axes, structuralZeros = [] }) => structuralZeros.map((at) => cellName(axes, at)))
  const own = knowledge.flatMap(({ table, at, exact }) => {
    const known = tables[table]
    return exact && known ? [cellName(known.axes, at)] : []
  })
  return new Set([...structural, ...own])
}
