/**
 * Whether what counts keep open stays open beside the sums of a measure, for the same attackers.
 *
 * A guard is looked at only where sums can reach it. First the tables that the counts' own gate found: most of them go with the sums as
 * well. Then others, with the sums as they are: what they say is then no more than how many there are at least, and the counts' own ways
 * of finding tables serve. Programmes over counts and sums together come last.
 * @module
 */
import type { Atoms } from '../atoms.ts'
import { type Attacker, attackerName } from '../attackers.ts'
import { Audit, type Clock } from '../audit.ts'
import { AuditModel } from '../audit-model.ts'
import type { Guard } from '../guards.ts'
import type { Solver } from '../highs-model.ts'
import type { Entry } from '../registry.ts'
import type { System } from '../system.ts'
import type { RefusalCode } from '../types.ts'
import { BothModel } from './both-model.ts'
import { reachedBySums } from './reached-by-sums.ts'
import { type ShownMeasure, SumsOnAtoms } from './sums-on-atoms.ts'

export type BesideSums = {
  readonly atoms: Atoms
  /** Counts only, as they would be shown. The tables of the sums are among its tables. */
  readonly counts: System
  /** The same with other entries in the place of its own. */
  readonly systemOf: (entries: readonly Entry[]) => System
  readonly guards: readonly Guard[]
  /** True counts of all unknowns, where the job knows them. */
  readonly truth: Float64Array | undefined
  /** Where the counts were judged, the tables found then. */
  readonly judged?: Audit
  readonly solver: Solver
  readonly clock: Clock
}

/** @returns `open` if the sums give nothing away */
export function judgeBesideSums(counts: BesideSums, measure: ShownMeasure): 'open' | RefusalCode {
  const { atoms, solver, clock, truth, judged } = counts
  const sums = new SumsOnAtoms(atoms, measure)
  const reached = reachedBySums(counts.counts, sums)
  const guards = counts.guards.filter(
    (guard): guard is Needing => guard.need !== undefined && reached.has(guard.terms.columns),
  )
  const amounts = sums.amounts(solver, truth, clock.deadlineMs - clock.now())
  if (amounts === 'broken') return 'ledger_conflict'
  if (typeof amounts === 'string') return amounts === 'failed' ? 'attacker_failed' : amounts
  const entries = toldBySums(counts.counts.entries, sums, amounts)
  const told = entries.filter(({ atLeast }) => atLeast !== undefined)
  const left = guards.filter(
    (guard) =>
      !judged?.servedBy(guard, (valueOf) =>
        told.every(({ atLeast, columns }) => valueOf(columns) >= (atLeast?.(guard.attacker) ?? 0)),
      ),
  )
  if (left.length === 0) return 'open'
  const audit = new Audit(solver, counts.systemOf(entries), clock)
  return judge(left, { audit, sums, ...counts })
}

type Needing = Guard & { readonly need: number }
/** `audit`: with the sums as they are. */
type Judges = BesideSums & { readonly audit: Audit; readonly sums: SumsOnAtoms }

function judge(
  guards: readonly Needing[],
  { audit, counts, sums, solver, clock, truth }: Judges,
): 'open' | RefusalCode {
  const both = new Map<string, BothModel>()
  const alone = new Map<string, AuditModel>()
  const modelOf = <Model>(models: Map<string, Model>, attacker: Attacker, make: () => Model): Model => {
    const name = attackerName(attacker)
    const found = models.get(name) ?? make()
    models.set(name, found)
    return found
  }
  try {
    if (truth) audit.begin(truth)
    const fits = audit.firstWitness()
    if (fits === 'time_limit') return 'time_limit'
    if (fits === 'open') {
      audit.exchange(guards)
      audit.scatter(guards)
    }
    for (const guard of guards) {
      const { attacker, terms, need } = guard
      const asTheyAre = fits === 'open' ? audit.attack(guard) : 'broken'
      if (asTheyAre === 'open') continue
      if (asTheyAre === 'time_limit') return 'time_limit'
      // What counts alone leave no room for, their own gate has judged.
      const own = modelOf(alone, attacker, () => new AuditModel(solver, counts, attacker))
      const bound = own.maximise(terms, Number.POSITIVE_INFINITY, false, audit.remainingMs)
      if (bound.status === 'infeasible') return 'ledger_conflict'
      if (bound.status !== 'optimal') return bound.status === 'failed' ? 'attacker_failed' : bound.status
      if (bound.objective < need - 1e-6) continue
      const moving = modelOf(both, attacker, () => new BothModel(solver, counts, sums, attacker))
      const verdict = moving.attack(guard, () => clock.deadlineMs - clock.now())
      if (verdict === 'broken') return 'not_protectable'
      if (verdict !== 'open') return verdict === 'failed' ? 'attacker_failed' : verdict
    }
    return 'open'
  } finally {
    audit.dispose()
    for (const model of [...both.values(), ...alone.values()]) model.dispose()
  }
}

/** The entries, and what the sums say of each unknown that has any: so many there are at least. */
function toldBySums(
  entries: readonly Entry[],
  sums: SumsOnAtoms,
  amounts: ReadonlyMap<number, number>,
): readonly Entry[] {
  const told = new Map<string, ((attacker: Attacker) => number)[]>()
  const tell = (columns: readonly number[], least: (attacker: Attacker) => number): void => {
    const key = columns.join()
    told.set(key, [...(told.get(key) ?? []), least])
  }
  for (const [column, amount] of amounts)
    if (amount > 0) tell([column], (attacker) => sums.fewestWith(amount, attacker, column))
  for (const cell of sums.cells) tell(cell.columns, (attacker) => sums.fewestIn(cell, attacker))
  const leastOf = (key: string) => {
    const found = told.get(key)
    told.delete(key)
    return found && ((attacker: Attacker) => Math.max(...found.map((least) => least(attacker))))
  }
  const known = entries.map((entry): Entry => {
    const atLeast = leastOf(entry.columns.join())
    return atLeast ? { ...entry, atLeast } : entry
  })
  const more = [...told.keys()].map((key, index): Entry => {
    const atLeast = leastOf(key)
    return {
      ...nothingDecided,
      index: entries.length + index,
      columns: key.split(',').map(Number),
      ...(atLeast ? { atLeast } : {}),
    }
  })
  return [...known, ...more]
}

const nothingDecided = {
  count: undefined,
  held: undefined,
  told: [],
  earlier: undefined,
  structuralZero: false,
  current: false,
  total: false,
  cost: 0,
} as const
