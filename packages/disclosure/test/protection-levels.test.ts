import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IndependentAttacker } from './attacker.ts'
import { cellsOf, holes, twoWay } from './tables.ts'

const table = twoWay([
  [20, 4, 30],
  [25, 18, 6],
  [40, 22, 31],
])

const boundsOf = async (protection: 'deniable' | 'exact') => {
  const cells = await cellsOf(table, { protection })
  const attacker = new IndependentAttacker([{ axes: table.axes, cells }])
  return {
    cells,
    small: [
      [1, 2],
      [2, 3],
    ].map((at) => attacker.bounds(table.axes, at)),
  }
}

describe('protection levels', () => {
  it('keeps a small count at k or more for the attacker, or only open, as asked', async () => {
    const deniable = await boundsOf('deniable')
    for (const { low, high } of deniable.small) {
      expect(high).toBeGreaterThanOrEqual(10)
      expect(low).toBeLessThan(high)
    }
    const exact = await boundsOf('exact')
    for (const { low, high } of exact.small) expect(low).toBeLessThan(high)
    expect(holes(exact.cells).length).toBeLessThanOrEqual(holes(deniable.cells).length)
  })

  it('never gives a small count away when only that is asked', async () => {
    const counts = fc.array(fc.nat(12), { minLength: 9, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(counts, async (drawn) => {
        const small = twoWay([0, 3, 6].map((from) => drawn.slice(from, from + 3)))
        const rules = { protection: 'exact', minimum: 3, maxSparsity: 1 } as const
        const cells = await cellsOf(small, rules).catch(() => undefined)
        if (!cells) return
        const attacker = new IndependentAttacker([{ axes: small.axes, cells }])
        for (const { at, count } of small.cells) {
          if (count === 0 || count >= 3) continue
          const { low, high } = attacker.bounds(small.axes, at)
          expect(low).toBeLessThan(high)
        }
      }),
      { seed: 2, numRuns: 30 },
    )
  })
})
