/** Where nobody can be needs no attack; where the answer itself is what says so, it does. */
import { describe, expect, it } from 'vitest'
import { knownEmpty } from '../src/known-empty.ts'
import type { Entry } from '../src/registry.ts'

const entry = (columns: number[], known: Partial<Entry>): Entry => ({
  index: 0,
  columns,
  count: undefined,
  held: undefined,
  told: [],
  earlier: undefined,
  structuralZero: false,
  current: false,
  total: false,
  cost: 1,
  ...known,
})
const columns = (entries: Entry[], agreements: { left: number[]; right: number[] }[] = []) =>
  [...knownEmpty({ agreements }, { entries })].toSorted((a, b) => a - b)

describe('unknowns that everybody knows to be empty', () => {
  it('are all parts of a sum that was shown to be nothing, or is nothing by rule', () => {
    expect(columns([entry([0, 1], { earlier: 'released', count: 0 }), entry([4], { structuralZero: true })])).toEqual([
      0, 1, 4,
    ])
  })

  it('are not those of which only the answer at hand tells, nor those that were withheld or hold somebody', () => {
    expect(
      columns([
        entry([0], { current: true, count: 0 }),
        entry([1], { earlier: 'withheld', count: 0 }),
        entry([2], { earlier: 'released', count: 3 }),
      ]),
    ).toEqual([])
  })

  it('follow from clique to clique, either way and over several, where a whole side is empty', () => {
    const agreements = [
      { left: [4], right: [5] },
      { left: [2, 3], right: [4] },
      { left: [0, 1], right: [2, 3] },
      { left: [8, 9], right: [7] },
    ]
    const nothing = { earlier: 'released', count: 0 } as const
    expect(columns([entry([0, 1], nothing), entry([8], nothing)], agreements)).toEqual([0, 1, 2, 3, 4, 5, 8])
    expect(columns([entry([5], nothing)], agreements)).toEqual([0, 1, 2, 3, 4, 5])
  })
})
