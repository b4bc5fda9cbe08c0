/** A new delivery says anew what everybody has; its sums and those of the delivery before it are no parts of one system. */
import type { ExtractId } from '@kruispunt/contracts'
import type { TrueTable } from '@kruispunt/disclosure'
import { describe, expect, it } from 'vitest'
import type { LedgerAnswer } from '../../src/jobs/ledger.ts'
import type { AskedMeasure } from '../../src/jobs/measures.ts'
import { type Bearing, sumsQuestion } from '../../src/jobs/sums-question.ts'

const everybody = { dimension: 'presence:police', leaves: 1, nodes: [{ code: 'total', leaves: [0] }] }
const table: TrueTable = {
  population: 'persons',
  unit: 'persons',
  axes: [everybody],
  cells: [{ at: [0], count: 20, persons: 20, byParty: {}, largest: [1, 1] }],
}
/** An answer that shows how many hours 20 people have. */
const answered = (source: string, sum: number): Bearing => ({
  answer: {
    table: { ...table, cells: [{ at: [0], state: 'released', count: 20 }] },
    sums: [
      {
        measure: 'hours',
        cells: [{ at: [0], state: 'released', sum, persons: 20 }],
        certificate: { private: { kept: [] } },
      },
    ],
  } as unknown as LedgerAnswer,
  source: source as ExtractId,
  axes: [everybody],
  recounted: new Map(),
})
const asked = {
  measure: { id: 'hours' },
  source: 'second',
  owner: 'town',
  bounds: { lower: 0, upper: 400 },
} as AskedMeasure

describe('sums that were shown of another delivery', () => {
  it('are left out, those of the same delivery are not', () => {
    const bearing = [answered('first', 4000), answered('second', 5000)]
    const { measures } = sumsQuestion(table, [{ asked, cells: [] }], bearing, [])
    const shown = measures.map(({ earlier = [] }) => earlier.map(({ cells }) => cells))
    expect(shown).toStrictEqual([[[{ at: [0], state: 'released', sum: 5000, persons: 20 }]]])
    expect(measures[0]?.owner).toBe('town')
  })
})
