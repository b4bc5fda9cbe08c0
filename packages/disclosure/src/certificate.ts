/**
 * What is kept as proof that an answer was attacked before it left.
 * @module
 */
import type { Attacker } from './attackers.ts'
import { digest } from './canonical.ts'
import type { Rules } from './rules.ts'
import type { AttackedInterval, CellState, Certificate, TrueTable } from './types.ts'

export type Audited = {
  readonly table: TrueTable
  readonly cells: readonly CellState[]
  readonly rules: Rules
  /** Unknowns of the attacker's system. */
  readonly atoms: number
  /** What the attacker is told about them. */
  readonly equations: number
  readonly intervals: readonly AttackedInterval[]
  readonly secondary?: NonNullable<Certificate['private']['secondary']>
  readonly attackers: readonly Attacker[]
  readonly earlierTables: number
  readonly solverVersion: string
}

/** Writes the certificate. Only `private` says which cells were unsafe; nothing else depends on it. */
export function certify(done: Audited): Certificate {
  const { table, cells, atoms, equations, intervals } = done
  const open = {
    version: 1,
    rulesSha256: digest(done.rules),
    solver: { name: 'HiGHS', version: done.solverVersion },
    earlierTables: done.earlierTables,
    atoms,
    equations,
    holes: cells.filter((cell) => cell.state === 'withheld').length,
    attackers: done.attackers.map((attacker) => ({ ...attacker, verdict: 'safe' as const })),
  } as const
  const question = { population: table.population, unit: table.unit, axes: table.axes }
  return {
    ...open,
    sha256: digest({ ...open, question, cells }),
    private: { intervals, ...(done.secondary ? { secondary: done.secondary } : {}) },
  }
}

/** Everyone whom an answer was attacked as. */
export function attackersTried(parties: readonly string[], { insider }: Pick<Rules, 'insider'>): Attacker[] {
  if (!insider) return [{ kind: 'outsider' }]
  const inside = parties.flatMap((party): Attacker[] => [
    { kind: 'insider', party },
    { kind: 'attribute_holder', party },
  ])
  return [{ kind: 'outsider' }, ...inside]
}
