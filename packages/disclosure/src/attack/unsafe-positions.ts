/**
 * Which cells the rules call unsafe: for auditors, who hold the true table. It never goes with an answer.
 * @module
 */
import { checkTrueTable, positionKey } from '../check-input.ts'
import { checkRules, type Rules } from '../rules.ts'
import type { Position, TrueTable } from '../types.ts'
import { unsafeCells } from '../unsafe-cells.ts'

/** @throws {@link DisclosureError} if table or rules are malformed */
export function unsafePositions(table: TrueTable, rules: Rules): Position[] {
  checkRules(rules)
  checkTrueTable(table)
  const unsafe = unsafeCells(table, table.cells, rules)
  return table.cells.flatMap(({ at }) => (unsafe.has(positionKey(at)) ? [at] : []))
}
