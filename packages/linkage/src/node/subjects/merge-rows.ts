/**
 * Rows to persons inside one extract: the rules one after the other, each on what the stronger ones made.
 * @module
 * @see linkage.md §4 step 1
 */

import type { IdentifierStore } from '../identifiers/identifier-store.ts'
import { applyRule } from './apply-rule.ts'
import { signatures } from './distinct.ts'
import { createForest } from './forest.ts'
import { nameRules, numberRule, type RuleName, ruleNames } from './rules.ts'

export type MergedRows = {
  /** For every row its subject, numbered in order of first appearance. */
  readonly subjectOfRow: Uint32Array
  readonly subjects: number
  /** Rows that were added to a subject, by the rule that did it. */
  readonly mergedBy: Readonly<Record<RuleName, number>>
  /** Rows that share what a rule asks for with another row, and were kept apart because the two contradict each other. */
  readonly keptApart: number
}

/**
 * The same partition whatever the order of the rows; no subject ever holds two different numbers.
 * @param bsn - per row the number, or 0 or less; null for a party that may not use it
 * @param identifiers - of the same rows, or null when nothing but the number is read
 */
export function mergeRows(rows: number, bsn: Int32Array | null, identifiers: IdentifierStore | null): MergedRows {
  const clusters = createForest(rows)
  const apart = new Uint8Array(rows)
  const mergedBy = Object.fromEntries(ruleNames.map((name) => [name, 0])) as Record<RuleName, number>
  const parts = identifiers?.parts() ?? null
  const signatureOf = identifiers === null || parts === null ? null : signatures(identifiers.columns, parts, bsn)
  const rules = [
    ...(bsn === null ? [] : [numberRule(bsn)]),
    ...(identifiers === null || parts === null ? [] : nameRules(identifiers.columns, parts)),
  ]
  for (const rule of rules) mergedBy[rule.name] += applyRule(rule, rows, clusters, signatureOf, apart)
  const subjectOfRow = new Uint32Array(rows)
  let subjects = 0
  for (let row = 0; row < rows; row++) {
    const root = clusters.rootOf(row)
    // A root is the least row of its tree, so it comes first.
    subjectOfRow[row] = root === row ? subjects++ : (subjectOfRow[root] as number)
  }
  return { subjectOfRow, subjects, mergedBy, keptApart: apart.reduce((sum, flag) => sum + flag, 0) }
}
