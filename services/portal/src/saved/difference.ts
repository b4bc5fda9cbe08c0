/**
 * Two answers held against each other: what differs in what was asked, and per cell how much. Both were released, so their
 * difference tells nothing that is not on the screen already. Pure: knows no page.
 * @module
 */
import type { Bilingual, CrossTabAnswer, EarlierTableView } from '@kruispunt/contracts'
import type { Figure, Language, Layout } from '@kruispunt/ui'

export type Differs =
  | { readonly what: 'differsNothing' | 'differsDeliveries' | 'differsAgreement' | 'differsNone' }
  | { readonly what: 'differsFilters'; readonly left: string; readonly right: string }
  | { readonly what: 'differsPopulation'; readonly left: string; readonly right: string }

const partOf = ({ filters }: CrossTabAnswer, language: Language, everybody: string): string =>
  filters.length === 0
    ? everybody
    : filters
        .map(({ label, codes }) => `${label[language]}: ${codes.map((code) => code[language]).join(', ')}`)
        .join('; ')

export function differencesOf(
  left: EarlierTableView,
  right: EarlierTableView,
  language: Language,
  everybody: string,
): Differs[] {
  const [a, b] = [left.answer, right.answer]
  if (left.table.release === right.table.release && left.table.tableHash === right.table.tableHash)
    return [{ what: 'differsNothing' }]
  const [partLeft, partRight] = [partOf(a, language, everybody), partOf(b, language, everybody)]
  const counted = ({ title, unit, population }: CrossTabAnswer): [string, Bilingual] => [
    `${title.nl} ${population.nl} ${unit}`,
    population,
  ]
  const [[whatLeft, populationLeft], [whatRight, populationRight]] = [counted(a), counted(b)]
  const found: Differs[] = [
    ...(left.table.agreement === right.table.agreement ? [] : [{ what: 'differsAgreement' } as const]),
    ...(left.table.release === right.table.release ? [] : [{ what: 'differsDeliveries' } as const]),
    ...(whatLeft === whatRight
      ? []
      : [{ what: 'differsPopulation', left: populationLeft[language], right: populationRight[language] } as const]),
    ...(partLeft === partRight ? [] : [{ what: 'differsFilters', left: partLeft, right: partRight } as const]),
  ]
  return found.length === 0 && sameAxes(a, b) ? [{ what: 'differsNone' }] : found
}

const shapeOf = ({ axes, rows }: CrossTabAnswer): string =>
  JSON.stringify([rows, axes.map(({ dimension, nodes }) => [dimension, nodes.map(({ code, level }) => [code, level])])])

/** Whether cell by cell the same categories stand in the same place. */
export const sameAxes = (a: CrossTabAnswer, b: CrossTabAnswer): boolean => shapeOf(a) === shapeOf(b)

/** Right minus left, in the layout of the left one. */
export function differenceFigure(title: string, left: Layout, right: Layout): Figure {
  // Both layouts have the same lines in the same order, so a cell of the one is found in the other by its place.
  const rightCell = new Map(
    left.rows.flatMap((row, at) =>
      left.columns.map((column, across) => {
        const [otherRow, otherColumn] = [right.rows[at], right.columns[across]]
        const other = otherRow && otherColumn ? right.cellAt(otherRow, otherColumn) : undefined
        return [left.cellAt(row, column), other] as const
      }),
    ),
  )
  return {
    id: 'difference',
    title,
    valueOf: (cell) => {
      const other = cell && rightCell.get(cell)
      if (cell === undefined || other === undefined) return { state: 'none' }
      if (cell.state !== 'released' || other.state !== 'released') return { state: 'withheld' }
      return { state: 'shown', value: other.count - cell.count, decimals: 0 }
    },
  }
}
