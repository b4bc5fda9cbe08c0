/**
 * From true sums to what may leave, on top of a protected count table of the same cells. A sum is withheld where its count is,
 * where it is unsafe itself, and where it would give away another. Pure, like `../protect-table.ts`.
 * @module
 */
import { type Atoms, layOutAtoms } from '../atoms.ts'
import { digest } from '../canonical.ts'
import { positionKey } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import { loadSolver, type Solver } from '../highs-model.ts'
import { unsafeCells } from '../unsafe-cells.ts'
import { baseTable } from './base-table.ts'
import { checkSums } from './check-sums.ts'
import { CountsBeside } from './counts-beside.ts'
import { GuardMaker, type SumGuard } from './guard-maker.ts'
import { yardstick } from './hazards.ts'
import { SumAudit } from './sum-audit.ts'
import { gatherEntries } from './sum-entries.ts'
import { gatherSumGuards } from './sum-guards.ts'
import { SumSuppression } from './sum-suppression.ts'
import { SumSystem } from './sum-system.ts'
import type { SumMeasure, SumState, SumsCertificate, SumsOutcome, SumsQuestion } from './types.ts'

/**
 * Decides for each measure and each cell whether the sum leaves.
 * @returns one outcome for each measure, in their order
 * @throws {@link DisclosureError} if the input is malformed
 */
export async function protectSums(question: SumsQuestion): Promise<SumsOutcome[]> {
  checkSums(question)
  const solver = await loadSolver()
  const all = (forced: ReadonlySet<string>): SumsOutcome[] => {
    const withheld = new Set<string>()
    return question.measures.map((measure) => {
      const outcome = protectMeasure(question, measure, solver, forced, withheld)
      for (const key of holesOf(outcome)) withheld.add(key)
      return outcome
    })
  }
  for (let forced: ReadonlySet<string> = new Set(); ; ) {
    const outcomes = all(forced)
    if (!question.together) return outcomes
    // A measure that cannot be shown at all takes those that follow from it along.
    const refused = outcomes.find((outcome) => outcome.outcome === 'refused')
    if (refused) return outcomes.map(({ measure }) => ({ measure, outcome: 'refused', code: refused.code }))
    const withheld = new Set(outcomes.flatMap(holesOf))
    if (outcomes.every((outcome) => holesOf(outcome).length === withheld.size)) return outcomes
    forced = withheld
  }
}

const holesOf = (outcome: SumsOutcome): string[] =>
  outcome.outcome === 'refused'
    ? []
    : outcome.cells.filter(({ state }) => state === 'withheld').map(({ at }) => positionKey(at))

