import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomBytes, randomHex, shuffledOrder } from '../src/index.ts'

describe('randomness is fair', () => {
  it('gives every row exactly one place', () => {
    fc.assert(
      fc.property(fc.nat(500), (n) => {
        const order = [...shuffledOrder(n)].sort((a, b) => a - b)
        expect(order).toStrictEqual(Array.from({ length: n }, (_, i) => i))
      }),
    )
  })

  it('draws all six orders of three rows about as often', () => {
    const seen = new Map<string, number>()
    for (let i = 0; i < 60_000; i++) {
      const order = shuffledOrder(3).join()
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    // 10,000 expected, standard deviation 91: seven deviations come by chance about once in 10^11 runs.
    for (const count of seen.values()) expect(Math.abs(count - 10_000)).toBeLessThan(640)
  })

  it('shuffles a million rows without leaving long runs in place', () => {
    const order = shuffledOrder(1_000_000)
    let stayed = 0
    for (let i = 0; i < order.length; i++) if (order[i] === i) stayed++
    expect(stayed).toBeLessThan(20)
  })

  it('gives bytes of its own memory and refuses lengths that are none', () => {
    expect(randomBytes(16).buffer.byteLength).toBe(16)
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/)
    for (const bad of [-1, 1.5, Number.NaN]) {
      expect(() => randomBytes(bad)).toThrow(expect.objectContaining({ code: 'out_of_range' }))
      expect(() => shuffledOrder(bad)).toThrow(expect.objectContaining({ code: 'out_of_range' }))
    }
  })
})
