/**
 * The cells of a table as a chart draws them: margins left out, since a picture of parts and wholes together misleads.
 * Pure: knows no page.
 * @module
 */
import type { Figure } from '../cross-tab/figures.ts'
import type { Layout, Line } from '../cross-tab/layout.ts'

export type ChartCell = {
  readonly row: string
  readonly column: string
  readonly state: 'shown' | 'withheld' | 'none'
  readonly value: number
  readonly decimals: number
}

export type ChartCells = {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly cells: readonly ChartCell[]
}

/** Lines of the finest level: a district is left out where its neighbourhoods stand. */
function finest(lines: readonly Line[]): readonly Line[] {
  const parts = lines.filter(({ isMargin }) => !isMargin)
  const last = (line: Line | undefined) => line?.depths.at(-1) ?? 0
  return parts.filter((line, at) => last(parts[at + 1]) <= last(line))
}

/** Categories of one name under different ones above keep both names. */
const nameOf = ({ labels }: Line): string => labels.join(' / ')

export function chartCells(layout: Layout, figure: Figure): ChartCells {
  const [rows, columns] = [
    finest(layout.rows),
    layout.columnHeads.length === 0 ? layout.columns : finest(layout.columns),
  ]
  const cells = rows.flatMap((row) =>
    columns.map((column): ChartCell => {
      const value = figure.valueOf(layout.cellAt(row, column))
      const place = { row: nameOf(row), column: nameOf(column) || figure.title }
      return value.state === 'shown' ? { ...place, ...value } : { ...place, state: value.state, value: 0, decimals: 0 }
    }),
  )
  return { rows: rows.map(nameOf), columns: columns.map((line) => nameOf(line) || figure.title), cells }
}

/** In five classes of equal width between the lowest and the highest value shown, 0 to 4. */
export function heatClass(cells: readonly ChartCell[]): (value: number) => number {
  const values = cells.filter(({ state }) => state === 'shown').map(({ value }) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return (value) => (high === low ? 0 : Math.min(4, Math.floor(((value - low) / (high - low)) * 5)))
}
