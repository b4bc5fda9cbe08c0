/** The part of attack 20 of disclosure.md §3 that is about rounding; percentages and noise are played beside sums and cell keys. */
import { describe, expect, it } from 'vitest'
import { attackPublished } from '../src/index.ts'
import { IndependentAttacker } from './attacker.ts'
import { wrong } from './leaks.ts'
import { cellsOf, nested, stateAt, tableOf } from './tables.ts'

const base = 5
const rounded = (count: number) => base * Math.round(count / base)

describe('attacks on rounded figures', () => {
  it('20: 0 + 0 = 5 tells that of both there are one or two; no figure of ours is rounded', async () => {
    const counts = [2, 2, 40, 30]
    expect([rounded(2), rounded(2), rounded(2 + 2)]).toStrictEqual([0, 0, 5])
    // Who reads the rounded figures tries all pairs.
    const pairs = Array.from({ length: 100 }, (_, pair) => [pair % 10, Math.floor(pair / 10)] as const).filter(
      ([left, right]) => rounded(left) === 0 && rounded(right) === 0 && rounded(left + right) === 5,
    )
    expect(pairs).toStrictEqual([
      [2, 1],
      [1, 2],
      [2, 2],
    ])

    const axes = [nested('kind', 4, { all: [0, 1, 2, 3], few: [0, 1], a: [0], b: [1], c: [2], d: [3] })]
    const table = tableOf(
      axes,
      counts.map((count, kind) => ({ leaves: { kind }, count })),
    )
    const cells = await cellsOf(table)
    expect(wrong({ table, cells }, 10)).toStrictEqual([])
    const attacker = new IndependentAttacker([{ axes, cells }])
    for (const at of [1, 2, 3]) {
      expect(stateAt(cells, at)).toBe('withheld')
      const { low, high } = attacker.bounds(axes, [at])
      expect(low < high && high >= 10).toBe(true)
    }
    const ours = await attackPublished({
      tables: [{ axes, cells }],
      maxAtoms: 100,
      deadlineMs: 60_000,
      now: () => 0,
    })
    if (ours.outcome === 'failed') throw new Error(ours.code)
    for (const { low, high } of ours.cells) expect(low < high && high >= 10).toBe(true)
  })
})
