/**
 * From true tables to what may leave: primary rules, withholding, the gate, a certificate. Whatever goes wrong ends in a
 * refusal. Pure: time, secret and the memory of earlier answers come in, nothing is kept.
 *
 * Tables asked together are one system: the same persons have one fate, what is withheld for one table may protect another, and the
 * attacker reads all of them at once.
 * @module
 */
import { adviseOnAnswer, adviseOnRefusal } from './advice.ts'
import { type Atoms, layOutAtoms } from './atoms.ts'
import { attackerName, partiesIn } from './attackers.ts'
import { Audit } from './audit.ts'
import { attackersTried, certify } from './certificate.ts'
import { checkEarlierTable, checkPreviousTable, checkTogether, checkTrueTable, positionKey } from './check-input.ts'
import { DisclosureError } from './errors.ts'
import { type GuardedTable, gatherGuards } from './guards.ts'
import { loadSolver, type Solver } from './highs-model.ts'
import { judgeBesideSums } from './magnitude/beside-sums.ts'
import { countsOfSums } from './magnitude/counts-of-sums.ts'
import type { ShownMeasure } from './magnitude/sums-on-atoms.ts'
import { buildRegistry, type Entry, type Registry } from './registry.ts'
import { checkRules, type Rules } from './rules.ts'
import { type Limits, settle } from './settle.ts'
import { Suppression } from './suppress.ts'
import { System } from './system.ts'
import type { CellState, EarlierTable, Outcome, PreviousTable, RefusalCode, TrueTable } from './types.ts'
import { wholeTruth } from './whole-truth.ts'

type Remembered = {
  /** Every answer given in the same release about the same population and unit, in any order. */
  readonly earlier: readonly EarlierTable[]
  /** What the release before showed of the same cells: those that moved by fewer than k stay hidden in this one. */
  readonly previous?: readonly PreviousTable[]
  /**
   * How many there are of every combination in each of {@link crossingsOf} these tables, the last dimension fastest: the auditor's own
   * knowledge. With it other whole tables are found without a solver; what fits and what holds is checked as without.
   */
  readonly whole?: readonly (readonly number[])[]
  /** Sums of the same people that were shown before: what counts keep open must stay open beside them. */
  readonly beside?: readonly ShownMeasure[]
  readonly rules: Rules
  /** Breaks ties between equally good cells; 16 bytes or more, kept as long as the ledger. */
  readonly secret: Uint8Array
} & Limits

export type Question = Remembered & { readonly table: TrueTable }
/** `tables`: about one population, counted in one unit. */
export type JointQuestion = Remembered & { readonly tables: readonly TrueTable[] }

/**
 * Decides for each cell whether it leaves.
 * @returns all cells of the table in their order, each released or withheld, with a certificate; or a refusal
 * @throws {@link DisclosureError} if the input is malformed
 */
export async function protectTable({ table, ...rest }: Question): Promise<Outcome> {
  const [outcome] = await protectTables({ tables: [table], ...rest })
  if (!outcome) throw new Error('a table without an outcome')
  return outcome
}

/**
 * Decides about linked tables at once. A table that is too sparse is refused by itself; what else goes wrong refuses all of them.
 * @returns one outcome for each table, in their order. An interval stands in the certificate of the first table that has the cell.
 * @throws {@link DisclosureError} if the input is malformed, or `earlier_table_foreign` if the tables are about different populations
 */
export async function protectTables(question: JointQuestion): Promise<Outcome[]> {
  const { tables, earlier, previous = [], rules, secret } = question
  checkRules(rules)
  if (secret.length < 16) throw new DisclosureError('secret_too_short')
  for (const table of tables) checkTrueTable(table)
  checkTogether(tables)
  const [first] = tables
  if (!first) return []
  for (const known of earlier) checkEarlierTable(known, first)
  for (const known of previous) checkPreviousTable(known)

  const prepared = prepare(question)
  if ('code' in prepared) return tables.map((table) => refusal(table, prepared.code, prepared.dimension))
  const sparse = tables.map((table, index) => (prepared.primary[index] ?? 0) > rules.maxSparsity * table.cells.length)
  if (!sparse.includes(true)) return await answer(question, prepared)
  // What is not answered is no part of the system.
  const rest = tables.filter((_, index) => !sparse[index])
  const answers = rest.length === 0 ? [] : await protectTables({ ...question, tables: rest, whole: [] })
  return tables.map((table) => answers[rest.indexOf(table)] ?? refusal(table, 'too_sparse'))
}

/** What was answered before: a sum is shown with the count beside it. */
const earlierOf = ({ tables, earlier, beside = [] }: Pick<JointQuestion, 'tables' | 'earlier' | 'beside'>) => {
  const [table] = tables
  return table ? [...earlier, ...beside.flatMap((measure) => countsOfSums(measure, table))] : earlier
}

