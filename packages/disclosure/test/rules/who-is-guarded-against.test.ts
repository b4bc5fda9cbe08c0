/** Which attackers each unsafe cell is kept from, and what is kept from them beyond the cells of the table asked. */
import { describe, expect, it } from 'vitest'
import { layOutAtoms } from '../../src/atoms.ts'
import { type GuardedTable, gatherGuards } from '../../src/guards.ts'
import type { Axis, CellState, EarlierTable, PreviousTable, Rules, TrueTable } from '../../src/index.ts'
import { defaultRules } from '../../src/index.ts'
import { buildRegistry, type Registry } from '../../src/registry.ts'
import { flat, type Group, nested, secret, tableOf } from '../tables.ts'

type Gathered = Omit<GuardedTable, 'primary'> & { readonly primary: number | undefined; readonly registry: Registry }

function gather(
  table: TrueTable,
  rules: Partial<Rules> = {},
  earlier: readonly EarlierTable[] = [],
  previous: readonly PreviousTable[] = [],
): Gathered {
  const all = { ...defaultRules, ...rules }
  const atoms = layOutAtoms([table.axes, ...earlier.map(({ axes }) => axes)], all.maxAtoms)
  if ('tooMany' in atoms) throw new Error('too many')
  const registry = buildRegistry([table], earlier, atoms, secret)
  if (registry === 'conflict') throw new Error('conflict')
  const gathered = gatherGuards([table], earlier, previous, registry, atoms, all)
  return { ...gathered, primary: gathered.primary[0], registry }
}

/** Guards in short: who, about which cell, what must be reached from what. */
const brief = ({ guards }: Pick<Gathered, 'guards'>) =>
  guards.map(({ attacker, at, need, truth }) => ({
    who: attacker.kind === 'outsider' ? 'outsider' : `${attacker.kind} ${attacker.party}`,
    at: at === 'union' ? at : at.join(),
    need,
    truth,
  }))

const district = flat('district', ['a', 'b', 'c'])
const groups = (counts: readonly number[], held: readonly Readonly<Record<string, number>>[] = []): Group[] =>
  counts.map((count, leaf) => ({ leaves: { district: leaf }, count, held: held[leaf] ?? {} }))
const shown = (table: TrueTable, hidden: readonly string[] = []): EarlierTable => ({
  population: table.population,
  unit: table.unit,
  axes: table.axes,
  cells: table.cells.map(
    ({ at, count }): CellState =>
      hidden.includes(at.join()) ? { at, state: 'withheld' } : { at, state: 'released', count },
  ),
})

describe('a small count', () => {
  it('is kept from outsiders and from each party that has some of its people and not all', () => {
    const table = tableOf([district], groups([4, 30, 40], [{ police: 1, housing: 4 }, { clinic: 2 }]))
    const found = gather(table, { insider: true, minimum: 5 })
    expect(brief(found)).toStrictEqual([
      // The party's own guard asks for more than the outsider's: 1 + 5 others. It is not tried a second time with less.
      { who: 'outsider', at: '1', need: 5, truth: 4 },
      // Holds nobody in the cell and knows no more than an outsider there.
      { who: 'attribute_holder clinic', at: '1', need: 5, truth: 4 },
      { who: 'insider police', at: '1', need: 6, truth: 4 },
    ])
    expect(found.primary).toBe(1)
    expect([...found.unsafe]).toStrictEqual([found.registry.currentAt[0]?.get('1')])
    expect(found.guards[0]?.terms).toStrictEqual({ columns: [0], factors: [1] })
    expect(found.guards.every(({ emptyIsFine }) => !emptyIsFine)).toBe(true)
  })

  it('is kept from outsiders alone where parties are not tried', () => {
    const table = tableOf([district], groups([4, 30, 40], [{ police: 1 }, { clinic: 2 }]))
    expect(brief(gather(table, { insider: false }))).toStrictEqual([{ who: 'outsider', at: '1', need: 10, truth: 4 }])
  })

  it('is kept from a party that holds all its people but need not know where they stand', () => {
    const owned = flat('district', ['a', 'b', 'c'], { owner: 'clinic' })
    const table = tableOf([owned], groups([4, 30, 40], [{ police: 4 }]))
    expect(brief(gather(table, { zeros: 'publish' })).filter(({ at }) => at === '1')).toStrictEqual([
      { who: 'outsider', at: '1', need: 10, truth: 4 },
      { who: 'attribute_holder police', at: '1', need: 10, truth: 4 },
    ])
  })

  it('is tried once on a party where both guards ask the same, and twice where the first asks for more', () => {
    const table = tableOf([district], groups([4, 30, 40], [{ police: 1 }]))
    expect(brief(gather(table, { protection: 'exact' }))).toStrictEqual([
      { who: 'outsider', at: '1', need: 5, truth: 4 },
      { who: 'insider police', at: '1', need: 5, truth: 4 },
    ])
    const records: TrueTable = {
      ...table,
      unit: 'records',
      cells: table.cells.map((cell) =>
        cell.at.join() === '1'
          ? { ...cell, count: 120, persons: 9, byParty: { police: 3 }, largest: [30, 5] }
          : { ...cell, count: 900, persons: 400, byParty: { police: 3 }, largest: [6, 6] },
      ),
    }
    expect(brief(gather(records))).toStrictEqual([
      // 10 % of the largest contribution to either side, which is more than another number.
      { who: 'outsider', at: '1', need: 123, truth: 120 },
      { who: 'attribute_holder police', at: '1', need: 123, truth: 120 },
      { who: 'insider police', at: '1', need: 121, truth: 120 },
    ])
  })

  it('is found in the middle of a table of two dimensions', () => {
    const axes = [flat('row', ['a', 'b']), flat('column', ['x', 'y'])]
    const table = tableOf(
      axes,
      [30, 40, 4, 50].map((count, place) => ({ leaves: { row: Math.floor(place / 2), column: place % 2 }, count })),
    )
    const found = gather(table)
    expect(brief(found)).toStrictEqual([{ who: 'outsider', at: '2,1', need: 10, truth: 4 }])
    // Unknowns count up by column, then row.
    expect(found.guards[0]?.terms).toStrictEqual({ columns: [1], factors: [1] })
  })

  it('that an earlier answer shows is not guarded any more', () => {
    const table = tableOf([district], groups([4, 30, 40]))
    const found = gather(table, {}, [shown(table)])
    expect([brief(found), found.primary]).toStrictEqual([[], 0])
  })
})

