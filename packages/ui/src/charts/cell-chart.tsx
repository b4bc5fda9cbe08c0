/**
 * The same cells as the table, drawn. A default export, since it is loaded with the drawing library when first asked for.
 * @module
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Figure, writtenNumber } from '../cross-tab/figures.ts'
import type { Layout } from '../cross-tab/layout.ts'
import type { Drawing } from '../exports/picture.ts'
import { useLanguage } from '../texts/language.tsx'
import { drawBars } from './bars.ts'
import { chartCells } from './chart-cells.ts'
import { colourOf } from './draw.ts'
import { drawHeatMap } from './heat-map.ts'

export type ChartKind = 'bars' | 'heat-map'

type Props = {
  readonly kind: ChartKind
  readonly layout: Layout
  readonly figure: Figure
  readonly caption: string
  /** Called with the drawing whenever there is a new one, for saving it. */
  readonly onDrawn?: (drawing: Drawing) => void
}

export default function CellChart({ kind, layout, figure, caption, onDrawn }: Props) {
  const { language } = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const chart = useMemo(() => chartCells(layout, figure), [layout, figure])

  useEffect(() => {
    const watched = place.current
    if (watched === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    observer.observe(watched)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    if (width === 0 || chart.cells.length === 0) return
    const decimals = Math.max(...chart.cells.map((cell) => cell.decimals))
    const written = (value: number) => writtenNumber({ value, decimals }, language)
    const svg = (kind === 'bars' ? drawBars : drawHeatMap)(chart, {
      width,
      written,
      label: `${caption}. ${figure.title}`,
    })
    place.current?.replaceChildren(svg)
    const keys = kind === 'bars' && chart.columns.length > 1 ? chart.columns : []
    onDrawn?.({
      svg,
      title: `${caption}. ${figure.title}`,
      keys: keys.map((label, at) => ({ label, colour: colourOf(at) })),
    })
  }, [chart, kind, width, language, caption, figure.title, onDrawn])

  return (
    <figure className="kp-stack kp-stack--tight">
      <figcaption>
        <strong>{caption}</strong>
        <span className="kp-sub">{figure.title}</span>
      </figcaption>
      {kind === 'bars' && chart.columns.length > 1 && (
        <ul className="kp-chart__keys">
          {chart.columns.map((column, at) => (
            <li key={column}>
              <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <rect width="16" height="16" fill={colourOf(at)} />
              </svg>
              {column}
            </li>
          ))}
        </ul>
      )}
      <div className="kp-chart" ref={place} role="group" aria-label={caption} tabIndex={0} />
    </figure>
  )
}
