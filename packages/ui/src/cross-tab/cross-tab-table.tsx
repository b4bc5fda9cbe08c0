/**
 * The answer as a table: caption, heads that stay, margins apart, and arrow keys from cell to cell. A real table all the
 * way down, so that a screen reader names the heads of each cell.
 * @module
 */
import type { KeyboardEvent } from 'react'
import { useId } from 'react'
import { useLanguage, useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { type CellValue, type Figure, writtenNumber } from './figures.ts'
import { type Layout, type Line, spanAt } from './layout.ts'

type Props = { readonly caption: string; readonly layout: Layout; readonly figure: Figure }

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** From the region the arrows go to its first cell; from a cell to the one beside it. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  if (step === undefined && event.key !== 'Home' && event.key !== 'End') return
  const region = event.currentTarget
  const cells = [...region.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')])
  const row = cells.findIndex((line) => line.some((cell) => cell === document.activeElement))
  const column = cells[row]?.findIndex((cell) => cell === document.activeElement) ?? -1
  const line = cells[row]
  const target =
    line === undefined
      ? cells[0]?.[0]
      : event.key === 'Home'
        ? line[0]
        : event.key === 'End'
          ? line.at(-1)
          : cells[row + (step?.[0] ?? 0)]?.[column + (step?.[1] ?? 0)]
  event.preventDefault()
  target?.focus()
}

function CellText({ value }: { readonly value: CellValue }) {
  const say = useTexts(uiTexts)
  const { language } = useLanguage()
  if (value.state === 'shown') return <>{writtenNumber(value, language)}</>
  const [mark, word] = value.state === 'withheld' ? ['x', say('withheld')] : ['.', say('noData')]
  return (
    <>
      <span aria-hidden="true">{mark}</span>
      <span className="kp-hidden">{word}</span>
    </>
  )
}

function classOf(value: CellValue, isMargin: boolean): string {
  const margin = isMargin ? ' kp-margin' : ''
  if (value.state === 'withheld') return `kp-withheld${margin}`
  if (value.state === 'none') return `kp-no-data${margin}`
  return `${value.value === 0 ? 'kp-zero' : ''}${margin}`.trim()
}

const keyOf = ({ nodes }: Line) => nodes.join('.') || 'all'

function Head({ layout, figure }: Omit<Props, 'caption'>) {
  const { rowHeads, columnHeads, columns } = layout
  const depth = columnHeads.length
  const corner = rowHeads.map((head) => (
    <th key={head} scope="col" rowSpan={depth + 1} className="kp-corner">
      {head}
    </th>
  ))
  if (depth === 0)
    return (
      <tr>
        {corner}
        <th scope="col">{figure.title}</th>
      </tr>
    )
  return (
    <>
      <tr>
        {corner}
        <th scope="colgroup" colSpan={columns.length}>
          {columnHeads.join(' × ')}
        </th>
      </tr>
      {columnHeads.map((head, level) => (
        <tr key={head}>
          {columns.map((column, at) => {
            const span = spanAt(columns, at, level)
            if (span === 0) return null
            const isLast = level === depth - 1
            return (
              <th
                key={keyOf(column)}
                scope={isLast ? 'col' : 'colgroup'}
                colSpan={span}
                className={column.isMargin && isLast ? 'kp-margin' : undefined}
              >
                {column.labels[level]}
              </th>
            )
          })}
        </tr>
      ))}
    </>
  )
}

function Row({ layout, figure, row, at }: Omit<Props, 'caption'> & { readonly row: Line; readonly at: number }) {
  const last = row.labels.length - 1
  return (
    <tr>
      {row.labels.map((label, level) => {
        const span = spanAt(layout.rows, at, level)
        if (span === 0) return null
        const depth = Math.min(row.depths[level] ?? 0, 2)
        const margin = row.isMargin && level === last ? ' kp-margin' : ''
        return (
          <th
            key={level}
            scope={level === last ? 'row' : 'rowgroup'}
            rowSpan={span}
            className={`kp-level-${depth}${margin}`}
          >
            {label}
          </th>
        )
      })}
      {layout.columns.map((column) => {
        const value = figure.valueOf(layout.cellAt(row, column))
        return (
          <td key={keyOf(column)} tabIndex={-1} className={classOf(value, row.isMargin || column.isMargin)}>
            <CellText value={value} />
          </td>
        )
      })}
    </tr>
  )
}

export function CrossTabTable({ caption, layout, figure }: Props) {
  const say = useTexts(uiTexts)
  const captionId = useId()
  return (
    <section className="kp-table-scroll" aria-labelledby={captionId} tabIndex={0} onKeyDown={moveFocus}>
      <table className="kp-table kp-cross-tab">
        <caption id={captionId}>
          {caption}
          <span className="kp-sub">
            {figure.title}. <span className="kp-no-print">{say('tableHelp')}</span>
          </span>
        </caption>
        <thead>
          <Head layout={layout} figure={figure} />
        </thead>
        <tbody>
          {layout.rows.map((row, at) => (
            <Row key={keyOf(row)} layout={layout} figure={figure} row={row} at={at} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
