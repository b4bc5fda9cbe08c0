import { describe, expect, it } from 'vitest'
import { trueQuality } from '../../src/link/true-quality.ts'

const file = (name: string, clusters: number[], truth: string[]) => ({ file: name, clusters, truth })

describe('quality is counted over pairs of rows', () => {
  it('is one where clusters and truth agree, whatever the numbers', () => {
    const { all, acrossFiles } = trueQuality([file('a', [7, 7, 3], ['x', 'x', 'y']), file('b', [3, 9], ['y', 'z'])])
    expect(all).toStrictEqual({ linked: 2, same: 2, right: 2, precision: 1, recall: 1, f1: 1 })
    expect(acrossFiles.same).toBe(1)
  })

  it('counts a pair that is linked and should not be, and one that is missed', () => {
    const { all, acrossFiles, byPair } = trueQuality([
      file('a', [1, 2], ['x', 'y']),
      file('b', [1, 1], ['x', 'y']),
      file('c', [5, 1], ['x', 'z']),
    ])
    // Linked: a1-b1, a1-b2, a1-c2, b1-b2, b1-c2, b2-c2. Same: x in a, b and c (3), y in a and b (1).
    expect(all).toMatchObject({ linked: 6, same: 4, right: 1 })
    expect(acrossFiles).toMatchObject({ linked: 5, same: 4, right: 1, precision: 0.2, recall: 0.25 })
    expect(
      byPair.map(({ files, quality }) => [files.join('-'), quality.linked, quality.same, quality.right]),
    ).toStrictEqual([
      ['a-b', 2, 2, 1],
      ['a-c', 1, 1, 0],
      ['b-c', 2, 1, 0],
    ])
  })

  it('is one for precision where nothing was linked, and nought for recall where something was to be', () => {
    const { all } = trueQuality([file('a', [1, 2], ['x', 'x'])])
    expect(all).toMatchObject({ precision: 1, recall: 0, f1: 0 })
  })
})
