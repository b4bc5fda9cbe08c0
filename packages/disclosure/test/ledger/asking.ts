/**
 * A ledger that is asked one question after another, judged after each by the attacker in this folder's parent.
 * @module
 */
import { expect } from 'vitest'
import {
  type Axis,
  defaultRules,
  type EarlierTable,
  Ledger,
  type Outcome,
  type People,
  type Rules,
  type TrueTable,
} from '../../src/index.ts'
import { type Answer, leaks, wrong } from '../leaks.ts'
import { type Group, remembered, secret, tableOf } from '../tables.ts'

/** Groups as the job knows people: one combination for each. */
export function peopleOf(sizes: Readonly<Record<string, number>>, groups: readonly Group[]): People {
  const dimensions = Object.entries(sizes).map(([dimension, leaves]) => ({ dimension, leaves }))
  const parties = [...new Set(groups.flatMap(({ held }) => Object.keys(held ?? {})))]
  const some = groups.filter(({ count }) => count > 0)
  return {
    dimensions,
    codes: Uint8Array.from(some.flatMap(({ leaves }) => dimensions.map(({ dimension }) => leaves[dimension] ?? 0))),
    counts: Uint32Array.from(some, ({ count }) => count),
    held: Object.fromEntries(parties.map((party) => [party, Uint32Array.from(some, ({ held }) => held?.[party] ?? 0)])),
  }
}

export const openLedger = (people: People, rules: Partial<Rules> = {}): Ledger =>
  new Ledger({ population: 'residents', unit: 'persons', rules: { ...defaultRules, ...rules }, secret, people })

const now = () => performance.now()
export const limits = () => ({ now, deadlineMs: now() + 20_000 })

export class AskingLedger {
  readonly answers: Answer[] = []
  readonly #rules: Partial<Rules>
  readonly #groups: readonly Group[]
  readonly #people: People
  ledger: Ledger

  constructor(sizes: Readonly<Record<string, number>>, groups: readonly Group[], rules: Partial<Rules>) {
    this.#rules = rules
    this.#groups = groups
    this.#people = peopleOf(sizes, groups)
    this.ledger = openLedger(this.#people, rules)
  }

  /** @param judge - whether the attacker goes over all answers now */
  async ask(axes: readonly Axis[], judge = true): Promise<Outcome> {
    const table = tableOf(axes, this.#groups)
    const outcome = await this.ledger.answer({ table, ...limits() })
    if (outcome.outcome === 'answered') this.answers.push({ table, cells: outcome.cells })
    if (judge) this.judge()
    return outcome
  }

  judge(): void {
    const minimum = this.#rules.minimum ?? defaultRules.minimum
    for (const answer of this.answers) expect(wrong(answer, minimum)).toStrictEqual([])
    expect(leaks(this.answers, minimum, this.#rules.zeros === 'protect')).toStrictEqual([])
  }

  /** Loses everything but what a service would have on disk, and the people, whom it counts again. */
  async restart(): Promise<void> {
    this.ledger = openLedger(this.#people, this.#rules)
    for (const { table, cells } of this.answers)
      expect(await this.ledger.recall(recounted(table, cells), limits())).toBeUndefined()
  }
}

export const recounted = (table: TrueTable, cells: Answer['cells']): EarlierTable => ({
  ...remembered(table, cells),
  recounted: table.cells,
})