const refusal = (table: TrueTable, code: RefusalCode, first?: string): Outcome => ({
  outcome: 'refused',
  code,
  advice: adviseOnRefusal(table.axes, first),
})

type Prepared = GuardedTable & { readonly atoms: Atoms; readonly registry: Registry }

function prepare(question: JointQuestion): Prepared | { readonly code: RefusalCode; readonly dimension?: string } {
  const { tables, previous = [], rules, secret } = question
  const earlier = earlierOf(question)
  const atoms = layOutAtoms(
    [...tables, ...earlier].map(({ axes }) => axes),
    rules.maxAtoms,
  )
  if ('tooMany' in atoms) return { code: 'too_many_atoms', dimension: atoms.dimension }
  const registry = buildRegistry(tables, earlier, atoms, secret, rules.costs)
  if (registry === 'conflict') return { code: 'ledger_conflict' }
  return { atoms, registry, ...gatherGuards(tables, earlier, previous, registry, atoms, rules) }
}

async function answer(question: JointQuestion, prepared: Prepared): Promise<Outcome[]> {
  const { tables, rules } = question
  const { atoms, registry, unsafe } = prepared
  const system = new System(atoms, registry, tables[0]?.unit ?? 'persons', rules.minimum)
  for (const entry of unsafe) system.setShown(entry, false)
  const solver = await loadSolver()
  const audit = new Audit(solver, system, question)
  const whole = Float64Array.from(question.whole?.flat() ?? [])
  // People that do not fit what was answered (another job linked them otherwise) are no start; the solver looks for one.
  const isStart = whole.length === atoms.columns && audit.begin(whole)
  const truth = isStart ? whole : wholeTruth(registry.entries, atoms.columns)
  const suppression = new Suppression(solver, system, audit, question.exchangeFrom)
  try {
    const held = settle(suppression, audit, system, registry, prepared.guards, question)
    if (typeof held === 'string') return tables.map((table) => refusal(table, held))
    const told = besideSums(question, prepared, { audit, system, held, solver }, truth)
    if (told !== 'open') return tables.map((table) => ({ ...refusal(table, told), beside: 'sums' }))
    return tables.map((table, index) => {
      const cells = publishedCells(table, registry.currentAt[index] ?? new Map(), system)
      if (cells.every((cell) => cell.state === 'withheld')) return refusal(table, 'nothing_left')
      const certificate = certificateOf(question, index, cells, { audit, system, suppression, held, solver })
      return { outcome: 'answered', cells, certificate, advice: adviseOnAnswer(table.axes, cells) }
    })
  } finally {
    suppression.dispose()
    audit.dispose()
  }
}

/** Whether what the guards keep open stays open beside sums that were shown before. */
function besideSums(
  question: JointQuestion,
  { atoms, registry }: Prepared,
  { audit, system, held, solver }: Pick<Settled, 'audit' | 'system' | 'held' | 'solver'>,
  truth: Float64Array | undefined,
): 'open' | RefusalCode {
  const { tables, beside = [], rules } = question
  const systemOf = (entries: readonly Entry[]): System => {
    const made = new System(atoms, { ...registry, entries }, tables[0]?.unit ?? 'persons', rules.minimum)
    for (const entry of system.entries) made.setShown(entry, system.isShown(entry))
    return made
  }
  const counted = { atoms, counts: system, systemOf, guards: held, truth, judged: audit, solver, clock: question }
  for (const measure of beside) {
    const verdict = judgeBesideSums(counted, measure)
    if (verdict !== 'open') return verdict
  }
  return 'open'
}

function publishedCells(table: TrueTable, entryAt: Registry['currentAt'][number], system: System): CellState[] {
  return table.cells.map(({ at }): CellState => {
    const entry = entryAt.get(positionKey(at))
    // Fields are named, not spread: whatever else a cell carries stays behind.
    return entry && system.isShown(entry) && entry.count !== undefined
      ? { at: [...at], state: 'released', count: entry.count }
      : { at: [...at], state: 'withheld' }
  })
}

type Settled = {
  readonly audit: Audit
  readonly system: System
  readonly suppression: Suppression
  readonly held: GuardedTable['guards']
  readonly solver: Solver
}

function certificateOf(
  { tables, earlier, rules }: JointQuestion,
  index: number,
  cells: readonly CellState[],
  { audit, system, suppression, held, solver }: Settled,
) {
  const { atoms, entries } = system
  return certify({
    table: tables[index] as TrueTable,
    cells,
    rules,
    atoms: atoms.columns,
    equations: entries.filter((entry) => system.isShown(entry)).length + atoms.agreements.length,
    intervals: held
      .filter(({ table }) => table === index)
      .map((guard) => {
        const { low, high } = audit.seen(guard)
        return { at: guard.at, attacker: attackerName(guard.attacker), low, high }
      }),
    secondary: suppression.improved,
    attackers: attackersTried(partiesIn(tables, earlier), rules),
    earlierTables: earlier.length,
    solverVersion: solver.version.string,
  })
}