function protectMeasure(
  question: SumsQuestion,
  measure: SumMeasure,
  solver: Solver,
  forced: ReadonlySet<string>,
  cheap: ReadonlySet<string>,
): SumsOutcome {
  const { counts, rules, now, deadlineMs } = question
  const { table } = counts
  const refuse = (code: (SumsOutcome & { outcome: 'refused' })['code']): SumsOutcome => ({
    measure: measure.id,
    outcome: 'refused',
    code,
  })
  const { earlier = [], unions = [] } = measure
  const shapes = [table, ...earlier, ...unions, ...(question.empty ?? [])].map(({ axes }) => axes)
  const atoms = layOutAtoms(shapes, rules.maxAtoms)
  if ('tooMany' in atoms) return refuse('too_many_atoms')
  const entries = gatherEntries(question, measure, atoms, cheap)
  if (entries === 'conflict') return refuse('ledger_conflict')

  const widest = measure.cells.find(({ at }) => at.every((node) => node === 0))
  const measured = yardstick(measure, rules, widest)
  const system = new SumSystem(atoms, entries, measure, rules.minimum, measured.ordinary)
  const base = baseTable(solver, system, deadlineMs - now())
  if (base === 'broken') {
    if (!measure.earlier?.length) throw new DisclosureError('sums_inconsistent')
    return refuse('ledger_conflict')
  }
  if (base === 'time_limit' || base === 'failed') return refuse(base === 'failed' ? 'attacker_failed' : base)

  const maker = new GuardMaker(system, base, measured)
  const unsafeCounts = unsafeCells(table, table.cells, rules)
  const countUnsafe = new Set(unsafeCounts.keys())
  const guarded = gatherSumGuards(table, measure, entries, system, maker, measured, countUnsafe)
  if (guarded.unsafe.size > rules.maxSparsity * measure.cells.length) return refuse('too_sparse')
  const withheld = [...guarded.unsafe, ...[...forced].flatMap((key) => entries.currentAt.get(key) ?? [])]
  for (const entry of withheld) {
    if (!system.isOpen(entry)) return refuse('not_protectable')
    system.setShown(entry, false)
  }

  const audit = new SumAudit(solver, system, base, question)
  const { lower = 0, upper = Number.POSITIVE_INFINITY } = measure.bounds ?? {}
  const beside = new CountsBeside(solver, system, base, upper - lower)
  try {
    const suppression = new SumSuppression(system, audit, maker, guarded)
    const refusal = suppression.protect()
    if (refusal) return refuse(refusal)
    // Half of what is left: the gate comes after it.
    const untilMs = now() + (deadlineMs - now()) / 2
    suppression.prune(untilMs, now)
    suppression.exchange(untilMs, now)
    const guards = suppression.guards()
    for (const guard of guards) {
      const verdict = audit.attack(guard)
      if (verdict === 'broken') return refuse('not_protectable')
      if (verdict !== 'open') return refuse(verdict === 'failed' ? 'attacker_failed' : verdict)
    }
    for (const [key, found] of unsafeCounts) {
      if (!entries.currentAt.get(key)?.countHidden) continue
      for (const guard of found) {
        if (guard.against !== 'everyone') continue
        const verdict = beside.attack(guard, entries.currentAt, () => deadlineMs - now())
        if (verdict === 'broken') return refuse('not_protectable')
        if (verdict !== 'open') return refuse(verdict === 'failed' ? 'attacker_failed' : verdict)
      }
    }
    const cells = measure.cells.map(({ at, sum, persons }): SumState => {
      const entry = entries.currentAt.get(positionKey(at))
      return entry && system.isShown(entry) && !entry.countHidden
        ? { at: [...at], state: 'released', sum, persons }
        : { at: [...at], state: 'withheld' }
    })
    if (cells.every(({ state }) => state === 'withheld')) return refuse('nothing_left')
    const certificate = certify(question, measure, cells, guards, { atoms, maker, audit, solver })
    return { measure: measure.id, outcome: 'answered', cells, certificate }
  } finally {
    audit.dispose()
    beside.dispose()
  }
}

type Audited = {
  readonly atoms: Atoms
  readonly maker: GuardMaker
  readonly audit: SumAudit
  readonly solver: Solver
}

function certify(
  { counts, rules }: SumsQuestion,
  measure: SumMeasure,
  cells: readonly SumState[],
  guards: readonly SumGuard[],
  { atoms, maker, audit, solver }: Audited,
): SumsCertificate {
  const { id, bounds, pPercent, organisations } = measure
  const open = {
    version: 1,
    measure: id,
    rulesSha256: digest({ rules, bounds, pPercent, organisations }),
    solver: { name: 'HiGHS', version: solver.version.string },
    earlierTables: measure.earlier?.length ?? 0,
    atoms: atoms.columns,
    holes: cells.filter(({ state }) => state === 'withheld').length,
    attackers: maker.attackers().map((attacker) => ({ ...attacker, verdict: 'safe' as const })),
  } as const
  const { population, axes } = counts.table
  const kept = guards.map((guard) => ({
    cells: guard.cells,
    attacker: guard.attacker,
    side: guard.by > 0 ? ('above' as const) : ('below' as const),
    need: audit.needOf(guard),
    reached: audit.reached(guard),
  }))
  return { ...open, sha256: digest({ ...open, population, axes, cells }), private: { kept } }
}
