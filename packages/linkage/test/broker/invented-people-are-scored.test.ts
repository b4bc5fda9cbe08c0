import { describe, expect, it } from 'vitest'
import { scoreDecoys } from '../../src/broker.ts'

const numbers = (...values: number[]) => Uint32Array.from(values)

describe('invented people are scored', () => {
  it('counts those that both extracts hold, those recovered, and every link to anybody else', () => {
    const personOf = [numbers(0, 1, 2, 3), numbers(0, 4, 2, 5, 3), numbers(1)]
    // 1 is recovered; 2 was linked to somebody real; 3 was missed; 4 was linked to another invented person.
    const decoys = [numbers(1, 3, 2, 4), numbers(1, 3, 0, 0, 5), numbers(3)]
    expect(scoreDecoys({ personOf, decoys })).toStrictEqual([
      { pair: [0, 1], expected: 2, recovered: 1, falseLinks: 2 },
      { pair: [0, 2], expected: 1, recovered: 1, falseLinks: 0 },
      { pair: [1, 2], expected: 1, recovered: 0, falseLinks: 0 },
    ])
  })

  it('refuses lists of other extracts', () => {
    const refused = expect.objectContaining({ code: 'persons_malformed' })
    expect(() => scoreDecoys({ personOf: [numbers(0)], decoys: [] })).toThrow(refused)
    expect(() => scoreDecoys({ personOf: [numbers(0)], decoys: [numbers(0, 1)] })).toThrow(refused)
  })
})
