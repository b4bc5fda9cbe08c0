import { describe, expect, it } from 'vitest'
import { type DryRun, defaultRules, dryRun } from '../../src/index.ts'
import { flat, nested, secret } from '../tables.ts'

const area = nested('area', 4, { all: [0, 1, 2, 3], north: [0, 1], south: [2, 3], a: [0], b: [1], c: [2], d: [3] })
const care = flat('care', ['none', 'some'])

/** Numbers that repeat, spread over [0, 1). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

const expected = (changed: Partial<DryRun>) =>
  dryRun({
    population: 'residents',
    axes: [area, care],
    shares: [
      [4, 3, 2, 1],
      [3, 1],
    ],
    persons: 600,
    parties: {},
    rules: defaultRules,
    draws: 8,
    random: random(3),
    secret,
    tableMs: 20_000,
    now: () => performance.now(),
    ...changed,
  })

describe('a dry run needs no counts', () => {
  it('expects holes where few people are expected, and says which coarser form would show more', async () => {
    const few = await expected({ persons: 250 })
    const share = (...at: number[]) =>
      few.cells.find((cell) => cell.at.join() === at.join())?.withheldShare ?? Number.NaN
    expect(share(0, 0)).toBe(0)
    // A quarter of a tenth of the people, against three quarters of four tenths.
    expect(share(6, 2)).toBeGreaterThan(share(3, 1))
    expect(few.instead).toContainEqual(
      expect.objectContaining({ kind: 'coarsen_dimension', dimension: 'area', into: [['north'], ['south']], cells: 9 }),
    )
    for (const { shownShare } of few.instead) expect(shownShare).toBeGreaterThan(few.shownShare.middle)
  })

  it('expects more to be shown of more people, and all of it of very many', async () => {
    const { shownShare: few } = await expected({ persons: 200 })
    const { shownShare: more } = await expected({ persons: 2000 })
    const { shownShare: many, instead } = await expected({ persons: 1_000_000 })
    expect(more.middle).toBeGreaterThan(few.middle)
    expect(many).toEqual({ low: 1, middle: 1, high: 1 })
    expect(instead).toEqual([])
  })

  it('counts organisations along: who holds nearly everybody makes more cells unsafe', async () => {
    const alone = await expected({})
    const held = await expected({ parties: { clinic: 0.9 } })
    expect(held.shownShare.middle).toBeLessThan(alone.shownShare.middle)
  })

  it('counts refusals by their code', async () => {
    const { refused, shownShare } = await expected({ persons: 100, rules: { ...defaultRules, maxSparsity: 0 } })
    expect(refused).toEqual({ too_sparse: 8 })
    expect(shownShare.high).toBe(0)
  })

  it('refuses to make up no table at all', async () => {
    await expect(expected({ draws: 0 })).rejects.toMatchObject({ code: 'rule_out_of_range' })
  })
})
