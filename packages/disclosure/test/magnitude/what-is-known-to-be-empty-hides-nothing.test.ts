/**
 * A category that everybody knows holds nobody: it protects no sum, and needs no protection.
 * @module
 */
import { describe, expect, it } from 'vitest'
import { defaultRules, type EmptyPlace, protectSums } from '../../src/index.ts'
import { nested, secret } from '../tables.ts'
import { allShown, countsOf, crowd, group, hidden, type Person, sumsAnswered, sumsOf } from './people.ts'
import { SumAttacker } from './sum-attacker.ts'

/** The third category, unknown, stands in the total and is not shown: its owner declared it empty. */
const home = nested('home', 3, { all: [0, 1, 2], yes: [0], no: [1] })
const district = nested('district', 2, { all: [0, 1], north: [0], south: [1] })
const axes = [home, district]
const unknown: EmptyPlace = { axes: [nested('home', 3, { unknown: [2] })], at: [0] }
const people: Person[] = [0, 1].flatMap((kind) =>
  [0, 1].flatMap((where) => crowd({ home: kind, district: where }, 30 + 5 * kind + where)),
)

const ask = async (persons: readonly Person[], empty: readonly EmptyPlace[]) => {
  const table = countsOf(axes, persons)
  const [outcome] = await protectSums({
    counts: { table, cells: allShown(table) },
    measures: [{ id: 'hours', cells: sumsOf(axes, persons) }],
    empty,
    rules: defaultRules,
    secret,
    deadlineMs: performance.now() + 20_000,
    now: () => performance.now(),
  })
  if (!outcome) throw new Error('no outcome')
  return sumsAnswered(outcome)
}

describe('what is known to be empty', () => {
  it('hides no sum where nobody stands out', async () => {
    expect(hidden(await ask(people, []))).not.toStrictEqual([])
    expect(hidden(await ask(people, [unknown]))).toStrictEqual([])
  })

  it('is no hiding place: an attacker who knows it finds no sum that stands out', async () => {
    const standing = [...people, ...group({ home: 0, district: 0 }, 25_000)]
    const cells = await ask(standing, [unknown])
    expect(hidden(cells)).toHaveLength(4)
    const knows = { axes: unknown.axes, cells: [{ at: [0], state: 'released', sum: 0, persons: 0 }] } as const
    const attacker = new SumAttacker([{ axes, cells }, knows])
    const truth = sumsOf(axes, standing).find(({ at }) => at.join() === '1,1')?.sum ?? 0
    const { low, high } = attacker.bounds({ axes, at: [[1, 1]] })
    expect(high).toBeGreaterThanOrEqual(truth + 2_500)
    expect(low).toBeLessThanOrEqual(truth - 2_500)
  })

  it('has to stand on the axis it is said of', async () => {
    await expect(ask(people, [{ ...unknown, at: [1] }])).rejects.toMatchObject({ code: 'cells_incomplete' })
  })
})
