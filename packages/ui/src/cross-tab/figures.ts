/**
 * What a cell can show: its count, and where asked a percentage, a sum, a mean. One at a time, each with its own table.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { Language } from '../texts/define-texts.ts'
import type { Cell } from './layout.ts'

/** A figure that is shown, a withheld one, or none: nothing delivered, or nothing to divide by. */
export type CellValue =
  | { readonly state: 'shown'; readonly value: number; readonly decimals: number }
  | { readonly state: 'withheld' }
  | { readonly state: 'none' }

export type Figure = {
  readonly id: string
  readonly title: string
  readonly valueOf: (cell: Cell | undefined) => CellValue
}

const words = {
  nl: {
    count: { persons: 'Aantal personen', records: 'Aantal registraties', households: 'Aantal huishoudens' },
    row: 'Procent van de rij',
    column: 'Procent van de kolom',
    total: 'Procent van het totaal',
    sum: 'som',
    mean: { persons: 'gemiddeld per persoon', records: 'gemiddeld per registratie', households: 'gemiddeld' },
  },
  en: {
    count: { persons: 'Number of persons', records: 'Number of records', households: 'Number of households' },
    row: 'Percent of the row',
    column: 'Percent of the column',
    total: 'Percent of the total',
    sum: 'sum',
    mean: { persons: 'mean per person', records: 'mean per record', households: 'mean' },
  },
} as const

type Released = Extract<Cell, { state: 'released' }>
const none = { state: 'none' } as const
const withheld = { state: 'withheld' } as const
const shown = (whole: number, decimals: number): CellValue => ({
  state: 'shown',
  value: whole / 10 ** decimals,
  decimals,
})
const ofReleased = (valueOf: (cell: Released) => CellValue) => (cell: Cell | undefined) => {
  if (cell === undefined) return none
  return cell.state === 'released' ? valueOf(cell) : withheld
}

/** Counts first, then percentages, then each amount's sums and means. */
export function figuresOf(answer: CrossTabAnswer, language: Language): readonly Figure[] {
  const say = words[language]
  const percentages: Figure[] =
    answer.percentages === undefined
      ? []
      : [
          {
            id: 'percentages',
            title: say[answer.percentages],
            valueOf: ofReleased(({ permille }) => (permille == null ? none : shown(permille, 1))),
          },
        ]
  const amounts = (answer.measures ?? []).flatMap(({ id, label, unit, decimals, meanDecimals }, at): Figure[] => {
    const name = `${label[language]} (${unit[language]})`
    return [
      {
        id: `sum:${id}`,
        title: `${name}, ${say.sum}`,
        valueOf: ofReleased(({ sums }) => {
          const sum = sums?.[at]
          return sum?.state === 'released' ? shown(sum.sum, decimals) : withheld
        }),
      },
      {
        id: `mean:${id}`,
        title: `${name}, ${say.mean[answer.unit]}`,
        valueOf: ofReleased(({ sums }) => {
          const sum = sums?.[at]
          if (sum?.state !== 'released') return withheld
          return sum.mean === null ? none : shown(sum.mean, meanDecimals)
        }),
      },
    ]
  })
  const counts: Figure = {
    id: 'counts',
    title: say.count[answer.unit],
    valueOf: ofReleased(({ count }) => shown(count, 0)),
  }
  return [counts, ...percentages, ...amounts]
}

export function writtenNumber({ value, decimals }: { value: number; decimals: number }, language: Language): string {
  return new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value)
}
