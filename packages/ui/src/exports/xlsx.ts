/**
 * A table as a workbook: the figures on one sheet, where they come from on the other. Loaded when asked for.
 * @module
 */
import type { Figure } from '../cross-tab/figures.ts'
import type { Layout } from '../cross-tab/layout.ts'

/** What somebody who meets the table elsewhere has to know of it: a heading and its lines. */
export type Account = readonly { readonly heading: string; readonly lines: readonly string[] }[]

type Sheets = { readonly table: string; readonly account: string }

export async function xlsxOf(
  { layout, figure, caption, account }: { layout: Layout; figure: Figure; caption: string; account: Account },
  names: Sheets,
): Promise<Blob> {
  const { default: writeXlsxFile } = await import('write-excel-file/universal')
  const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const })
  const text = (value: string) => ({ value, type: String })
  const heads = [
    ...layout.rowHeads,
    ...layout.columns.map(({ labels }) => (labels.length === 0 ? figure.title : labels.join(' / '))),
  ]
  const rows = layout.rows.map((row) => [
    ...row.labels.map(text),
    ...layout.columns.map((column) => {
      const value = figure.valueOf(layout.cellAt(row, column))
      if (value.state !== 'shown') return { ...text(value.state === 'withheld' ? 'x' : '.'), align: 'right' as const }
      const format = value.decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(value.decimals)}`
      return { value: value.value, type: Number, format }
    }),
  ])
  const wide = [...layout.rowHeads.map(() => ({ width: 28 })), ...layout.columns.map(() => ({ width: 16 }))]
  return writeXlsxFile([
    { data: [[bold(caption)], [text(figure.title)], [], heads.map(bold), ...rows], sheet: names.table, columns: wide },
    {
      data: account.flatMap(({ heading, lines }) => [[bold(heading)], ...lines.map((line) => [text(line)]), []]),
      sheet: names.account,
      columns: [{ width: 110 }],
    },
  ]).toBlob()
}
