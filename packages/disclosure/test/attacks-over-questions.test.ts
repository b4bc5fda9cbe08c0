/** The attacks of disclosure.md §3 that need more than one answer, each with its figures. */
import { describe, expect, it } from 'vitest'
import {
  type Axis,
  type CellState,
  defaultRules,
  type EarlierTable,
  type Outcome,
  protectTable,
  type Rules,
  type TrueTable,
} from '../src/index.ts'
import { IndependentAttacker } from './attacker.ts'
import { type Answer, leaks, wrong } from './leaks.ts'
import {
  answered,
  cellsOf,
  flat,
  type Group,
  holes,
  nested,
  protect,
  remembered,
  secret,
  stateAt,
  tableOf,
  twoWay,
} from './tables.ts'

/** Asks one question after another and keeps the ledger as a service would. */
class Asking {
  readonly answers: Answer[] = []
  readonly #rules: Partial<Rules>
  readonly ledger: EarlierTable[] = []

  constructor(rules: Partial<Rules>) {
    this.#rules = rules
  }

  async ask(table: TrueTable): Promise<Outcome> {
    const outcome = await protect(table, this.#rules, this.ledger)
    if (outcome.outcome === 'answered') {
      this.answers.push({ table, cells: outcome.cells })
      this.ledger.push(remembered(table, outcome.cells))
    }
    const minimum = this.#rules.minimum ?? 10
    for (const answer of this.answers) expect(wrong(answer, minimum)).toStrictEqual([])
    expect(leaks(this.answers, minimum)).toStrictEqual([])
    return outcome
  }
}

const refusal = (outcome: Outcome) => (outcome.outcome === 'refused' ? outcome.code : undefined)
const only = (dimension: string, leaves: number, inside: readonly number[]): Axis =>
  nested(dimension, leaves, { chosen: inside })
const released = (cells: readonly CellState[]) => cells.filter((cell) => cell.state === 'released').length

describe('attacks over several questions', () => {
  it('8: tables over countries and over unions of them are one system: Spain 4, Portugal 1 do not follow', async () => {
    const counts = [
      [1, 3, 14],
      [6, 4, 12],
      [22, 31, 40],
      [25, 18, 33],
    ]
    const groups = counts.flatMap((line, country) => line.map((count, year) => ({ leaves: { country, year }, count })))
    const year = flat('year', ['2014', '2015', '2016'])
    const countries = tableOf([flat('country', ['Portugal', 'Spain', 'Iceland', 'Norway']), year], groups)
    const unions = tableOf([nested('country', 4, { europe: [0, 1, 2, 3], eu: [0, 1], other: [2, 3] }), year], groups)
    const hidden = ['1,1', '1,2', '1,3', '2,2', '2,3', '3,1', '3,2', '3,3']
    const naive = countries.cells.map(
      ({ at, count }): CellState =>
        hidden.includes(at.join()) ? { at, state: 'withheld' } : { at, state: 'released', count },
    )
    const open = unions.cells.map(({ at, count }): CellState => ({ at, state: 'released', count }))
    // A pattern with two holes in every line of the first table, next to the whole of the second.
    expect(leaks([{ table: countries, cells: naive }], 5)).toStrictEqual([])
    expect(
      leaks(
        [
          { table: countries, cells: naive },
          { table: unions, cells: open },
        ],
        5,
      ),
    ).toMatchObject([{ count: 1, low: 1, high: 1 }])
    const asking = new Asking({ minimum: 5 })
    answered(await asking.ask(countries))
    await asking.ask(unions)
  })

  it('9: 55 and 54 beside 52 and 54 of nearly the same people do not give 3 and 0', async () => {
    const groups: Group[] = [
      { leaves: { sex: 0, old: 0 }, count: 52 },
      { leaves: { sex: 0, old: 1 }, count: 3 },
      { leaves: { sex: 1, old: 0 }, count: 54 },
      { leaves: { sex: 1, old: 1 }, count: 0 },
    ]
    const sex = flat('sex', ['m', 'f'])
    const asking = new Asking({})
    expect(released(answered(await asking.ask(tableOf([sex], groups))))).toBe(3)
    const second = await asking.ask(tableOf([sex, only('old', 2, [0])], groups))
    expect(second.outcome === 'refused' || stateAt(second.cells, 1, 0) === 'withheld').toBe(true)
  })

  it('10: two codings of age, below 25: 7 and below 20: 6, do not give 1 of 20 to 24', async () => {
    const groups = [6, 1, 60].map((count, age) => ({ leaves: { age }, count }))
    const asking = new Asking({ minimum: 5 })
    expect(
      holes(
        answered(
          await asking.ask(tableOf([nested('age', 3, { all: [0, 1, 2], below25: [0, 1], older: [2] })], groups)),
        ),
      ),
    ).toStrictEqual([])
    const second = await asking.ask(
      tableOf([nested('age', 3, { all: [0, 1, 2], below20: [0], older: [1, 2] })], groups),
    )
    expect(stateAt(answered(second), 1)).toBe('withheld')
  })

  it('11: a tracker, count(A) = 40 and count(A and not B) = 39, is refused', async () => {
    const groups: Group[] = [
      { leaves: { a: 1, b: 0 }, count: 39 },
      { leaves: { a: 1, b: 1 }, count: 1 },
      { leaves: { a: 0, b: 0 }, count: 200 },
      { leaves: { a: 0, b: 1 }, count: 70 },
    ]
    const asking = new Asking({})
    answered(await asking.ask(tableOf([only('a', 2, [1])], groups)))
    expect(refusal(await asking.ask(tableOf([only('a', 2, [1]), only('b', 2, [0])], groups)))).toBe('nothing_left')
  })

  it('12: the third of three overlapping counts 12, 13 and 11 is refused, so 5, 7 and 6 do not follow', async () => {
    const groups = [5, 7, 6, 100].map((count, kind) => ({ leaves: { kind }, count }))
    const asking = new Asking({})
    answered(await asking.ask(tableOf([only('kind', 4, [0, 1])], groups)))
    answered(await asking.ask(tableOf([only('kind', 4, [1, 2])], groups)))
    expect(refusal(await asking.ask(tableOf([only('kind', 4, [0, 2])], groups)))).toBe('nothing_left')
  })

  it('13: a cell withheld for the sake of another stays withheld as the total of a later table', async () => {
    const groups: Group[] = [
      { leaves: { area: 0, sex: 0 }, count: 10 },
      { leaves: { area: 0, sex: 1 }, count: 8 },
      { leaves: { area: 1, sex: 0 }, count: 2 },
    ]
    const asking = new Asking({ minimum: 3 })
    const first = answered(await asking.ask(tableOf([flat('area', ['a', 'b'])], groups)))
    expect(holes(first).map(({ at }) => at.join())).toStrictEqual(['1', '2'])
    const second = await asking.ask(tableOf([only('area', 2, [0]), flat('sex', ['m', 'f'])], groups))
    if (second.outcome === 'answered') {
      expect(stateAt(second.cells, 0, 0)).toBe('withheld')
      expect(released(second.cells)).toBeLessThan(2)
    }
  })

  it('21: a question asked again, also with its axes turned, gets the same answer', async () => {
    const counts = [
      [20, 50, 10, 3],
      [8, 19, 22, 30],
      [17, 32, 12, 15],
    ]
    const table = twoWay(counts)
    const cells = await cellsOf(table)
    const ledger = [remembered(table, cells)]
    for (let times = 0; times < 3; times++) {
      expect(await cellsOf(table, {}, ledger)).toStrictEqual(cells)
      ledger.push(remembered(table, cells))
    }
    const turned: TrueTable = {
      ...table,
      axes: table.axes.toReversed(),
      cells: table.cells.map((cell) => ({ ...cell, at: cell.at.toReversed() })),
    }
    for (const cell of await cellsOf(turned, {}, ledger))
      expect(cell.state).toBe(stateAt(cells, ...cell.at.toReversed()))
  })

  it('22: 25 and then 26 in the next delivery do not tell of the newcomer', async () => {
    const before = twoWay([
      [25, 40, 50],
      [35, 45, 55],
      [30, 60, 70],
    ])
    const after = twoWay([
      [26, 64, 75],
      [57, 45, 80],
      [30, 92, 99],
    ])
    const previous = [remembered(before, await cellsOf(before))]
    const now = () => performance.now()
    const ask = { table: after, earlier: [], rules: defaultRules, secret, deadlineMs: now() + 20_000, now }
    expect(stateAt(answered(await protectTable(ask)), 1, 1)).toBe('released')
    const cells = answered(await protectTable({ ...ask, previous }))
    expect(stateAt(cells, 1, 1)).toBe('withheld')
    const { low, high } = new IndependentAttacker([{ axes: after.axes, cells }]).bounds(after.axes, [1, 1])
    expect(low <= 26 && high >= 35).toBe(true)
    // A cell that did not move tells nothing and is shown; one that moved by k or more too.
    expect(stateAt(cells, 0, 0)).toBe('released')
  })

  it('refuses when the ledger holds another count for the same cell, or counts that cannot go together', async () => {
    const table = twoWay([
      [20, 30],
      [40, 50],
    ])
    const cells = await cellsOf(table)
    const changed = cells.map((cell) =>
      cell.state === 'released' && cell.at.join() === '1,1' ? { ...cell, count: 21 } : cell,
    )
    expect(refusal(await protect(table, {}, [remembered(table, changed)]))).toBe('ledger_conflict')
    const sparse = tableOf([only('row', 2, [0])], [{ leaves: { row: 0 }, count: 500 }])
    expect(refusal(await protect(table, {}, [remembered(sparse, [{ at: [0], state: 'released', count: 500 }])]))).toBe(
      'ledger_conflict',
    )
  })

  it('names the dimension to make coarser when the questions together make too many atoms', async () => {
    const table = twoWay(Array.from({ length: 6 }, () => [20, 30, 40]))
    expect(await protect(table, { maxAtoms: 17 })).toMatchObject({
      outcome: 'refused',
      code: 'too_many_atoms',
      advice: [{ kind: 'coarsen_dimension', dimension: 'row' }, {}],
    })
    expect((await protect(table, { maxAtoms: 18 })).outcome).toBe('answered')
  })
})
