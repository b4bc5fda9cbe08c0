/**
 * All answers about one population of one release, for as long as a job lives: what was asked and decided, and for everything
 * that must not be found out a verified whole table in which it is otherwise.
 *
 * A new answer costs what it changes: tables that it does not contradict stay, only the others are looked for anew.
 * @module
 */
import { createHmac } from 'node:crypto'
import { adviseOnAnswer, adviseOnRefusal } from '../advice.ts'
import { attackerName } from '../attackers.ts'
import { attackersTried, certify } from '../certificate.ts'
import { checkEarlierTable, checkPreviousTable, checkTrueTable, positionKey } from '../check-input.ts'
import { DisclosureError } from '../errors.ts'
import { loadSolver } from '../highs-model.ts'
import { checkRules, type Rules } from '../rules.ts'
import type { Limits } from '../settle.ts'
import type {
  CellState,
  Certificate,
  EarlierTable,
  Outcome,
  PreviousTable,
  RefusalCode,
  TrueTable,
  Unit,
} from '../types.ts'
import { decide } from './decide.ts'
import { gather } from './gather.ts'
import { reachedBy } from './guard.ts'
import type { KnownCell } from './known-cell.ts'
import { Memory } from './memory.ts'
import { type People, Truth } from './people.ts'
import { enterTable, pricesOf, recallTable } from './table-cells.ts'
import type { Trial } from './trial.ts'
import { Witnesses } from './witnesses.ts'

export type LedgerSettings = {
  readonly population: string
  readonly unit: Unit
  readonly rules: Rules
  /** Breaks ties between equally good cells; 16 bytes or more, kept as long as the ledger. */
  readonly secret: Uint8Array
  readonly people: People
}

export type LedgerQuestion = Limits & {
  readonly table: TrueTable
  /** What the release before showed of the same cells: those that moved by fewer than k stay hidden in this one. */
  readonly previous?: readonly PreviousTable[]
}

export class Ledger {
  readonly #settings: LedgerSettings
  readonly #memory: Memory
  readonly #witnesses: Witnesses
  readonly #parties = new Set<string>()
  #answers = 0
  #last: Promise<unknown> = Promise.resolve()

  /** @throws {@link DisclosureError} on malformed rules, secret or people */
  constructor(settings: LedgerSettings) {
    checkRules(settings.rules)
    if (settings.secret.length < 16) throw new DisclosureError('secret_too_short')
    this.#settings = settings
    this.#memory = new Memory(new Truth(settings.people), settings.unit, (name) => this.#fraction('mark', name))
    this.#witnesses = new Witnesses(this.#memory)
  }

  /** Answers remembered. */
  get answers(): number {
    return this.#answers
  }

  /**
   * Takes over an answer given before, by this ledger or by one that is gone: its cells keep their fate, and what it must not
   * give away gets a table anew.
   * @param earlier - with its cells counted again
   * @returns nothing, or why no further answer may be given: the ledger is of no use then
   * @throws {@link DisclosureError} if the input is malformed
   */
  recall(earlier: EarlierTable, limits: Limits): Promise<RefusalCode | undefined> {
    return this.#inTurn(() => this.#recall(earlier, limits))
  }

