/**
 * Sums next to counts, several measures, negative amounts, figures that follow, and what is refused.
 * @module
 */
import { describe, expect, it } from 'vitest'
import { defaultRules, meansOf, percentagesOf, protectSums, type SumCell, type SumMeasure } from '../../src/index.ts'
import { flat, nested, secret } from '../tables.ts'
import { allShown, ask, countsOf, crowd, group, hidden, type Person, sumsAnswered, sumsOf } from './people.ts'
import { SumAttacker } from './sum-attacker.ts'

const axes = [flat('kind', ['a', 'b', 'c']), flat('district', ['north', 'south', 'east'])]
const people: Person[] = [0, 1, 2].flatMap((kind) =>
  [0, 1, 2].flatMap((district) => crowd({ kind, district }, 20 + 3 * kind + district)),
)
const table = countsOf(axes, people)
const measure: SumMeasure = { id: 'hours', cells: sumsOf(axes, people) }
const now = () => performance.now()
const question = () => ({
  counts: { table, cells: allShown(table) },
  measures: [measure],
  rules: defaultRules,
  secret,
  deadlineMs: now() + 20_000,
  now,
})
/** The cell of kind a, north, holds one who stands out. */
const standing = [...people, ...group({ kind: 0, district: 0 }, 2_500)]

