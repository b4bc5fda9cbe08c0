/** Every primary rule for counts, on both sides of its border, and what it asks of the attacker's doubt. */
import { describe, expect, it } from 'vitest'
import { flat } from '../tables.ts'
import { full, guardsIn, guardsOf, line, plain, reaches } from './a-cell.ts'

describe('frequency', () => {
  it('a count of 9 persons must be able to be 10, and 10 is safe', () => {
    expect(guardsOf(full(9))).toStrictEqual([reaches(1, 10)])
    expect(guardsOf(full(10))).toStrictEqual([])
    expect(guardsOf(full(11))).toStrictEqual([])
  })

  it('with exact protection it must be able to be no more than another number', () => {
    expect(guardsOf(full(4), { protection: 'exact' })).toStrictEqual([reaches(1, 5)])
    expect(guardsOf(full(4), { protection: 'deniable' })).toStrictEqual([reaches(1, 10)])
  })

  it('looks at persons, not at their records; the largest contribution cannot be estimated to p %', () => {
    const few = full(120, { persons: 9, largest: [30, 5] })
    expect(guardsOf(few, {}, { unit: 'records' })).toStrictEqual([reaches(1, 123)])
    expect(guardsOf(few, { protection: 'exact' }, { unit: 'records' })).toStrictEqual([reaches(1, 123)])
    expect(guardsOf({ ...few, largest: [31, 5] }, {}, { unit: 'records' })).toStrictEqual([reaches(1, 124)])
    expect(guardsOf(few, { pPercent: 0 }, { unit: 'records' })).toStrictEqual([reaches(1, 121)])
    expect(guardsOf({ ...few, persons: 10 }, {}, { unit: 'records' })).toStrictEqual([])
  })

  it('needs k households and k persons in them', () => {
    const unit = 'households'
    expect(guardsOf(full(9, { persons: 40 }), {}, { unit })).toStrictEqual([reaches(1, 10)])
    expect(guardsOf(full(10, { persons: 40 }), {}, { unit })).toStrictEqual([])
    // No caller can count fewer persons than households; the rule does not lean on that.
    expect(guardsOf(full(12, { persons: 9, largest: [12, 0] }), {}, { unit })).toStrictEqual([reaches(1, 13)])
  })

  it('looks at totals as well', () => {
    expect([...guardsIn(line(plain, 'persons', full(9), full(9), full(0))).keys()]).toStrictEqual(['0', '1'])
  })
})

describe('p % on records', () => {
  const of120 = (first: number, second: number) =>
    guardsOf(full(120, { persons: 60, largest: [first, second] }), {}, { unit: 'records' })

  it('120 of which 100 and 15 are two persons: 5 short of 10 %, to both sides', () => {
    expect(of120(100, 15)).toStrictEqual([reaches(1, 125), reaches(1, -115, 'everyone', -1)])
  })

  it('is safe where the rest is p % of the largest, and rounds up what is missing', () => {
    expect(of120(100, 10)).toStrictEqual([])
    expect(of120(101, 10)).toStrictEqual([reaches(1, 122), reaches(1, -118, 'everyone', -1)])
  })

  it('does not look at contributions to counts of persons', () => {
    expect(guardsOf(full(2))).toStrictEqual([reaches(1, 10)])
  })
})

describe('insider', () => {
  const held = (own: number, persons = 12) => guardsOf(full(persons, { byParty: { police: own } }))

  it('9 others are a handful, 10 are not, and none at all is nothing to learn', () => {
    expect(held(3)).toStrictEqual([reaches(1, 13, { party: 'police' })])
    expect(held(2)).toStrictEqual([])
    expect(held(12)).toStrictEqual([])
    expect(held(11)).toStrictEqual([reaches(1, 21, { party: 'police' })])
  })

  it('asks for k others, or for another number where protection is exact, and can be switched off', () => {
    const cell = full(12, { byParty: { police: 9 } })
    expect(guardsOf(cell)).toStrictEqual([reaches(1, 19, { party: 'police' })])
    expect(guardsOf(cell, { protection: 'exact' })).toStrictEqual([reaches(1, 13, { party: 'police' })])
    expect(guardsOf(cell, { insider: false })).toStrictEqual([])
  })

  it('tries each party', () => {
    expect(guardsOf(full(20, { byParty: { police: 11, housing: 15, clinic: 1 } }))).toStrictEqual([
      reaches(1, 21, { party: 'police' }),
      reaches(1, 25, { party: 'housing' }),
    ])
  })
})

