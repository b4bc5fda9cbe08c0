/**
 * Counts that are asked after sums were shown: a count that its own table hides may follow from a sum that was shown before. Where there
 * is a sum there is somebody, and nobody has more than the public upper bound.
 *
 * Every hidden count that the rules call unsafe must, beside the sums of each measure, look as large to an outsider as the counts alone
 * leave it. The tables are those of the release, so a count shown now may also give away one that was hidden before.
 * @module
 */
import { layOutAtoms } from '../atoms.ts'
import { cellName } from '../cell-name.ts'
import { checkPreviousTable, checkTogether, checkTrueTable, positionKey } from '../check-input.ts'
import { loadSolver, type Solver } from '../highs-model.ts'
import { checkRules, type Rules } from '../rules.ts'
import type { Axis, CellState, EarlierTable, Position, RefusalCode, TrueTable } from '../types.ts'
import { unsafeCells } from '../unsafe-cells.ts'
import { baseTable } from './base-table.ts'
import { CountsBeside } from './counts-beside.ts'
import type { SumEntry } from './sum-entries.ts'
import { SumSystem } from './sum-system.ts'
import type { SumMeasure } from './types.ts'

export type CountsAfterSumsQuestion = {
  /** The table asked now and the earlier ones of the release, of persons, each with what was decided about its cells. */
  readonly counts: readonly { readonly table: TrueTable; readonly cells: readonly CellState[] }[]
  /** What was shown of each measure. */
  readonly measures: readonly Pick<SumMeasure, 'bounds' | 'earlier'>[]
  /** What else is known of the same people: answers whose true counts are not at hand, facts. What they withhold is not guarded here. */
  readonly known?: readonly EarlierTable[]
  readonly rules: Rules
  /** When to give up, on the clock of `now`; ms. */
  readonly deadlineMs: number
  readonly now: () => number
}

/**
 * @returns `open` if the sums give no hidden count away; otherwise why the table asked now is to be refused
 * @throws {@link DisclosureError} if the tables are malformed or about different populations
 */
export async function countsAfterSums(question: CountsAfterSumsQuestion): Promise<'open' | RefusalCode> {
  const { counts, measures, rules } = question
  checkRules(rules)
  for (const { table, cells } of counts) {
    checkTrueTable(table)
    checkPreviousTable({ axes: table.axes, cells })
  }
  for (const table of question.known ?? []) checkPreviousTable(table)
  checkTogether(counts.map(({ table }) => table))
  const solver = await loadSolver()
  for (const measure of measures) {
    const verdict = besideMeasure(question, measure, solver)
    if (verdict !== 'open') return verdict
  }
  return 'open'
}

function besideMeasure(
  { counts, known = [], rules, deadlineMs, now }: CountsAfterSumsQuestion,
  measure: Pick<SumMeasure, 'bounds' | 'earlier'>,
  solver: Solver,
): 'open' | RefusalCode {
  const { lower = 0, upper = Number.POSITIVE_INFINITY } = measure.bounds ?? {}
  const shapes = [...counts.map(({ table }) => table), ...(measure.earlier ?? []), ...known].map(({ axes }) => axes)
  const atoms = layOutAtoms(shapes, rules.maxAtoms)
  if ('tooMany' in atoms) return 'too_many_atoms'
  const gathered = gather(counts, known, measure, (axes, at) => atoms.columnsOf(axes, at))
  if (gathered === 'conflict') return 'ledger_conflict'
  const { entries, placed } = gathered
  const described = { id: '', cells: [], ...(measure.bounds ? { bounds: measure.bounds } : {}) }
  const system = new SumSystem(
    atoms,
    { entries, currentAt: new Map(), earlierAt: [] },
    described,
    rules.minimum,
    rules.minimum,
  )
  const base = baseTable(solver, system, deadlineMs - now())
  if (base === 'broken') return 'ledger_conflict'
  if (base === 'time_limit' || base === 'failed') return base === 'failed' ? 'attacker_failed' : base
  const beside = new CountsBeside(solver, system, base, upper - lower)
  try {
    for (const [index, { table }] of counts.entries()) {
      const at = placed[index] ?? new Map<string, SumEntry>()
      for (const [key, guards] of unsafeCells(table, table.cells, rules)) {
        if (!at.get(key)?.countHidden) continue
        for (const guard of guards) {
          if (guard.against !== 'everyone') continue
          const verdict = beside.attack(guard, at, () => deadlineMs - now())
          if (verdict === 'broken') return 'not_protectable'
          if (verdict !== 'open') return verdict === 'failed' ? 'attacker_failed' : verdict
        }
      }
    }
    return 'open'
  } finally {
    beside.dispose()
  }
}

type Draft = { -readonly [K in keyof SumEntry]: SumEntry[K] }

/** Every set of people that a count or a sum is known of, or hidden of, once. */
function gather(
  counts: CountsAfterSumsQuestion['counts'],
  known: readonly EarlierTable[],
  { bounds, earlier = [] }: Pick<SumMeasure, 'bounds' | 'earlier'>,
  columnsOf: (axes: readonly Axis[], at: Position) => number[],
): { readonly entries: readonly SumEntry[]; readonly placed: readonly ReadonlyMap<string, SumEntry>[] } | 'conflict' {
  const lower = bounds?.lower ?? 0
  const byName = new Map<string, Draft>()
  let conflict = false
  const draft = (axes: readonly Axis[], at: Position): Draft => {
    const name = cellName(axes, at)
    const known = byName.get(name)
    if (known) return known
    const made: Draft = {
      index: byName.size,
      columns: columnsOf(axes, at),
      value: undefined,
      part: undefined,
      persons: undefined,
      told: [],
      earlier: undefined,
      current: false,
      total: false,
      empty: false,
      countHidden: false,
      cost: 0,
    }
    byName.set(name, made)
    return made
  }
  const learn = (entry: Draft, persons: number): void => {
    if ((entry.persons ?? persons) !== persons) conflict = true
    entry.persons = persons
  }
  const placed = counts.map(({ table, cells }) => {
    const hidden = new Set(cells.flatMap(({ at, state }) => (state === 'withheld' ? [positionKey(at)] : [])))
    const entries = new Map<string, SumEntry>()
    const impossible = new Set((table.structuralZeros ?? []).map(positionKey))
    for (const { at, persons } of table.cells) {
      const key = positionKey(at)
      const entry = draft(table.axes, at)
      learn(entry, persons)
      if (entry.current && entry.countHidden !== (hidden.has(key) && !impossible.has(key))) conflict = true
      entry.current = true
      entry.countHidden = hidden.has(key) && !impossible.has(key)
      entry.empty = persons === 0 && !entry.countHidden
      entries.set(key, entry)
    }
    return entries
  })
  for (const { axes, cells } of earlier) {
    for (const cell of cells) {
      if (cell.state === 'withheld') continue
      const entry = draft(axes, cell.at)
      learn(entry, cell.persons)
      const value = cell.sum - lower * cell.persons
      if ((entry.value ?? value) !== value) conflict = true
      entry.value = value
      // A sum is shown with the count beside it.
      entry.earlier = 'released'
      entry.countHidden = false
    }
  }
  for (const { axes, cells } of known) {
    for (const cell of cells) {
      if (cell.state === 'withheld') continue
      const entry = draft(axes, cell.at)
      learn(entry, cell.count)
      entry.earlier = 'released'
      entry.countHidden = false
      // Where nobody is there is no amount.
      if (cell.count === 0) entry.value = 0
    }
  }
  return conflict ? 'conflict' : { entries: [...byName.values()], placed }
}
