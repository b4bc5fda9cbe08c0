/**
 * What is kept as proof that an answer was attacked before it left.
 * @module
 */
import { type Attacker, attackerName } from './attackers.ts'
import type { Audit } from './audit.ts'
import { digest } from './canonical.ts'
import type { Guard } from './guards.ts'
import type { Rules } from './rules.ts'
import type { System } from './system.ts'
import type { AttackedInterval, CellState, Certificate, TrueTable } from './types.ts'

export type Audited = {
  readonly table: TrueTable
  readonly cells: readonly CellState[]
  readonly rules: Rules
  readonly system: System
  readonly audit: Audit
  readonly guards: readonly Guard[]
  readonly attackers: readonly Attacker[]
  readonly earlierTables: number
  readonly solverVersion: string
}

/** Writes the certificate. Only `private` says which cells were unsafe; nothing else depends on it. */
export function certify(done: Audited): Certificate {
  const { table, cells, system } = done
  const open = {
    version: 1,
    rulesSha256: digest(done.rules),
    solver: { name: 'HiGHS', version: done.solverVersion },
    earlierTables: done.earlierTables,
    atoms: system.atoms.columns,
    equations: system.entries.filter((entry) => system.isShown(entry)).length + system.atoms.agreements.length,
    holes: cells.filter((cell) => cell.state === 'withheld').length,
    attackers: done.attackers.map((attacker) => ({ ...attacker, verdict: 'safe' as const })),
  } as const
  const question = { population: table.population, unit: table.unit, axes: table.axes }
  const intervals = done.guards.map((guard): AttackedInterval => {
    const { low, high } = done.audit.seen(guard)
    return { at: guard.at, attacker: attackerName(guard.attacker), low, high }
  })
  return { ...open, sha256: digest({ ...open, question, cells }), private: { intervals } }
}