describe('coalition', () => {
  const alone = { insider: false }
  const together = (byParty: Record<string, number>, persons: number, coalition = 2) =>
    guardsOf(full(persons, { byParty }), { ...alone, coalition })

  it('6 and 5 of 20 may leave 9, 6 and 4 leave 10 at least', () => {
    expect(together({ clinic: 1, police: 5, housing: 6 }, 20)).toStrictEqual([reaches(1, 21)])
    expect(together({ clinic: 1, police: 4, housing: 6 }, 20)).toStrictEqual([])
  })

  it('counts the most that their rows can overlap: 11 and 11 of 12 may be one and the same eleven', () => {
    expect(together({ police: 11, housing: 11 }, 12)).toStrictEqual([reaches(1, 13)])
    // One of them holds everybody: nobody is left to learn about.
    expect(together({ police: 12, housing: 3 }, 12)).toStrictEqual([])
    expect(together({ police: 12, housing: 12 }, 12)).toStrictEqual([])
  })

  it('of one is the insider rule, of three takes three', () => {
    expect(together({ police: 6, housing: 6 }, 20, 1)).toStrictEqual([])
    expect(together({ police: 6, housing: 4, clinic: 3 }, 20, 2)).toStrictEqual([])
    expect(together({ police: 6, housing: 4, clinic: 3 }, 20, 3)).toStrictEqual([reaches(1, 21)])
  })

  it('does not exist where nobody holds anybody', () => {
    expect(together({}, 30)).toStrictEqual([])
  })
})

describe('zeros', () => {
  const zero = full(0)
  it('are published, protected, or protected where they tell of other parties’ people', () => {
    expect(guardsOf(zero, { zeros: 'publish' })).toStrictEqual([])
    expect(guardsOf(zero, { zeros: 'protect' })).toStrictEqual([reaches(1, 10)])
    expect(guardsOf(zero, { zeros: 'protect', protection: 'exact' })).toStrictEqual([reaches(1, 1)])
    expect(guardsOf(zero)).toStrictEqual([])
    expect(guardsOf(zero, {}, { axis: flat('district', ['a', 'b'], { sensitive: true }) })).toStrictEqual([
      reaches(1, 10),
    ])
  })

  it('are hidden on an axis of one party once another holds anybody in the table', () => {
    const owned = flat('offence', ['a', 'b'], { owner: 'police' })
    const keys = (byParty: Record<string, number>) =>
      [...guardsIn(line(owned, 'persons', full(500, { byParty }), full(0), full(500))).keys()].filter(
        (key) => key === '1',
      )
    expect(keys({ police: 50, housing: 1 })).toStrictEqual(['1'])
    expect(keys({ police: 50, housing: 0 })).toStrictEqual([])
    expect(keys({})).toStrictEqual([])
  })

  it('are published on an axis of nobody, whoever holds people in it', () => {
    const table = line(plain, 'persons', full(500, { byParty: { housing: 100 } }), full(0), full(500))
    expect(guardsIn(table).has('1')).toBe(false)
  })

  it('are hidden as soon as one of the axes tells', () => {
    const axes = [flat('district', ['a', 'b']), flat('illness', ['x', 'y'], { sensitive: true })]
    const counts = [600, 250, 350, 300, 0, 300, 300, 250, 50]
    const cells = counts.map((count, place) => ({ at: [Math.floor(place / 3), place % 3], ...full(count) }))
    const found = guardsIn({ population: 'residents', unit: 'persons', axes, cells }, { groupShare: 1 })
    expect([...found.keys()]).toStrictEqual(['1,1'])
  })

  it('on an axis of a single category tell nothing by that category', () => {
    const axes = [
      flat('district', ['a', 'b']),
      { ...flat('illness', ['x'], { sensitive: true }), nodes: [{ code: 'x', leaves: [0] }] },
    ]
    const cells = [full(500), full(0), full(500)].map((figures, node) => ({ at: [node, 0], ...figures }))
    expect([...guardsIn({ population: 'residents', unit: 'persons', axes, cells }).keys()]).toStrictEqual([])
  })

  it('that cannot be otherwise are no secret', () => {
    const table = line(plain, 'persons', full(500), full(0), full(500))
    expect(guardsIn(table, { zeros: 'protect' }).has('1')).toBe(true)
    expect(guardsIn({ ...table, structuralZeros: [[1]] }, { zeros: 'protect' }).has('1')).toBe(false)
    expect(guardsIn({ ...table, structuralZeros: [[2]] }, { zeros: 'protect' }).has('1')).toBe(true)
  })
})
