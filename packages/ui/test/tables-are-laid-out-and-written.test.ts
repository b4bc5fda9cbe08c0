import type { CrossTabAnswer } from '@kruispunt/contracts'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartCells, heatClass } from '../src/charts/chart-cells.ts'
import { figuresOf } from '../src/cross-tab/figures.ts'
import { layoutOf, spanAt } from '../src/cross-tab/layout.ts'
import { csvOf } from '../src/exports/csv.ts'
import { fileNameOf } from '../src/exports/save-file.ts'
import { answerOf, node } from './support/answer.ts'

const area = [
  node('total', 'totaal', null, null),
  node('W0', 'Wijk 0', 'wijk', 0),
  node('B1', 'Buurt 1', 'buurt', 1),
  node('W1', 'Wijk 1', 'wijk', 0),
]
const wmo = [node('total', 'totaal', null, null), node('ja', 'ja', 'wmo', 0), node('nee', 'nee', 'wmo', 0)]
const [counts] = figuresOf(answerOf([area, wmo], 1), 'nl')
if (counts === undefined) throw new Error('an answer without counts')

describe('an answer is laid out as it is read', () => {
  it('with each category before what it is divided into, and the total last', () => {
    const { rows, columns } = layoutOf(answerOf([area, wmo], 1), 'nl')
    expect(rows.map(({ labels, depths, isMargin }) => [labels[0], depths[0], isMargin])).toStrictEqual([
      ['Wijk 0', 0, false],
      ['Buurt 1', 1, false],
      ['Wijk 1', 0, false],
      ['totaal', 0, true],
    ])
    expect(columns.map(({ labels }) => labels[0])).toStrictEqual(['ja', 'nee', 'totaal'])
  })

  it('with one head over all lines of an outer category', () => {
    const { rows } = layoutOf(answerOf([wmo, area, wmo], 2), 'nl')
    expect(rows).toHaveLength(12)
    expect(rows.map((_, at) => spanAt(rows, at, 0))).toStrictEqual([4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0])
    expect(rows.map((_, at) => spanAt(rows, at, 1))).toStrictEqual(Array.from({ length: 12 }, () => 1))
  })

  it('with every cell in its own place, whatever the axes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 2 }), (down, across) => {
        const answer = answerOf(
          Array.from({ length: down + across }, (_, at) => (at % 2 === 0 ? area : wmo)),
          down,
        )
        const { rows, columns, cellAt } = layoutOf(answer, 'en')
        const placed = rows.flatMap((row) => columns.map((column) => cellAt(row, column)))
        return placed.length === answer.cells.length && new Set(placed).size === answer.cells.length
      }),
    )
  })
})

describe('withheld, zero and no data stay different things', () => {
  const answer: CrossTabAnswer = {
    ...answerOf([area, wmo], 1),
    cells: [
      { at: [1, 1], state: 'released', count: 0 },
      { at: [1, 2], state: 'withheld' },
      { at: [3, 1], state: 'released', count: 1234 },
    ],
  }
  const layout = layoutOf(answer, 'nl')

  it('in a file', () => {
    const lines = parse(csvOf(layout, counts, 'rfc4180'), { relax_column_count: false }) as string[][]
    expect(lines).toStrictEqual([
      ['v0', 'ja', 'nee', 'totaal'],
      ['Wijk 0', '0', 'x', '.'],
      ['Buurt 1', '.', '.', '.'],
      ['Wijk 1', '1234', '.', '.'],
      ['totaal', '.', '.', '.'],
    ])
  })

  it('in a chart, without margins and without a category beside its own parts', () => {
    const { rows, columns, cells } = chartCells(layout, counts)
    expect(rows).toStrictEqual(['Buurt 1', 'Wijk 1'])
    expect(columns).toStrictEqual(['ja', 'nee'])
    expect(cells.map(({ state }) => state)).toStrictEqual(['none', 'none', 'shown', 'none'])
  })
})

describe('a file is what a spreadsheet expects', () => {
  it('for Excel in Dutch: a byte order mark, semicolons, decimal commas', () => {
    const answer: CrossTabAnswer = {
      ...answerOf([wmo], 1),
      percentages: 'total',
      cells: [{ at: [1], state: 'released', count: 12, permille: 125 }],
    }
    const figure = figuresOf(answer, 'nl')[1]
    if (figure === undefined) throw new Error('no percentages')
    expect(csvOf(layoutOf(answer, 'nl'), figure, 'excel-nl')).toBe(
      '\uFEFFv0;Procent van het totaal\r\nja;12,5\r\nnee;.\r\ntotaal;.\r\n',
    )
  })

  it('whatever the labels hold, and none of them becomes a formula', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (label) => {
        const answer = answerOf([[node('total', 'totaal', null, null), node('a', label, 'l', 0)]], 1)
        const [, line] = parse(csvOf(layoutOf(answer, 'nl'), counts, 'rfc4180')) as string[][]
        return line?.[0] === (/^[=+\-@\t\r]/.test(label) ? `'${label}` : label)
      }),
    )
  })

  it('under a name that any disk takes', () => {
    expect(fileNameOf('Inwoners naar wijk: café “Één”')).toBe('inwoners-naar-wijk-cafe-een')
    expect(fileNameOf('???')).toBe('tabel')
  })
})

describe('colours of a heat map', () => {
  it('run from the lowest to the highest figure, and stay with one class where all are equal', () => {
    const cells = [3, 8, 53].map((value) => ({ row: 'r', column: 'c', state: 'shown' as const, value, decimals: 0 }))
    expect([3, 12, 13, 52, 53].map(heatClass(cells))).toStrictEqual([0, 0, 1, 4, 4])
    expect(heatClass(cells.slice(0, 1))(3)).toBe(0)
  })
})