  async #recall(earlier: EarlierTable, limits: Limits): Promise<RefusalCode | undefined> {
    const { population, unit, rules, secret } = this.#settings
    const memory = this.#memory
    const { axes, recounted, structuralZeros } = earlier
    if (!recounted) throw new DisclosureError('cells_incomplete')
    const table: TrueTable = {
      population,
      unit,
      axes,
      cells: recounted,
      ...(structuralZeros ? { structuralZeros } : {}),
    }
    checkEarlierTable(earlier, table)
    const entered = recallTable(memory, earlier)
    if (!entered) return 'ledger_conflict'
    this.#answers++
    const { guards } = gather(memory, { table, previous: [], ...entered }, this.#partiesOf(table), rules)
    const trial = this.#witnesses.trial(entered.fresh)
    const news = guards.filter((guard) => !this.#witnesses.has(guard))
    const around = { unit, places: this.#placesOf(table), prices: new Map<KnownCell, number>() }
    // Nothing is open any more: what is shown was shown, what is hidden stays so.
    const unsafe = entered.fresh
    const refusal = await decide(memory, trial, { ...limits, table, rules, secret, ...entered, unsafe, news, around })
    if (refusal !== undefined) return refusal
    this.#witnesses.keep(trial)
    return undefined
  }

  /**
   * Decides for each cell whether it leaves, and remembers it. A refusal leaves no trace.
   * @throws {@link DisclosureError} if the input is malformed
   */
  answer(question: LedgerQuestion): Promise<Outcome> {
    return this.#inTurn(() => this.#answer(question))
  }

  async #answer(question: LedgerQuestion): Promise<Outcome> {
    const { table, previous = [] } = question
    const { population, unit, rules, secret } = this.#settings
    checkTrueTable(table)
    for (const known of previous) checkPreviousTable(known)
    if (table.population !== population || table.unit !== unit) throw new DisclosureError('earlier_table_foreign')
    const memory = this.#memory
    const entered = enterTable(memory, table)
    if (!entered) return refused(table, 'ledger_conflict')
    const { cells, fresh } = entered
    const { guards, unsafe, primary } = gather(memory, { table, previous, ...entered }, this.#partiesOf(table), rules)
    for (const cell of fresh) if (!unsafe.has(cell)) memory.show(cell)
    const trial = this.#witnesses.trial(fresh)
    const news = guards.filter((guard) => !this.#witnesses.has(guard))
    const prices = pricesOf(table, entered, rules.costs ?? 'cells', (name) => this.#fraction('price', name))
    const around = { unit, places: this.#placesOf(table), prices }
    const refusal =
      primary > rules.maxSparsity * table.cells.length
        ? 'too_sparse'
        : // What was decided before says nothing new.
          fresh.size > 0
          ? await decide(memory, trial, { ...question, rules, secret, cells, fresh, unsafe, news, around })
          : undefined
    const states = table.cells.map(({ at }): CellState => {
      const cell = cells.get(positionKey(at))
      // Fields are named, not spread: whatever else a cell carries stays behind.
      return cell && memory.isShown(cell)
        ? { at: [...at], state: 'released', count: cell.count }
        : { at: [...at], state: 'withheld' }
    })
    const nothingLeft = states.every(({ state }) => state === 'withheld')
    if (refusal !== undefined || nothingLeft) {
      for (const cell of fresh) memory.drop(cell)
      return refused(table, refusal ?? 'nothing_left')
    }
    for (const cell of fresh) cell.fate = memory.isShown(cell) ? 'released' : 'withheld'
    this.#witnesses.keep(trial)
    const certificate = await this.#certify(table, states, trial)
    this.#answers++
    return { outcome: 'answered', cells: states, certificate, advice: adviseOnAnswer(table.axes, states) }
  }

  async #certify(table: TrueTable, cells: readonly CellState[], trial: Trial): Promise<Certificate> {
    const solver = await loadSolver()
    return certify({
      table,
      cells,
      rules: this.#settings.rules,
      atoms: this.#memory.size,
      equations: this.#memory.equations,
      intervals: [...trial.found.values()].map(({ guard, move }) => {
        const reached = reachedBy(this.#memory.truth, guard, move)
        const attacker = attackerName(guard.attacker)
        return { at: guard.at, attacker, low: Math.min(guard.truth, reached), high: Math.max(guard.truth, reached) }
      }),
      attackers: attackersTried([...this.#parties].sort(), this.#settings.rules),
      earlierTables: this.#answers,
      solverVersion: solver.version.string,
    })
  }

  /** One thing at a time: two questions at the same moment do not slip past each other. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task)
    this.#last = result.catch(() => undefined)
    return result
  }

  /** A number in [0, 1) that nobody without the secret can predict. */
  #fraction(use: 'mark' | 'price', name: string): number {
    return createHmac('sha256', this.#settings.secret).update(use).update(name).digest().readUInt32BE(0) / 2 ** 32
  }

  #placesOf({ axes }: TrueTable): number[] {
    return axes.map(({ dimension }) => this.#memory.truth.names.indexOf(dimension)).sort((a, b) => a - b)
  }

  /** Parties that hold anybody in any table so far; none if insiders are not tried. */
  #partiesOf({ cells }: TrueTable): string[] {
    for (const { byParty } of cells)
      for (const [party, held] of Object.entries(byParty)) if (held > 0) this.#parties.add(party)
    return this.#settings.rules.insider ? [...this.#parties].sort() : []
  }
}

const refused = ({ axes }: TrueTable, code: RefusalCode): Outcome => ({
  outcome: 'refused',
  code,
  advice: adviseOnRefusal(axes),
})