describe('sums beside counts', () => {
  it('are all shown where nobody stands out', async () => {
    const cells = sumsAnswered(await ask({ axes, people }))
    expect(cells).toStrictEqual(measure.cells.map(({ at, sum, persons }) => ({ at, state: 'released', sum, persons })))
  })

  it('hide four cells of a table for the sake of one, and leave their counts alone', async () => {
    const cells = sumsAnswered(await ask({ axes, people: standing }))
    expect(hidden(cells)).toHaveLength(4)
    expect(hidden(cells)).toContain('1,1')
    expect(hidden(cells).filter((at) => at.includes('0'))).toStrictEqual([])
  })

  it('are hidden where the count is', async () => {
    const counts = allShown(table).map((cell) =>
      cell.at.join() === '2,2' ? { at: cell.at, state: 'withheld' as const } : cell,
    )
    expect(hidden(sumsAnswered(await ask({ axes, people, counts })))).toStrictEqual(['2,2'])
  })

  it('are chosen the same way every time, and another secret may choose otherwise', async () => {
    const once = await ask({ axes, people: standing })
    expect(await ask({ axes, people: standing })).toStrictEqual(once)
  })

  it('carry a certificate whose witnesses reach what is needed', async () => {
    const outcome = await ask({ axes, people: standing })
    if (outcome.outcome !== 'answered') throw new Error(outcome.code)
    const { attackers, holes, private: kept } = outcome.certificate
    expect(attackers).toStrictEqual([{ kind: 'outsider', verdict: 'safe' }])
    expect(holes).toBe(4)
    expect(kept.kept.length).toBeGreaterThan(1)
    for (const { side, need, reached } of kept.kept)
      expect(side === 'above' ? reached >= need : reached <= need).toBe(true)
    expect(outcome.certificate.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a party that knows its people on one axis', () => {
  it('does not get the other axis from sums', async () => {
    const owned = [flat('kind', ['a', 'b'], { owner: 'clinic' }), flat('district', ['north', 'south'])]
    const mine = (person: Person): Person => ({ ...person, known: { town: person.value } })
    // All in the north are the town's; the clinic's kind is what it may not learn.
    const residents = [
      ...[...crowd({ kind: 0, district: 0 }, 3), ...crowd({ kind: 1, district: 0 }, 30)].map(mine),
      ...crowd({ kind: 0, district: 1 }, 40),
      ...crowd({ kind: 1, district: 1 }, 45),
    ]
    const outcome = await ask({ axes: owned, people: residents })
    if (outcome.outcome !== 'answered') throw new Error(outcome.code)
    expect(hidden(outcome.cells)).toContain('1,1')
    const tried = outcome.certificate.private.kept.filter(({ attacker }) => attacker.kind === 'attribute_holder')
    expect(tried.length).toBeGreaterThan(0)
    const north = sumsOf(owned, residents).find(({ at }) => at.join() === '0,1')
    const own = [{ axes: owned, at: [0, 1], part: north?.sum ?? 0, all: true }]
    const { low, high } = new SumAttacker([{ axes: owned, cells: outcome.cells }], own).bounds({
      axes: owned,
      at: [[1, 1]],
    })
    expect(high - low).toBeGreaterThanOrEqual(16)
  })
})

describe('several measures', () => {
  const costs = (factor: number) => standing.map((person) => ({ ...person, value: person.value * factor }))
  const two = (together: boolean) =>
    protectSums({
      ...question(),
      counts: { table: countsOf(axes, standing), cells: allShown(countsOf(axes, standing)) },
      measures: [
        { id: 'even', cells: sumsOf(axes, people.concat(group({ kind: 0, district: 0 }, 10))) },
        { id: 'costs', cells: sumsOf(axes, costs(7)) },
      ],
      together,
    })
  it('are judged each for itself', async () => {
    const [even, cost] = await two(false)
    expect([even?.measure, cost?.measure]).toStrictEqual(['even', 'costs'])
    expect(even && hidden(sumsAnswered(even))).toStrictEqual([])
    expect(cost && hidden(sumsAnswered(cost))).toHaveLength(4)
  })

  it('share their holes where one follows from the other', async () => {
    const [even, cost] = await two(true)
    expect(even && hidden(sumsAnswered(even))).toHaveLength(4)
    expect(even && hidden(sumsAnswered(even))).toStrictEqual(cost && hidden(sumsAnswered(cost)))
  })
})

describe('amounts that may be negative', () => {
  const bounds = { lower: -50, upper: 50 }
  const signed = people.map((person, index) => ({ ...person, value: (index % 7) - 3 }))
  it('are shown with the sign they have', async () => {
    const cells = sumsAnswered(await ask({ axes, people: signed, measure: { bounds } }))
    expect(hidden(cells)).toStrictEqual([])
    expect(meansOf(cells, 2).some((mean) => mean.state === 'released' && mean.figure < 0)).toBe(true)
  })

  it('are hidden where few contribute, though many are there', async () => {
    const rare = signed.map((person, index) =>
      person.leaves['kind'] === 1 && person.leaves['district'] === 1 && index % 5 > 0
        ? { ...person, value: 0 }
        : person,
    )
    const cells = sumsAnswered(await ask({ axes, people: rare, measure: { bounds } }))
    expect(hidden(cells)).toContain('2,2')
    expect(hidden(cells)).toHaveLength(4)
  })

  it('need a declared bound', async () => {
    await expect(ask({ axes, people: signed })).rejects.toMatchObject({ code: 'sums_inconsistent' })
  })
})

describe('figures', () => {
  it('are rounded half away from zero, and undefined where nobody is', () => {
    const sums = [
      { at: [0], state: 'released' as const, sum: 25, persons: 10 },
      { at: [1], state: 'released' as const, sum: -25, persons: 10 },
      { at: [2], state: 'released' as const, sum: 0, persons: 0 },
      { at: [3], state: 'withheld' as const },
    ]
    expect(meansOf(sums, 0)).toStrictEqual([
      { at: [0], state: 'released', figure: 3 },
      { at: [1], state: 'released', figure: -3 },
      { at: [2], state: 'undefined' },
      { at: [3], state: 'withheld' },
    ])
    expect(meansOf(sums, 1)[0]).toMatchObject({ figure: 2.5 })
    expect(() => meansOf(sums, 7)).toThrow(expect.objectContaining({ code: 'rule_out_of_range' }))
  })

  it('have no share of a whole that is hidden', () => {
    const line = [flat('kind', ['a', 'b'])]
    const counts = [
      { at: [0], state: 'withheld' as const },
      { at: [1], state: 'released' as const, count: 12 },
      { at: [2], state: 'withheld' as const },
    ]
    expect(percentagesOf(line, counts, 0, 0).map(({ state }) => state)).toStrictEqual([
      'withheld',
      'withheld',
      'withheld',
    ])
    expect(() => percentagesOf(line, counts, 1, 0)).toThrow(expect.objectContaining({ code: 'rule_out_of_range' }))
  })
})

describe('earlier answers', () => {
  const kinds = [nested('kind', 3, { all: [0, 1, 2], ab: [0, 1] })]
  it('that contradict the sums are no ground to stand on', async () => {
    const earlier = [
      {
        axes: kinds,
        cells: sumsAnswered(await ask({ axes: kinds, people })).map((cell) =>
          cell.state === 'released' ? { ...cell, sum: cell.sum + 1 } : cell,
        ),
      },
    ]
    expect(await ask({ axes, people, measure: { earlier } })).toMatchObject({
      outcome: 'refused',
      code: 'ledger_conflict',
    })
  })

  it('keep their fate: what was hidden stays hidden, what was shown stays shown', async () => {
    const first = sumsAnswered(await ask({ axes, people: standing }))
    const again = sumsAnswered(
      await ask({ axes: [...axes].reverse(), people: standing, measure: { earlier: [{ axes, cells: first }] } }),
    )
    expect(
      hidden(again)
        .map((at) => at.split(',').reverse().join())
        .sort(),
    ).toStrictEqual(hidden(first).sort())
  })
})

describe('refusals', () => {
  it('too many unsafe cells, no room, no time', async () => {
    const few = crowd({ kind: 0, district: 0 }, 5)
    expect(await ask({ axes, people: few, rules: { zeros: 'publish', maxSparsity: 0.1 } })).toMatchObject({
      code: 'too_sparse',
    })
    expect(
      await ask({
        axes: [nested('kind', 3, { all: [0, 1, 2] })],
        people: crowd({ kind: 0 }, 5),
        rules: { zeros: 'publish', maxSparsity: 1 },
      }),
    ).toMatchObject({ code: 'nothing_left' })
    expect(await ask({ axes, people, rules: { maxAtoms: 8 } })).toMatchObject({ code: 'too_many_atoms' })
    const late = { ...question(), measures: [{ id: 'hours', cells: sumsOf(axes, standing) }], deadlineMs: now() - 1 }
    const counts = countsOf(axes, standing)
    expect(await protectSums({ ...late, counts: { table: counts, cells: allShown(counts) } })).toMatchObject([
      { code: 'time_limit' },
    ])
  })

  const wrong = (change: (cell: SumCell) => Partial<SumCell>): SumMeasure => ({
    ...measure,
    cells: measure.cells.map((cell) => (cell.at.join() === '1,1' ? { ...cell, ...change(cell) } : cell)),
  })
  it.each([
    ['sum_not_whole', wrong(({ sum }) => ({ sum: sum + 0.5 }))],
    ['sum_not_whole', wrong(({ largest }) => ({ largest: largest.map(() => Number.NaN) }))],
    ['sums_inconsistent', wrong(({ sum }) => ({ sum: sum + 1 }))],
    ['sums_inconsistent', wrong(({ persons }) => ({ persons: persons + 1 }))],
    ['sums_inconsistent', wrong(({ contributors }) => ({ contributors: contributors + 1 }))],
    ['sums_inconsistent', wrong(({ largest }) => ({ largest: largest.slice(0, 1) }))],
    ['sums_inconsistent', wrong(({ largest }) => ({ largest: [1, ...largest.slice(1)] }))],
    ['sums_inconsistent', wrong(({ sum }) => ({ sum: -sum }))],
    [
      'sums_inconsistent',
      wrong(({ sum }) => ({
        byParty: { node: { sum: sum + 1, persons: 1, others: { contributors: 0, largest: [] } } },
      })),
    ],
    ['sums_inconsistent', { ...measure, bounds: { lower: 0, upper: 5 } }],
    ['sum_not_whole', { ...measure, bounds: { lower: -0.5 } }],
    ['rule_out_of_range', { ...measure, bounds: { lower: 1 } }],
    ['rule_out_of_range', { ...measure, bounds: { lower: 0, upper: 0 } }],
    ['rule_out_of_range', { ...measure, pPercent: 101 }],
    ['cells_incomplete', { ...measure, cells: measure.cells.slice(1) }],
    ['cells_incomplete', { ...measure, unions: [{ axes, cells: measure.cells.slice(1) }] }],
  ] as const)('a measure that cannot be: %s', async (code, bad) => {
    await expect(protectSums({ ...question(), measures: [bad] })).rejects.toMatchObject({ code })
  })

  it.each([
    ['rule_out_of_range', { rules: { ...defaultRules, dominance: { n: 1, percent: 50 } } }],
    ['rule_out_of_range', { rules: { ...defaultRules, dominance: { n: 2, percent: 100 } } }],
    ['rule_out_of_range', { rules: { ...defaultRules, rangePercent: 0 } }],
    ['secret_too_short', { secret: new Uint8Array(8) }],
    ['sums_inconsistent', { measures: [measure, measure] }],
    ['sums_inconsistent', { counts: { table: { ...table, unit: 'records' as const }, cells: allShown(table) } }],
    ['sums_inconsistent', { counts: { table, cells: allShown(table).map((cell) => ({ ...cell, count: 1 })) } }],
  ])('a question that cannot be: %s', async (code, change) => {
    await expect(protectSums({ ...question(), ...change })).rejects.toMatchObject({ code })
  })
})
