/** Cells as bars: a group for each row, a bar for each column. A withheld cell has an x where its bar would be. */
import * as Plot from '@observablehq/plot'
import { type ChartCell, type ChartCells } from './chart-cells.ts'
import { colourOf, type DrawOptions, withoutStyle } from './draw.ts'

export function drawBars({ rows, columns, cells }: ChartCells, { width, written, label }: DrawOptions): SVGSVGElement {
  const band = Math.max(16, 22 - columns.length)
  const isWide = width > 560
  const marginLeft = isWide ? Math.min(260, Math.max(...rows.map(({ length }) => length)) * 7.5 + 16) : 12
  const shown = cells.filter(({ state }) => state === 'shown')
  const hidden = cells.filter(({ state }) => state !== 'shown')
  const title = ({ row, column, value, state }: ChartCell) =>
    `${row}, ${column}: ${state === 'shown' ? written(value) : 'x'}`
  return withoutStyle(
    Plot.plot({
      width,
      height: rows.length * (columns.length * band + (isWide ? 14 : 36)) + 50,
      marginLeft,
      marginRight: 64,
      marginTop: isWide ? 24 : 30,
      ariaLabel: label,
      x: { grid: true, label: null, axis: 'top', tickFormat: written, insetRight: 4, ticks: Math.max(2, width / 160) },
      y: { axis: null, domain: columns, padding: 0.08 },
      fy: isWide
        ? { domain: rows, label: null, padding: 0.12, axis: 'left' }
        : { domain: rows, label: null, padding: 0.28, axis: null },
      marks: [
        ...(isWide
          ? []
          : [
              Plot.text(rows, {
                fy: (row: string) => row,
                text: (row: string) => row,
                frameAnchor: 'top-left',
                dy: -16,
                fontWeight: 600,
                fontSize: 14,
                fill: 'var(--kp-ink)',
              }),
            ]),
        Plot.barX(shown, {
          fy: 'row',
          y: 'column',
          x: 'value',
          fill: ({ column }: ChartCell) => colourOf(columns.indexOf(column)),
          title,
        }),
        Plot.text(shown, {
          fy: 'row',
          y: 'column',
          x: 'value',
          text: ({ value }: ChartCell) => written(value),
          textAnchor: 'start',
          dx: 5,
          fontSize: 13,
          fill: 'var(--kp-ink)',
        }),
        Plot.text(hidden, {
          fy: 'row',
          y: 'column',
          x: 0,
          text: ({ state }: ChartCell) => (state === 'withheld' ? 'x' : '.'),
          textAnchor: 'start',
          dx: 5,
          fontWeight: 600,
          fontSize: 13,
          fill: 'var(--kp-withheld)',
          title,
        }),
        Plot.ruleX([0], { stroke: 'var(--kp-ink)' }),
      ],
    }) as SVGSVGElement,
  )
}
