/** Cells as a heat map: the deeper the colour, the higher the figure, which stands in the cell as well. */
import * as Plot from '@observablehq/plot'
import { type ChartCell, type ChartCells, heatClass } from './chart-cells.ts'
import { type DrawOptions, withoutStyle } from './draw.ts'

export function drawHeatMap(chart: ChartCells, { width, written, label }: DrawOptions): SVGSVGElement {
  const { rows, columns, cells } = chart
  const classOf = heatClass(cells)
  const marginLeft = Math.min(240, Math.max(...rows.map(({ length }) => length)) * 7.5 + 16)
  const needed = marginLeft + columns.length * 84
  const fill = ({ state, value }: ChartCell) =>
    state === 'shown' ? `var(--kp-heat-${classOf(value) + 1})` : 'var(--kp-surface)'
  const ink = ({ state, value }: ChartCell) =>
    state !== 'shown' ? 'var(--kp-withheld)' : classOf(value) >= 3 ? 'var(--kp-on-action)' : 'var(--kp-ink)'
  const title = ({ row, column, value, state }: ChartCell) =>
    `${row}, ${column}: ${state === 'shown' ? written(value) : 'x'}`
  return withoutStyle(
    Plot.plot({
      width: Math.max(width, needed),
      height: rows.length * 34 + 90,
      marginLeft,
      marginTop: 80,
      marginBottom: 8,
      marginRight: 8,
      ariaLabel: label,
      x: { domain: columns, label: null, axis: null, padding: 0.04 },
      y: { domain: rows, label: null, axis: null, padding: 0.06 },
      marks: [
        Plot.axisX({ anchor: 'top', label: null, tickSize: 0, lineWidth: 9, fontSize: 13, fill: 'var(--kp-ink)' }),
        Plot.axisY({ label: null, tickSize: 0, fontSize: 13, fill: 'var(--kp-ink)' }),
        Plot.cell(cells, { x: 'column', y: 'row', fill, stroke: 'var(--kp-line)', title }),
        Plot.text(cells, {
          x: 'column',
          y: 'row',
          text: ({ state, value }: ChartCell) =>
            state === 'shown' ? written(value) : state === 'withheld' ? 'x' : '.',
          fill: ink,
          fontSize: 14,
          fontWeight: 600,
        }),
      ],
    }) as SVGSVGElement,
  )
}
