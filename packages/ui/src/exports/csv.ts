/**
 * A table as a CSV file: one head, one line a row, as on the page. `x` is withheld, `.` is no data.
 * @module
 */
import type { Figure } from '../cross-tab/figures.ts'
import type { Layout } from '../cross-tab/layout.ts'

export type CsvKind = 'rfc4180' | 'excel-nl'

/** A text that a spreadsheet would take for a formula is kept a text; a number below zero is a number. */
const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) && !/^-\d+(?:[.,]\d+)?$/.test(text) ? `'${text}` : text)

function tableLines(layout: Layout, figure: Figure, decimalMark: '.' | ','): string[][] {
  const head = [
    ...layout.rowHeads,
    ...layout.columns.map(({ labels }) => (labels.length === 0 ? figure.title : labels.join(' / '))),
  ]
  const body = layout.rows.map((row) => [
    ...row.labels,
    ...layout.columns.map((column) => {
      const value = figure.valueOf(layout.cellAt(row, column))
      if (value.state === 'shown') return value.value.toFixed(value.decimals).replace('.', decimalMark)
      return value.state === 'withheld' ? 'x' : '.'
    }),
  ])
  return [head, ...body]
}

/** RFC 4180: commas, CRLF, quotes doubled. For Excel in Dutch: semicolons and a byte order mark. */
export function csvText(lines: readonly (readonly string[])[], kind: CsvKind): string {
  const [separator, mark] = kind === 'rfc4180' ? ([',', ''] as const) : ([';', '\uFEFF'] as const)
  const field = (text: string) =>
    text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return `${mark}${lines.map((line) => line.map((text) => field(harmless(text))).join(separator)).join('\r\n')}\r\n`
}

/** The table as a file; in Dutch with decimal commas. */
export const csvOf = (layout: Layout, figure: Figure, kind: CsvKind): string =>
  csvText(tableLines(layout, figure, kind === 'rfc4180' ? '.' : ','), kind)