describe('a share of a line', () => {
  it('is guarded as a whole sum over the line, with what it is now', () => {
    const illness = flat('district', ['a', 'b', 'c'], { sensitive: true })
    const table = tableOf([illness], groups([190, 10, 0]))
    const found = gather(table, { zeros: 'publish' })
    expect(brief(found)).toStrictEqual([{ who: 'outsider', at: '1', need: 0, truth: 9_000 * 200 - 10_000 * 190 }])
    expect(found.guards[0]?.terms).toStrictEqual({ columns: [0, 1, 2], factors: [-1_000, 9_000, 9_000] })
  })

  it('is tried on a party that knows as much of the cell: an own guard about the count asks something else', () => {
    const illness = flat('district', ['a', 'b', 'c'], { sensitive: true })
    const table = tableOf([illness], groups([190, 10, 0], [{ police: 185 }]))
    const found = brief(gather(table, { zeros: 'publish' }))
    expect(found.map(({ who }) => who)).toStrictEqual(['insider police', 'outsider', 'attribute_holder police'])
  })

  it('of all but a handful is tried on such a party as well', () => {
    const illness = flat('district', ['a', 'b', 'c'], { sensitive: true })
    const table = tableOf([illness], groups([41, 9, 0], [{ police: 35 }]))
    const found = brief(gather(table, { zeros: 'publish' })).filter(({ at }) => at === '1')
    expect(found).toStrictEqual([
      { who: 'insider police', at: '1', need: 45, truth: 41 },
      { who: 'outsider', at: '1', need: 10, truth: 9 },
      { who: 'attribute_holder police', at: '1', need: 10, truth: 9 },
    ])
  })
})

describe('a cell that moved since the release before', () => {
  it('by 1 to k - 1 must look as if it could have moved by k, and is no unsafe cell of the table itself', () => {
    const before = tableOf([district], groups([25, 30, 40]))
    const after = tableOf([district], groups([26, 30, 50]))
    const found = gather(after, {}, [], [shown(before)])
    expect(brief(found)).toStrictEqual([{ who: 'outsider', at: '1', need: 35, truth: 26 }])
    expect([found.primary, found.unsafe.size]).toStrictEqual([0, 1])
    const fewer = gather(before, {}, [], [shown(after)])
    expect(brief(fewer)).toStrictEqual([{ who: 'outsider', at: '1', need: 36, truth: 25 }])
  })

  it('is not looked at where it was withheld, did not move, or is a cell of other people', () => {
    const before = tableOf([district], groups([25, 30, 40]))
    const after = tableOf([district], groups([26, 30, 40]))
    expect(brief(gather(after, {}, [], [shown(before, ['0', '1'])]))).toStrictEqual([])
    const others = tableOf([flat('street', ['a', 'b', 'c'])], [])
    expect(brief(gather(after, {}, [], [{ ...shown(before), axes: others.axes }])).map(({ at }) => at)).toStrictEqual([
      // Everybody is everybody, whatever the dimension is called.
      '0',
    ])
  })
})

