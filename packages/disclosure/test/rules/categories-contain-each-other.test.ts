import { describe, expect, it } from 'vitest'
import { levelsOf, parentsOf } from '../../src/lines.ts'
import { flat, nested } from '../tables.ts'

describe('categories that contain each other', () => {
  it('have the smallest category around them as parent, not a wider one', () => {
    const area = nested('area', 4, { all: [0, 1, 2, 3], north: [0, 1], a: [0], b: [1], c: [2] })
    expect(parentsOf(area)).toStrictEqual([[], [0], [1], [1], [0]])
    expect(levelsOf(area)).toStrictEqual([2, 1, 0, 0, 0])
  })

  it('may have two parents that overlap', () => {
    const age = nested('age', 3, { all: [0, 1, 2], young: [0, 1], working: [1, 2], middle: [1] })
    expect(parentsOf(age)).toStrictEqual([[], [0], [0], [1, 2]])
    expect(levelsOf(age)).toStrictEqual([2, 1, 1, 0])
  })

  it('are no parts of each other where they are the same set, or neither holds the other', () => {
    const same = nested('sex', 2, { all: [0, 1], everyone: [1, 0], m: [0] })
    expect(parentsOf(same)).toStrictEqual([[], [], [0, 1]])
    expect(levelsOf(same)).toStrictEqual([1, 1, 0])
    expect(parentsOf(nested('kind', 4, { all: [0, 1, 2, 3], one: [0], pair: [1, 2] }))).toStrictEqual([[], [0], [0]])
    // Smaller, and partly inside.
    expect(parentsOf(nested('age', 4, { all: [0, 1, 2, 3], wide: [0, 1, 2], cut: [2, 3] }))).toStrictEqual([
      [],
      [0],
      [0],
    ])
    expect(parentsOf(flat('kind', ['x', 'y']))).toStrictEqual([[], [0], [0]])
  })

  it('have a level above the highest inside them, in whatever order they are named', () => {
    const area = nested('area', 5, { all: [0, 1, 2, 3, 4], e: [4], mixed: [0, 1, 4], north: [0, 1], a: [0] })
    expect(levelsOf(area)).toStrictEqual([3, 0, 2, 1, 0])
  })
})
