import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviseOnAnswer, adviseOnRefusal } from '../../src/advice.ts'
import type { Axis, CellState } from '../../src/index.ts'
import { flat, nested, positions } from '../tables.ts'

const quarters = nested('month', 6, {
  all: [0, 1, 2, 3, 4, 5],
  q1: [0, 1, 2],
  q2: [3, 4, 5],
  m1: [0],
  m2: [1],
  m3: [2],
  m4: [3],
  m5: [4],
  m6: [5],
})
const sex = flat('sex', ['m', 'f'])

const hiding = (axes: readonly Axis[], ...hidden: string[]): CellState[] =>
  positions(axes).map((at) =>
    hidden.includes(at.join()) ? { at, state: 'withheld' } : { at, state: 'released', count: 20 },
  )

describe('advice is computed from the pattern', () => {
  it('merges the two siblings that are the only holes of their lines', () => {
    // Months 1 and 2 are hidden for both sexes: their sum can be worked out, so a cell for it can be shown.
    const cells = hiding([quarters, sex], '3,1', '3,2', '4,1', '4,2')
    expect(adviseOnAnswer([quarters, sex], cells)[0]).toEqual({
      kind: 'merge_categories',
      dimension: 'month',
      codes: ['m1', 'm2'],
      cells: 24,
      shownShare: 1,
    })
  })

  it('does not merge across parents, nor promise a cell of which nobody can be certain', () => {
    const cells = hiding([quarters, sex], '3,1', '3,2', '6,1', '6,2', '1,1', '1,2', '2,1', '2,2')
    for (const advice of adviseOnAnswer([quarters, sex], cells)) {
      if (advice.kind !== 'merge_categories') continue
      expect(advice.codes).not.toEqual(['m1', 'm4'])
      expect(advice.shownShare).toBeLessThan(1)
    }
  })

  it('proposes the level above where its cells are shown', () => {
    const cells = hiding([quarters, sex], ...[3, 4, 5, 6, 7, 8].flatMap((month) => [`${month},1`, `${month},2`]))
    expect(adviseOnAnswer([quarters, sex], cells)).toContainEqual({
      kind: 'coarsen_dimension',
      dimension: 'month',
      into: [['q1'], ['q2']],
      cells: 9,
      shownShare: 1,
    })
  })

  it('has nothing to say about a table without holes', () => {
    expect(adviseOnAnswer([quarters, sex], hiding([quarters, sex]))).toEqual([])
  })

  it('never promises less than is shown now, and counts as anyone can from the pattern alone', () => {
    const axes = [quarters, sex]
    const places = positions(axes)
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: places.length, maxLength: places.length }), (holes) => {
        const hidden = places.flatMap((at, index) => (holes[index] ? [at.join()] : []))
        const cells = hiding(axes, ...hidden)
        const now = 1 - hidden.length / places.length
        // Other counts, same pattern: the same advice.
        const others = cells.map((cell) => (cell.state === 'released' ? { ...cell, count: 999 } : cell))
        const advice = adviseOnAnswer(axes, cells)
        expect(adviseOnAnswer(axes, others)).toEqual(advice)
        for (const { shownShare, cells: left } of advice) {
          expect(shownShare).toBeGreaterThan(now)
          expect(shownShare).toBeLessThanOrEqual(1)
          expect(left).toBeLessThan(places.length)
        }
      }),
      { seed: 8, numRuns: 200 },
    )
  })
})

describe('advice with a refusal', () => {
  it('names the level that halves the widest dimension', () => {
    expect(adviseOnRefusal([sex, quarters])).toEqual([
      { kind: 'coarsen_dimension', dimension: 'month', into: [['q1'], ['q2']], cells: 9 },
      { kind: 'drop_dimension', dimension: 'sex', cells: 9 },
    ])
  })

  it('joins neighbours where there is no level, the odd one with the last two', () => {
    expect(adviseOnRefusal([flat('age', ['a', 'b', 'c', 'd', 'e'])])).toEqual([
      {
        kind: 'coarsen_dimension',
        dimension: 'age',
        into: [
          ['a', 'b'],
          ['c', 'd', 'e'],
        ],
        cells: 3,
      },
    ])
  })
})
