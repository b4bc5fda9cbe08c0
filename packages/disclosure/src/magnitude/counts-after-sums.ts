/**
 * Counts beside sums that were shown: a count that its own table hides may follow from a sum. Where there is a sum there is
 * somebody, and nobody has more than the public upper bound.
 * `protectTables` judges its own tables with `beside`; here are tables about which somebody else decided.
 * @module
 */
import { layOutAtoms } from '../atoms.ts'
import { checkPreviousTable, checkTogether, checkTrueTable, positionKey } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import { gatherGuards } from '../guards.ts'
import { loadSolver, type Solver } from '../highs-model.ts'
import { buildRegistry, type Entry, type Registry } from '../registry.ts'
import { checkRules, type Rules } from '../rules.ts'
import { System } from '../system.ts'
import type { CellState, EarlierTable, RefusalCode, TrueTable } from '../types.ts'
import { wholeTruth } from '../whole-truth.ts'
import { judgeBesideSums } from './beside-sums.ts'
import { countsOfSums } from './counts-of-sums.ts'
import type { ShownMeasure } from './sums-on-atoms.ts'

export type CountsAfterSumsQuestion = {
  /** The tables asked now, each with what was decided about its cells; of one population, not of households. */
  readonly counts: readonly { readonly table: TrueTable; readonly cells: readonly CellState[] }[]
  /** What else is known of the same people: answers of before, facts. What one withholds is guarded where it is `recounted`. */
  readonly earlier?: readonly EarlierTable[]
  /** True counts of the crossings of all these tables, as for `protectTables`. */
  readonly whole?: readonly (readonly number[])[]
  /** What was shown of each measure. */
  readonly measures: readonly ShownMeasure[]
  readonly rules: Rules
  /** When to give up, on the clock of `now`; ms. */
  readonly deadlineMs: number
  readonly now: () => number
}

/**
 * @returns `open` if the sums give no hidden count away; otherwise why the tables asked now are to be refused
 * @throws {@link DisclosureError} if the tables are malformed or about different populations
 */
export async function countsAfterSums(question: CountsAfterSumsQuestion): Promise<'open' | RefusalCode> {
  const { counts, measures, earlier = [], rules } = question
  checkRules(rules)
  for (const { table, cells } of counts) {
    checkTrueTable(table)
    checkPreviousTable({ axes: table.axes, cells })
  }
  for (const table of earlier) checkPreviousTable(table)
  checkTogether(counts.map(({ table }) => table))
  if (counts.some(({ table }) => table.unit === 'households')) throw new DisclosureError('earlier_table_foreign')
  const solver = await loadSolver()
  for (const measure of measures) {
    const verdict = besideMeasure(question, measure, solver)
    if (verdict !== 'open') return verdict
  }
  return 'open'
}

function besideMeasure(question: CountsAfterSumsQuestion, measure: ShownMeasure, solver: Solver): 'open' | RefusalCode {
  const { counts, rules, whole, deadlineMs, now } = question
  const tables = counts.map(({ table }) => table)
  const [first] = tables
  if (!first) return 'open'
  const earlier = [...(question.earlier ?? []), ...countsOfSums(measure, first)]
  const atoms = layOutAtoms(
    [...tables, ...earlier].map(({ axes }) => axes),
    rules.maxAtoms,
  )
  if ('tooMany' in atoms) return 'too_many_atoms'
  // Nothing is chosen here, so nothing depends on the secret.
  const registry = buildRegistry(tables, earlier, atoms, new Uint8Array(16))
  if (registry === 'conflict') return 'ledger_conflict'
  const hidden = decided(counts, registry)
  if (hidden === 'conflict') return 'ledger_conflict'
  const systemOf = (entries: readonly Entry[]): System => {
    const system = new System(atoms, { ...registry, entries }, first.unit, rules.minimum)
    for (const entry of hidden) system.setShown(entry, false)
    return system
  }
  const { guards } = gatherGuards(tables, earlier, [], registry, atoms, rules)
  const system = systemOf(registry.entries)
  const counted = Float64Array.from(whole?.flat() ?? [])
  const isTrue = counted.length === atoms.columns && system.fits({ kind: 'outsider' }, counted)
  const truth = isTrue ? counted : wholeTruth(registry.entries, atoms.columns)
  const asked = { atoms, counts: system, systemOf, guards, truth, solver }
  return judgeBesideSums({ ...asked, clock: { deadlineMs, now } }, measure)
}

/** Cells of the tables asked now that were withheld; `conflict` if one is both shown and withheld. */
function decided(counts: CountsAfterSumsQuestion['counts'], { currentAt }: Registry): ReadonlySet<Entry> | 'conflict' {
  const fates = new Map<Entry, CellState['state']>()
  for (const [index, { cells }] of counts.entries())
    for (const { at, state } of cells) {
      const entry = currentAt[index]?.get(positionKey(at))
      if (!entry || entry.structuralZero) continue
      if ((fates.get(entry) ?? state) !== state) return 'conflict'
      if (state === 'withheld' && entry.earlier === 'released') return 'conflict'
      fates.set(entry, state)
    }
  return new Set([...fates].flatMap(([entry, state]) => (state === 'withheld' ? [entry] : [])))
}
