/** The attacks of disclosure.md §3 that need more than one answer, on a ledger that lives as long as a job. */
import { describe, expect, it } from 'vitest'
import type { Axis, CellState, Outcome } from '../../src/index.ts'
import { defaultRules } from '../../src/index.ts'
import { IndependentAttacker } from '../attacker.ts'
import { answered, flat, type Group, holes, nested, remembered, stateAt, tableOf } from '../tables.ts'
import { AskingLedger, limits, openLedger, peopleOf, recounted } from './asking.ts'

const refusal = (outcome: Outcome) => (outcome.outcome === 'refused' ? outcome.code : undefined)
const only = (dimension: string, leaves: number, inside: readonly number[]): Axis =>
  nested(dimension, leaves, { chosen: inside })
const released = (cells: readonly CellState[]) => cells.filter((cell) => cell.state === 'released').length
const matrix = (counts: readonly (readonly number[])[], row: string, column: string): Group[] =>
  counts.flatMap((line, r) => line.map((count, c) => ({ leaves: { [row]: r, [column]: c }, count })))

describe('attacks on a ledger', () => {
  it('8: tables over countries and over unions of them are one system: Spain 4, Portugal 1 do not follow', async () => {
    const counts = [
      [1, 3, 14],
      [6, 4, 12],
      [22, 31, 40],
      [25, 18, 33],
    ]
    const asking = new AskingLedger({ country: 4, year: 3 }, matrix(counts, 'country', 'year'), { minimum: 5 })
    const year = flat('year', ['2014', '2015', '2016'])
    const first = await asking.ask([flat('country', ['Portugal', 'Spain', 'Iceland', 'Norway']), year])
    expect(stateAt(answered(first), 1, 1)).toBe('withheld')
    await asking.ask([nested('country', 4, { europe: [0, 1, 2, 3], eu: [0, 1], other: [2, 3] }), year])
  })

  it('9: 55 and 54 beside 52 and 54 of nearly the same people do not give 3 and 0', async () => {
    const groups: Group[] = [
      { leaves: { sex: 0, old: 0 }, count: 52 },
      { leaves: { sex: 0, old: 1 }, count: 3 },
      { leaves: { sex: 1, old: 0 }, count: 54 },
      { leaves: { sex: 1, old: 1 }, count: 0 },
    ]
    const sex = flat('sex', ['m', 'f'])
    const asking = new AskingLedger({ sex: 2, old: 2 }, groups, {})
    expect(released(answered(await asking.ask([sex])))).toBe(3)
    const second = await asking.ask([sex, only('old', 2, [0])])
    expect(second.outcome === 'refused' || stateAt(second.cells, 1, 0) === 'withheld').toBe(true)
  })

  it('10: two codings of age, below 25: 7 and below 20: 6, do not give 1 of 20 to 24', async () => {
    const groups = [6, 1, 60].map((count, age) => ({ leaves: { age }, count }))
    const asking = new AskingLedger({ age: 3 }, groups, { minimum: 5 })
    const first = await asking.ask([nested('age', 3, { all: [0, 1, 2], below25: [0, 1], older: [2] })])
    expect(holes(answered(first))).toStrictEqual([])
    const second = await asking.ask([nested('age', 3, { all: [0, 1, 2], below20: [0], older: [1, 2] })])
    expect(second.outcome === 'refused' || stateAt(second.cells, 1) === 'withheld').toBe(true)
  })

  it('11: a tracker, count(A) = 40 and count(A and not B) = 39, is refused', async () => {
    const groups = matrix(
      [
        [200, 70],
        [39, 1],
      ],
      'a',
      'b',
    )
    const asking = new AskingLedger({ a: 2, b: 2 }, groups, {})
    answered(await asking.ask([only('a', 2, [1])]))
    expect(refusal(await asking.ask([only('a', 2, [1]), only('b', 2, [0])]))).toBe('nothing_left')
  })

  it('12: the third of three overlapping counts 12, 13 and 11 is refused, so 5, 7 and 6 do not follow', async () => {
    const groups = [5, 7, 6, 100].map((count, kind) => ({ leaves: { kind }, count }))
    const asking = new AskingLedger({ kind: 4 }, groups, {})
    answered(await asking.ask([only('kind', 4, [0, 1])]))
    answered(await asking.ask([only('kind', 4, [1, 2])]))
    expect(['nothing_left', 'not_protectable']).toContain(refusal(await asking.ask([only('kind', 4, [0, 2])])))
  })

  it('13: a cell withheld for the sake of another stays withheld as the total of a later table', async () => {
    const groups: Group[] = [
      { leaves: { area: 0, sex: 0 }, count: 10 },
      { leaves: { area: 0, sex: 1 }, count: 8 },
      { leaves: { area: 1, sex: 0 }, count: 2 },
    ]
    const asking = new AskingLedger({ area: 2, sex: 2 }, groups, { minimum: 3 })
    const first = answered(await asking.ask([flat('area', ['a', 'b'])]))
    expect(holes(first).map(({ at }) => at.join())).toStrictEqual(['1', '2'])
    const second = await asking.ask([only('area', 2, [0]), flat('sex', ['m', 'f'])])
    if (second.outcome === 'answered') {
      expect(stateAt(second.cells, 0, 0)).toBe('withheld')
      expect(released(second.cells)).toBeLessThan(2)
    }
  })

  const counts = [
    [20, 50, 10, 3],
    [8, 19, 22, 30],
    [17, 32, 12, 15],
  ]
  const rows = flat('row', ['a', 'b', 'c'])
  const columns = flat('column', ['p', 'q', 'r', 's'])

  it('21: a question asked again, also with its axes turned or after a restart, gets the same answer', async () => {
    const asking = new AskingLedger({ row: 3, column: 4 }, matrix(counts, 'row', 'column'), {})
    const cells = answered(await asking.ask([rows, columns]))
    expect(holes(cells).length).toBeGreaterThan(0)
    for (let times = 0; times < 2; times++) {
      expect(answered(await asking.ask([rows, columns], false))).toStrictEqual(cells)
      for (const cell of answered(await asking.ask([columns, rows], false)))
        expect(cell.state).toBe(stateAt(cells, ...cell.at.toReversed()))
      await asking.restart()
    }
  })

  it('22: 25 and then 26 in the next delivery do not tell of the newcomer', async () => {
    const before = [
      [25, 40, 50],
      [35, 45, 55],
      [30, 60, 70],
    ]
    const after = [
      [26, 64, 75],
      [57, 45, 80],
      [30, 92, 99],
    ]
    const axes = [flat('row', ['a', 'b', 'c']), flat('column', ['p', 'q', 'r'])]
    const sizes = { row: 3, column: 3 }
    const old = tableOf(axes, matrix(before, 'row', 'column'))
    const shown = answered(
      await openLedger(peopleOf(sizes, matrix(before, 'row', 'column'))).answer({ table: old, ...limits() }),
    )
    const people = peopleOf(sizes, matrix(after, 'row', 'column'))
    const table = tableOf(axes, matrix(after, 'row', 'column'))
    expect(stateAt(answered(await openLedger(people).answer({ table, ...limits() })), 1, 1)).toBe('released')
    const cells = answered(await openLedger(people).answer({ table, previous: [remembered(old, shown)], ...limits() }))
    expect(stateAt(cells, 1, 1)).toBe('withheld')
    const { low, high } = new IndependentAttacker([{ axes, cells }]).bounds(axes, [1, 1])
    expect(low <= 26 && high >= 35).toBe(true)
  })
})

