import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactly } from '../src/interval.ts'
import { shown } from '../src/shown.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('bounds are rounded outwards', () => {
  it('to eight digits, and whole numbers not at all', () => {
    expect(shown({ low: 1 / 3, high: 2 / 3 })).toEqual({ low: 0.33333333, high: 0.66666667 })
    expect(shown({ low: -2 / 3, high: 123_456_789_012 })).toEqual({ low: -0.66666667, high: 123_456_789_012 })
    expect(shown(exactly(2 / 3))).toEqual({ low: 0.66666667, high: 0.66666667 })
  })

  it('nothing becomes no number, however small or large', () => {
    expect(shown({ low: 3e-300, high: 4e-300 })).toEqual({ low: 0, high: 1e-250 })
    expect(shown({ low: -4e-310, high: -3e-310 })).toEqual({ low: -1e-250, high: 0 })
    fc.assert(
      fc.property(finite, finite, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        const seen = shown({ low, high })
        expect(seen.low).toBeLessThanOrEqual(seen.high)
        if (low < high) {
          expect(seen.low).toBeLessThanOrEqual(low)
          expect(seen.high).toBeGreaterThanOrEqual(high)
        }
      }),
    )
  })

  it('a value that lay inside still does when it is rounded to the nearest', () => {
    fc.assert(
      fc.property(finite, finite, finite, (a, b, c) => {
        const [low = 0, value = 0, high = 0] = [a, b, c].toSorted((x, y) => x - y)
        const [around, at] = [shown({ low, high }), shown(exactly(value))]
        if (low === high) return
        expect(around.low).toBeLessThanOrEqual(at.low)
        expect(around.high).toBeGreaterThanOrEqual(at.high)
      }),
    )
  })
})
