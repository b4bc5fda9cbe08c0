/** The group rule: what everybody in a line shares, or all but a handful. */
import { describe, expect, it } from 'vitest'
import { type Axis, defaultRules, type Rules } from '../../src/index.ts'
import { flat, nested, tableOf } from '../tables.ts'
import { full, guardsIn, line, reaches } from './a-cell.ts'

const delicate = flat('illness', ['yes', 'no'], { sensitive: true })

function guards(count: number, total: number, rules: Partial<Rules> = {}, axis: Axis = delicate) {
  const table = line(axis, 'persons', full(total), full(count), full(total - count))
  return guardsIn(table, rules).get('1') ?? []
}

const share = (line: readonly number[], at: readonly number[], percent: number) => ({
  at,
  against: 'everyone',
  terms: [
    { at: line, factor: percent * 100 },
    { at, factor: -10_000 },
  ],
  need: 0,
})

describe('a share of more than 90 %', () => {
  it('is hidden, 90 % is not', () => {
    expect(guards(181, 200)).toStrictEqual([share([0], [1], 90)])
    expect(guards(180, 200)).toStrictEqual([])
  })

  it('may be set otherwise, to the ten-thousandth', () => {
    expect(guards(181, 200, { groupShare: 0.905 })).toStrictEqual([])
    expect(guards(182, 200, { groupShare: 0.905 })).toStrictEqual([share([0], [1], 90.5)])
    // Everybody is not more than everybody.
    expect(guards(200, 200, { groupShare: 1, zeros: 'publish' })).toStrictEqual([])
  })

  it('matters on delicate axes only, and not for categories that say nothing', () => {
    expect(guards(199, 200, {}, flat('district', ['a', 'b']))).toStrictEqual([])
    expect(guards(181, 200, {}, { ...delicate, neutral: [1] })).toStrictEqual([])
    expect(guards(181, 200, {}, { ...delicate, neutral: [2] })).toStrictEqual([share([0], [1], 90)])
  })
})

describe('an axis of one party', () => {
  const owned = flat('offence', ['yes', 'no'], { owner: 'police' })
  const keys = (byParty: Record<string, number>) => [
    ...guardsIn(line(owned, 'persons', full(500, { byParty }), full(480), full(20))).keys(),
  ]

  it('is delicate once another party can name people in the line', () => {
    expect(keys({ housing: 1 })).toStrictEqual(['1'])
    expect(keys({ housing: 0, police: 400 })).toStrictEqual([])
    expect(keys({})).toStrictEqual([])
  })
})

describe('all but a handful', () => {
  it('must be able to be k, and k of them are enough', () => {
    const rest = (need: number) => [
      {
        at: [1],
        against: 'everyone',
        terms: [
          { at: [0], factor: 1 },
          { at: [1], factor: -1 },
        ],
        need,
      },
    ]
    expect(guards(41, 50)).toStrictEqual(rest(10))
    expect(guards(40, 50)).toStrictEqual([])
    expect(guards(49, 50, { groupShare: 1 })).toStrictEqual(rest(10))
  })

  it('are counted in persons; of their records at least one more must be possible', () => {
    const table = line(
      delicate,
      'records',
      full(1_000, { persons: 205, largest: [6, 6] }),
      full(700, { persons: 200, largest: [6, 6] }),
      full(300, { persons: 10, largest: [6, 6] }),
    )
    expect(guardsIn(table).get('1')).toStrictEqual([
      {
        at: [1],
        against: 'everyone',
        terms: [
          { at: [0], factor: 1 },
          { at: [1], factor: -1 },
        ],
        need: 301,
      },
    ])
  })

  it('are not found in a line that has nobody else', () => {
    expect(guards(50, 50, { groupShare: 1, zeros: 'publish' })).toStrictEqual([])
  })
})

describe('more than 90 % of the persons, though of their records less', () => {
  const records = (persons: number) =>
    guardsIn(
      line(
        delicate,
        'records',
        full(1_000, { persons: 200, largest: [6, 6] }),
        full(500, { persons, largest: [6, 6] }),
        full(500, { persons: 100, largest: [6, 6] }),
      ),
    ).get('1')

  it('is hidden, and 90 % is not', () => {
    expect(records(185)).toStrictEqual([reaches(1, 501)])
    expect(records(180)).toBeUndefined()
  })
})

describe('lines', () => {
  it('are those of the smallest category around a cell, in every dimension', () => {
    const axes = [
      nested('area', 3, { all: [0, 1, 2], north: [0, 1], a: [0], b: [1], c: [2] }),
      flat('illness', ['yes', 'no'], { sensitive: true }),
    ]
    const sensitiveArea = axes.map((axis) => ({ ...axis, sensitive: true }))
    const table = tableOf(
      axes,
      [
        [191, 9],
        [20, 15],
        [200, 180],
      ].flatMap((counts, area) => counts.map((count, illness) => ({ leaves: { area, illness }, count }))),
    )
    const found = guardsIn(table, defaultRules)
    expect(found.get('2,1')).toStrictEqual([share([2, 0], [2, 1], 90)])
    // With areas delicate too, the line of the north counts and not the one of all.
    const both = guardsIn({ ...table, axes: sensitiveArea }, defaultRules)
    expect(both.get('2,1')).toStrictEqual([share([1, 1], [2, 1], 90), share([2, 0], [2, 1], 90)])
  })
})
