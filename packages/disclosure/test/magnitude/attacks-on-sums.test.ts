/**
 * The attacks of disclosure.md §3 that concern sums and figures made of them, by their numbers.
 * @module
 */
import { describe, expect, it } from 'vitest'
import { meansOf, percentagesOf } from '../../src/index.ts'
import { answered, flat, holes, nested, stateAt } from '../tables.ts'
import {
  allShown,
  ask,
  countsOf,
  crowd,
  group,
  hidden,
  type Person,
  protectCounts,
  sumsAnswered,
  sumsOf,
} from './people.ts'
import { SumAttacker } from './sum-attacker.ts'

const kind = flat('kind', ['a', 'b', 'c'])
const district = flat('district', ['north', 'south'])

describe('attacks on sums', () => {
  it('14: the mean of eleven and of ten do not tell what the eleventh has', async () => {
    // 29,100 of eleven, 20,000 of the ten among them who stay.
    const people = [
      ...Array.from({ length: 10 }, () => ({ leaves: { stay: 0 }, value: 2_000 })),
      ...group({ stay: 1 }, 9_100),
    ]
    const axes = [nested('stay', 2, { all: [0, 1], stayed: [0], left: [1] })]
    const counts = answered(await protectCounts(countsOf(axes, people), { maxSparsity: 1 }))
    const cells = sumsAnswered(await ask({ axes, people, counts, rules: { maxSparsity: 1 } }))
    const means = meansOf(cells, 0)
    expect(means.map(({ state }) => state)).toStrictEqual(['released', 'withheld', 'withheld'])
    expect(means[0]).toStrictEqual({ at: [0], state: 'released', figure: 2_645 })
    // The same when no category names the one who left.
    const seen = await ask({
      axes: [nested('stay', 2, { all: [0, 1], stayed: [0] })],
      people,
      rules: { maxSparsity: 1 },
    })
    expect(hidden(sumsAnswered(seen))).toStrictEqual(['1'])
  })

  it('14: nor do the two answers one after the other', async () => {
    const people = [...crowd({ stay: 0 }, 900), ...crowd({ stay: 1 }, 11), ...group({ stay: 1 }, 1_000)]
    const all = [nested('stay', 2, { all: [0, 1] })]
    const stayed = [nested('stay', 2, { stayed: [0] })]
    const first = await ask({ axes: stayed, people: people.filter(({ leaves }) => leaves['stay'] === 0) })
    const earlier = [{ axes: stayed, cells: sumsAnswered(first) }]
    const either = [nested('stay', 2, { either: [0, 1], yes: [0], no: [1] })]
    const unions = [{ axes: either, cells: sumsOf(either, people) }]
    // Each answer is safe alone.
    expect(await ask({ axes: all, people })).toMatchObject({ outcome: 'answered' })
    const second = await ask({ axes: all, people, measure: { earlier, unions } })
    expect(second).toMatchObject({ outcome: 'refused', code: 'not_protectable' })
    // Neither if the job cannot add up those who left.
    expect(await ask({ axes: all, people, measure: { earlier } })).toMatchObject({ outcome: 'refused' })
  })

  it('16: a party that knows one hole of a line does not get the other', async () => {
    const own: Person[] = crowd({ kind: 1, district: 0 }, 26).map((person) => ({
      ...person,
      known: { node: person.value },
    }))
    const people = [
      ...group({ kind: 0, district: 0 }, 4),
      ...own,
      ...crowd({ kind: 2, district: 0 }, 30),
      ...crowd({ kind: 0, district: 1 }, 25),
      ...crowd({ kind: 1, district: 1 }, 22),
      ...crowd({ kind: 2, district: 1 }, 21),
    ]
    const axes = [district, kind]
    const cells = sumsAnswered(await ask({ axes, people }))
    const truth = sumsOf(axes, people)
    const known = truth.flatMap(({ at, byParty, persons }) =>
      byParty['node'] ? [{ axes, at, part: byParty['node'].sum, all: byParty['node'].persons === persons }] : [],
    )
    const { low, high } = new SumAttacker([{ axes, cells }], known).bounds({ axes, at: [[1, 1]] })
    expect(low).toBeLessThanOrEqual(2)
    expect(high).toBeGreaterThanOrEqual(6)
    expect(hidden(cells)).toContain('1,3')
  })

  it('16: two unsafe cells alone in a line do not open each other: the contributor of one could subtract', async () => {
    const people = [
      ...group({ kind: 0, district: 0 }, 17),
      ...group({ kind: 1, district: 0 }, 8),
      ...crowd({ kind: 2, district: 0 }, 30),
      ...crowd({ kind: 0, district: 1 }, 25),
      ...crowd({ kind: 1, district: 1 }, 22),
      ...crowd({ kind: 2, district: 1 }, 21),
    ]
    const axes = [district, kind]
    const cells = sumsAnswered(await ask({ axes, people }))
    expect(hidden(cells)).toContain('1,3')
    const { low, high } = new SumAttacker([{ axes, cells }]).bounds({
      axes,
      at: [
        [1, 1],
        [1, 2],
      ],
    })
    expect(low).toBeLessThanOrEqual(25 - 8)
    expect(high).toBeGreaterThanOrEqual(25 + 8)
  })

  it('18: 50,000 and 49,000 of 100,000 are unsafe under p %, though no single one dominates', async () => {
    const people = [
      ...group({ kind: 0 }, 50_000, 49_000, ...Array.from({ length: 10 }, () => 100)),
      ...Array.from({ length: 20 }, () => ({ leaves: { kind: 1 }, value: 6_000 })),
      ...Array.from({ length: 30 }, () => ({ leaves: { kind: 2 }, value: 7_000 })),
    ]
    const cells = sumsAnswered(await ask({ axes: [kind], people }))
    expect(hidden(cells)).toContain('1')
    expect(hidden(cells)).toHaveLength(2)
    const { low, high } = new SumAttacker([{ axes: [kind], cells }]).bounds({ axes: [kind], at: [[1]] })
    // 10 % of 50,000 less the 1,000 of the others.
    expect(high).toBeGreaterThanOrEqual(104_000)
    expect(low).toBeLessThanOrEqual(96_000)
  })

  it('20: a percentage of a hidden count is not shown, and no figure stands beside one', async () => {
    const people = [...crowd({ kind: 0 }, 3), ...crowd({ kind: 1 }, 12), ...crowd({ kind: 2 }, 21)]
    const table = countsOf([kind], people)
    const counts = answered(await protectCounts(table))
    const shares = percentagesOf([kind], counts, 0, 1)
    const cells = sumsAnswered(await ask({ axes: [kind], people, counts }))
    const means = meansOf(cells, 1)
    expect(stateAt(counts, 1)).toBe('withheld')
    for (const { at } of holes(counts)) {
      expect(shares.find((share) => share.at.join() === at.join())?.state).toBe('withheld')
      expect(means.find((mean) => mean.at.join() === at.join())?.state).toBe('withheld')
    }
    expect(shares.find((share) => share.at.join() === '3')).toStrictEqual({ at: [3], state: 'released', figure: 58.3 })
    expect(percentagesOf([kind], allShown(table), 0, 1)[1]).toMatchObject({ figure: 8.3 })
  })
})
