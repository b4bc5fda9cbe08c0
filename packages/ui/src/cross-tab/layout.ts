/**
 * An answer laid out as it is read: which lines, which columns, which cell where. Table, charts and files all follow it.
 * Pure: knows no page.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { Language } from '../texts/define-texts.ts'

export type Cell = CrossTabAnswer['cells'][number]
type Axis = CrossTabAnswer['axes'][number]

/** One line or column: a category of every axis on that side, outermost first. */
export type Line = {
  readonly nodes: readonly number[]
  readonly labels: readonly string[]
  /** How deep each category lies under coarser ones: a neighbourhood under its district is 1. */
  readonly depths: readonly number[]
  readonly isMargin: boolean
}

export type Layout = {
  readonly rowHeads: readonly string[]
  readonly columnHeads: readonly string[]
  readonly rows: readonly Line[]
  /** One line without labels where nothing runs across. */
  readonly columns: readonly Line[]
  readonly cellAt: (row: Line, column: Line) => Cell | undefined
}

/** Categories in reading order: each followed by what it is divided into, the total last. */
function inReadingOrder(axis: Axis): { index: number; depth: number }[] {
  const total = axis.nodes.findIndex(({ level }) => level === null)
  const ordered: { index: number; depth: number }[] = []
  const visit = (parent: number | null, depth: number): void => {
    for (const [index, node] of axis.nodes.entries()) {
      const above = node.parent === total ? null : node.parent
      if (index === total || above !== parent) continue
      ordered.push({ index, depth })
      visit(index, depth + 1)
    }
  }
  visit(null, 0)
  return total < 0 ? ordered : [...ordered, { index: total, depth: 0 }]
}

function linesOf(axes: readonly Axis[], language: Language): Line[] {
  let lines: Line[] = [{ nodes: [], labels: [], depths: [], isMargin: false }]
  for (const axis of axes) {
    const ordered = inReadingOrder(axis)
    lines = lines.flatMap((line) =>
      ordered.map(({ index, depth }) => ({
        nodes: [...line.nodes, index],
        labels: [...line.labels, axis.nodes[index]?.label[language] ?? ''],
        depths: [...line.depths, depth],
        isMargin: line.isMargin || axis.nodes[index]?.level === null,
      })),
    )
  }
  return lines
}

export function layoutOf(answer: CrossTabAnswer, language: Language): Layout {
  const cells = new Map(answer.cells.map((cell) => [cell.at.join(), cell]))
  const [down, across] = [answer.axes.slice(0, answer.rows), answer.axes.slice(answer.rows)]
  const headsOf = (axes: readonly Axis[]) => axes.map(({ label }) => label[language])
  return {
    rowHeads: headsOf(down),
    columnHeads: headsOf(across),
    rows: linesOf(down, language),
    columns: linesOf(across, language),
    cellAt: (row, column) => cells.get([...row.nodes, ...column.nodes].join()),
  }
}

/** How many lines from `at` on share their outermost categories down to `depth`; 0 where the line before shares them too. */
export function spanAt(lines: readonly Line[], at: number, depth: number): number {
  const key = (line: Line | undefined) => line?.nodes.slice(0, depth + 1).join()
  const own = key(lines[at])
  if (at > 0 && key(lines[at - 1]) === own) return 0
  let span = 1
  while (at + span < lines.length && key(lines[at + span]) === own) span += 1
  return span
}
