import { DisclosureError, defaultRules, type TrueTable } from '@kruispunt/disclosure'
import { afterEach, describe, expect, it } from 'vitest'
import { createProtector } from '../../src/jobs/protector.ts'

const protector = createProtector()
afterEach(() => protector.stop())

/** Three dimensions with a total each, small counts all over: work for seconds. */
function crowded(size: number): TrueTable {
  const axes = ['a', 'b', 'c'].map((dimension) => ({
    dimension,
    leaves: size,
    nodes: [
      { code: 'total', leaves: Array.from({ length: size }, (_, leaf) => leaf) },
      ...Array.from({ length: size }, (_, leaf) => ({ code: `${leaf}`, leaves: [leaf] })),
    ],
  }))
  const inner = (a: number, b: number, c: number) => (a * 7 + b * 11 + c * 5) % 23
  const cells: TrueTable['cells'][number][] = []
  const range = (node: number) => (node === 0 ? Array.from({ length: size }, (_, leaf) => leaf) : [node - 1])
  for (let a = 0; a <= size; a++)
    for (let b = 0; b <= size; b++)
      for (let c = 0; c <= size; c++) {
        let count = 0
        for (const x of range(a)) for (const y of range(b)) for (const z of range(c)) count += inner(x, y, z)
        cells.push({ at: [a, b, c], count, persons: count, byParty: { town: count }, largest: [1, 1] })
      }
  return { population: 'p', unit: 'persons', axes, cells }
}
const order = (table: TrueTable, withinMs: number) => ({
  question: { tables: [table], earlier: [], rules: { ...defaultRules, maxSparsity: 1 }, secret: new Uint8Array(32) },
  withinMs,
})

describe('a table in work does not hold the broker', () => {
  it('answers others meanwhile, and refuses when the time is up', async () => {
    let ticks = 0
    const clock = setInterval(() => {
      ticks += 1
    }, 5)
    const { outcomes } = await protector.protect(order(crowded(10), 400))
    clearInterval(clock)
    expect(outcomes).toMatchObject([{ outcome: 'refused', code: 'time_limit' }])
    expect(ticks).toBeGreaterThan(10)
  })

  it('is refused when the broker stops, and the next one finds a new process', async () => {
    const interrupted = protector.protect(order(crowded(10), 20_000))
    await new Promise((resolve) => setTimeout(resolve, 200))
    await protector.stop()
    expect(await interrupted).toMatchObject({ outcomes: [{ outcome: 'refused', code: 'attacker_failed' }] })
    expect(await protector.protect(order(crowded(2), 5_000))).toMatchObject({
      outcomes: [{ outcome: expect.any(String) }],
    })
  })

  it('says so when a table is malformed', async () => {
    const { cells, ...rest } = crowded(2)
    await expect(protector.protect(order({ ...rest, cells: cells.slice(1) }, 5_000))).rejects.toThrow(DisclosureError)
  })
})
