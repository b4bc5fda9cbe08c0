/**
 * What a cross-tab shows in its cells: counts, and where asked percentages, sums and means. Each is a table of its own.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { Language } from './output.ts'

type Cell = CrossTabAnswer['cells'][number]
type Released = Extract<Cell, { state: 'released' }>

export type Figure = {
  /** Above the table; none for counts. */
  readonly title: string | undefined
  readonly textOf: (cell: Cell) => string
}

const words = {
  nl: {
    row: 'procent van de rij',
    column: 'procent van de kolom',
    total: 'procent van het totaal',
    sum: 'som',
    mean: { persons: 'gemiddeld per persoon', records: 'gemiddeld per registratie', households: 'gemiddeld' },
  },
  en: {
    row: 'percent of the row',
    column: 'percent of the column',
    total: 'percent of the total',
    sum: 'sum',
    mean: { persons: 'mean per person', records: 'mean per record', households: 'mean' },
  },
} as const

const withheld = 'x'
/** Nothing to divide by, or not shown. */
const none = '-'

/** Counts first, then percentages, then each measure's sums and means. */
export function figuresOf(answer: CrossTabAnswer, language: Language): Figure[] {
  const say = words[language]
  const written = (decimals: number) => {
    const format = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    return (whole: number): string => format.format(whole / 10 ** decimals)
  }
  const figure = (title: string | undefined, textOf: (cell: Released) => string): Figure => ({
    title,
    textOf: (cell) => (cell.state === 'released' ? textOf(cell) : withheld),
  })
  const [whole, tenths] = [written(0), written(1)]
  return [
    figure(undefined, ({ count }) => whole(count)),
    ...(answer.percentages
      ? [
          figure(say[answer.percentages], ({ permille }) =>
            permille === undefined || permille === null ? none : tenths(permille),
          ),
        ]
      : []),
    ...(answer.measures ?? []).flatMap(({ label, unit, decimals, meanDecimals }, index) => {
      const [sums, means] = [written(decimals), written(meanDecimals)]
      const name = `${label[language]} (${unit[language]})`
      return [
        figure(`${name}, ${say.sum}`, (cell) => {
          const sum = cell.sums?.[index]
          return sum?.state === 'released' ? sums(sum.sum) : withheld
        }),
        figure(`${name}, ${say.mean[answer.unit]}`, (cell) => {
          const sum = cell.sums?.[index]
          if (sum?.state !== 'released') return withheld
          return sum.mean === null ? none : means(sum.mean)
        }),
      ]
    }),
  ]
}
