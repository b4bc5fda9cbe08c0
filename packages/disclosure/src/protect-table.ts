/**
 * From a true table to what may leave: primary rules, withholding, the gate, a certificate. Whatever goes wrong ends in a
 * refusal. Pure: time, secret and the memory of earlier answers come in, nothing is kept.
 * @module
 */
import { adviseOnAnswer, adviseOnRefusal } from './advice.ts'
import { layOutAtoms } from './atoms.ts'
import { attackerName, partiesIn } from './attackers.ts'
import { Audit } from './audit.ts'
import { attackersTried, certify } from './certificate.ts'
import { checkEarlierTable, checkPreviousTable, checkTrueTable, positionKey } from './check-input.ts'
import { DisclosureError } from './errors.ts'
import { gatherGuards } from './guards.ts'
import { loadSolver } from './highs-model.ts'
import { buildRegistry } from './registry.ts'
import { checkRules, type Rules } from './rules.ts'
import { type Limits, settle } from './settle.ts'
import { Suppression } from './suppress.ts'
import { System } from './system.ts'
import type { CellState, EarlierTable, Outcome, PreviousTable, RefusalCode, TrueTable } from './types.ts'

export type Question = {
  readonly table: TrueTable
  /** Every answer given in the same release about the same population and unit, in any order. */
  readonly earlier: readonly EarlierTable[]
  /** What the release before showed of the same cells: those that moved by fewer than k stay hidden in this one. */
  readonly previous?: readonly PreviousTable[]
  readonly rules: Rules
  /** Breaks ties between equally good cells; 16 bytes or more, kept as long as the ledger. */
  readonly secret: Uint8Array
} & Limits

/**
 * Decides for each cell whether it leaves.
 * @returns all cells of the table in their order, each released or withheld, with a certificate; or a refusal
 * @throws {@link DisclosureError} if the input is malformed
 */
export async function protectTable(question: Question): Promise<Outcome> {
  const { table, earlier, previous = [], rules, secret } = question
  checkRules(rules)
  if (secret.length < 16) throw new DisclosureError('secret_too_short')
  checkTrueTable(table)
  for (const known of earlier) checkEarlierTable(known, table)
  for (const known of previous) checkPreviousTable(known)

  const refuse = (code: RefusalCode, first?: string): Outcome => ({
    outcome: 'refused',
    code,
    advice: adviseOnRefusal(table.axes, first),
  })
  const atoms = layOutAtoms([table.axes, ...earlier.map((known) => known.axes)], rules.maxAtoms)
  if ('tooMany' in atoms) return refuse('too_many_atoms', atoms.dimension)
  const registry = buildRegistry(table, earlier, atoms, secret, rules.costs)
  if (registry === 'conflict') return refuse('ledger_conflict')
  const { guards, unsafe, primary } = gatherGuards(table, earlier, previous, registry, atoms, rules)
  if (primary > rules.maxSparsity * table.cells.length) return refuse('too_sparse')

  const system = new System(atoms, registry, table.unit, rules.minimum)
  for (const entry of unsafe) system.setShown(entry, false)
  const solver = await loadSolver()
  const audit = new Audit(solver, system, question)
  const suppression = new Suppression(solver, system, audit)
  try {
    const held = settle(suppression, audit, system, registry, guards, question)
    if (typeof held === 'string') return refuse(held)
    const cells = table.cells.map(({ at }): CellState => {
      const entry = registry.currentAt.get(positionKey(at))
      // Fields are named, not spread: whatever else a cell carries stays behind.
      return entry && system.isShown(entry) && entry.count !== undefined
        ? { at: [...at], state: 'released', count: entry.count }
        : { at: [...at], state: 'withheld' }
    })
    if (cells.every((cell) => cell.state === 'withheld')) return refuse('nothing_left')
    const certificate = certify({
      table,
      cells,
      rules,
      atoms: atoms.columns,
      equations: system.entries.filter((entry) => system.isShown(entry)).length + atoms.agreements.length,
      intervals: held.map((guard) => {
        const { low, high } = audit.seen(guard)
        return { at: guard.at, attacker: attackerName(guard.attacker), low, high }
      }),
      secondary: suppression.improved,
      attackers: attackersTried(partiesIn(table, earlier), rules),
      earlierTables: earlier.length,
      solverVersion: solver.version.string,
    })
    return { outcome: 'answered', cells, certificate, advice: adviseOnAnswer(table.axes, cells) }
  } finally {
    suppression.dispose()
    audit.dispose()
  }
}