describe('a ledger', () => {
  const groups = matrix(
    [
      [20, 50, 10, 3],
      [8, 19, 22, 30],
      [17, 32, 12, 15],
    ],
    'row',
    'column',
  )
  const axes = [flat('row', ['a', 'b', 'c']), flat('column', ['p', 'q', 'r', 's'])]
  const people = peopleOf({ row: 3, column: 4 }, groups)
  const table = tableOf(axes, groups)

  it('does not remember a question that it refused', async () => {
    const ledger = openLedger(people, { maxSparsity: 0 })
    expect(refusal(await ledger.answer({ table, ...limits() }))).toBe('too_sparse')
    const one = tableOf([axes[0] as Axis], groups)
    expect(holes(answered(await ledger.answer({ table: one, ...limits() })))).toStrictEqual([])
    expect(ledger.answers).toBe(1)
  })

  it('lets two questions at the same moment not slip past each other', async () => {
    const kinds = [5, 7, 6, 100].map((count, kind) => ({ leaves: { kind }, count }))
    const ledger = openLedger(peopleOf({ kind: 4 }, kinds))
    const ask = (inside: readonly number[]) =>
      ledger.answer({ table: tableOf([only('kind', 4, inside)], kinds), ...limits() })
    const outcomes = await Promise.all([ask([0, 1]), ask([1, 2]), ask([0, 2])])
    expect(outcomes.map(({ outcome }) => outcome)).toStrictEqual(['answered', 'answered', 'refused'])
  })

  it('refuses a table that counts otherwise than its people, and an earlier answer that does', async () => {
    const ledger = openLedger(people)
    const other = tableOf(
      axes,
      groups.map((group, index) => (index === 1 ? { ...group, count: 51 } : group)),
    )
    expect(refusal(await ledger.answer({ table: other, ...limits() }))).toBe('ledger_conflict')
    const cells = answered(await ledger.answer({ table, ...limits() }))
    expect(await openLedger(people).recall(recounted(table, cells), limits())).toBeUndefined()
    const changed = cells.map((cell) => (cell.state === 'released' ? { ...cell, count: cell.count + 1 } : cell))
    expect(await openLedger(people).recall(recounted(table, changed), limits())).toBe('ledger_conflict')
  })

  it('keeps to what was decided before a restart', async () => {
    const asking = new AskingLedger({ row: 3, column: 4 }, groups, {})
    const cells = answered(await asking.ask(axes))
    await asking.restart()
    const narrow = answered(await asking.ask([nested('row', 3, { some: [0, 1], a: [0] }), axes[1] as Axis]))
    for (const at of [1, 2, 3, 4]) expect(stateAt(narrow, 1, at)).toBe(stateAt(cells, 1, at))
  })

  it('gives a certificate that says who was tried, and keeps the intervals apart', async () => {
    const outcome = await openLedger(people).answer({ table, ...limits() })
    if (outcome.outcome !== 'answered') throw new Error('refused')
    const { certificate } = outcome
    expect(certificate).toMatchObject({
      version: 1,
      earlierTables: 0,
      attackers: [{ kind: 'outsider', verdict: 'safe' }],
    })
    expect(certificate.holes).toBe(holes(outcome.cells).length)
    const unsafe = certificate.private.intervals.filter(({ at }) => at !== 'union')
    expect(unsafe.length).toBeGreaterThan(0)
    for (const { low, high } of unsafe) expect(low < high && high >= defaultRules.minimum).toBe(true)
  })

  it.each([
    { dimensions: [], codes: new Uint8Array(), counts: new Uint32Array() },
    { ...people, counts: people.counts.slice(1) },
    { ...people, codes: people.codes.map(() => 9) },
    { ...people, counts: people.counts.map(() => 0) },
  ])('refuses people that are no combinations of finest codes (%#)', (wrong) => {
    expect(() => openLedger(wrong)).toThrow(expect.objectContaining({ code: 'people_malformed' }))
  })
})