describe('a cell that an earlier answer withheld', () => {
  const whole = tableOf([district], groups([4, 30, 40]))
  const row = nested('district', 3, { all: [0, 1, 2] })
  const now = tableOf([row], groups([4, 30, 40]))

  it('whose count the job does not know stays at k or more and open', () => {
    const found = gather(now, {}, [shown(whole, ['1', '2'])])
    const [first, second] = [brief(found).slice(0, 2), brief(found).slice(2, 4)]
    expect(first).toStrictEqual([
      { who: 'outsider', at: 'union', need: 10, truth: undefined },
      { who: 'outsider', at: 'union', need: undefined, truth: undefined },
    ])
    expect(second).toStrictEqual(first)
    expect(brief(found)).toHaveLength(4)
    expect(found.guards.map(({ terms }) => terms.columns)).toStrictEqual([[0], [0], [1], [1]])
    expect(found.guards.map(({ emptyIsFine }) => emptyIsFine)).toStrictEqual([false, false, false, false])
    expect(found.primary).toBe(0)
  })

  it('that is counted again is judged by the rules', () => {
    const found = gather(now, {}, [{ ...shown(whole, ['1', '2']), recounted: whole.cells }])
    expect(brief(found)).toStrictEqual([{ who: 'outsider', at: '1', need: 10, truth: 4 }])
    expect([found.primary, found.unsafe.size]).toStrictEqual([0, 1])
  })

  it('and is small in this table counts once in it', () => {
    const found = gather(whole, {}, [shown(whole, ['1', '2'])])
    expect(brief(found)).toStrictEqual([{ who: 'outsider', at: '1', need: 10, truth: 4 }])
    expect(found.primary).toBe(1)
  })
})

describe('people whom no table shows apart', () => {
  const overlapping = (codes: Readonly<Record<string, readonly number[]>>, options: Partial<Axis> = {}) =>
    nested('district', 3, codes, options)
  const people = groups([12, 13, 11])
  const first = tableOf([overlapping({ ab: [0, 1] })], people)
  const second = (options: Partial<Axis> = {}) => tableOf([overlapping({ bc: [1, 2] }, options)], people)
  const unions = (found: Gathered) =>
    found.guards
      .filter(({ at }) => at === 'union')
      .map(({ terms, need, emptyIsFine, attacker, truth }) => ({ ...terms, need, emptyIsFine, attacker, truth }))

  it('are nobody, or must be able to be k', () => {
    const found = unions(gather(second(), {}, [shown(first)]))
    expect(found).toHaveLength(3)
    for (const [column, guard] of found.entries()) {
      expect(guard).toStrictEqual({
        columns: [column],
        factors: [1],
        need: 10,
        emptyIsFine: true,
        attacker: { kind: 'outsider' },
        truth: undefined,
      })
    }
  })

  it.each<[string, Partial<Axis>, Partial<Rules>, boolean]>([
    ['zeros are protected', {}, { zeros: 'protect' }, false],
    ['the axis is sensitive', { sensitive: true }, {}, false],
    ['the axis is of one party', { owner: 'police' }, {}, false],
    ['zeros are published', { sensitive: true }, { zeros: 'publish' }, true],
  ])('being nobody is fine or not: %s', (_, options, rules, fine) => {
    const found = unions(gather(second(options), rules, [shown(first)]))
    expect(found.map(({ emptyIsFine }) => emptyIsFine)).toStrictEqual([fine, fine, fine])
  })

  it('of a sensitive dimension that the unknown does not touch may be nobody', () => {
    const other = tableOf(
      [flat('illness', ['x', 'y'], { sensitive: true })],
      [
        { leaves: { illness: 0 }, count: 16 },
        { leaves: { illness: 1 }, count: 20 },
      ],
    )
    const found = gather(second(), {}, [shown(first), shown(other)])
    // The unknowns of the districts; both codes of the illness are cells.
    expect(unions(found).map(({ emptyIsFine }) => emptyIsFine)).toStrictEqual([true, true, true])
  })

  it('need no guard where everybody knew that nobody is there', () => {
    const empty = tableOf([overlapping({ ab: [0, 1] })], groups([0, 0, 36]))
    const asked = tableOf([overlapping({ bc: [1, 2] })], groups([0, 0, 36]))
    expect(unions(gather(asked, {}, [shown(empty)])).map(({ columns }) => columns)).toStrictEqual([[2]])
  })
})
