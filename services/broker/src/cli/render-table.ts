/**
 * A cross-tab as a table for a terminal, in Dutch or English. A withheld cell is an `x`, whatever the reason: the answer
 * does not say, and neither does the table.
 * @module
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import type { Language } from './output.ts'
import { type Figure, figuresOf } from './table-figures.ts'

type Axis = CrossTabAnswer['axes'][number]
/** One line or column of the table: a node of every axis on that side, outermost first. */
type Heading = { readonly nodes: readonly number[]; readonly labels: readonly string[]; readonly isMargin: boolean }

const texts = {
  nl: {
    units: { persons: 'personen', records: 'registraties', households: 'huishoudens' },
    filter: 'alleen',
    rules: 'Welke regels golden: dezelfde vraag met --rules.',
    legend: (minimum: number) =>
      `x = onderdrukt. In deze cel zitten minder dan ${minimum} personen, of de cel zou een andere onderdrukte cel verraden.`,
    counts: (released: number, withheld: number, left: number) =>
      `${released} cellen getoond, ${withheld} onderdrukt; nog ${left} vragen over`,
    count: 'aantal',
  },
  en: {
    units: { persons: 'persons', records: 'records', households: 'households' },
    filter: 'only',
    rules: 'Which rules applied: the same question with --rules.',
    legend: (minimum: number) =>
      `x = withheld. This cell holds fewer than ${minimum} persons, or it would give another withheld cell away.`,
    counts: (released: number, withheld: number, left: number) =>
      `${released} cells shown, ${withheld} withheld; ${left} questions left`,
    count: 'count',
  },
} as const

const widestLabel = 18

/** Nodes in reading order: each followed by what it is divided into, the total last. */
function inReadingOrder(axis: Axis): { index: number; depth: number }[] {
  const total = axis.nodes.findIndex((node) => node.level === null)
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

/** All combinations of the axes of one side. No axes: one heading without labels. */
function headingsOf(axes: readonly Axis[], language: Language): Heading[] {
  let headings: Heading[] = [{ nodes: [], labels: [], isMargin: false }]
  for (const axis of axes) {
    const nodes = inReadingOrder(axis)
    headings = headings.flatMap((heading) =>
      nodes.map(({ index, depth }) => ({
        nodes: [...heading.nodes, index],
        labels: [...heading.labels, `${'  '.repeat(depth)}${axis.nodes[index]?.label[language] ?? ''}`],
        isMargin: heading.isMargin || axis.nodes[index]?.level === null,
      })),
    )
  }
  return headings
}

/** Breaks a label at its blanks into lines of at most `width` characters; a longer word is left whole. */
function wrap(label: string, width: number): string[] {
  const lines: string[] = []
  for (const word of label.trim().split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Labels that repeat the heading before are left out: an outer category is named once. */
function withoutRepeats(headings: readonly Heading[]): string[][] {
  return headings.map(({ labels, nodes }, at) => {
    const before = headings[at - 1]
    const differs = nodes.findIndex((node, depth) => node !== before?.nodes[depth])
    return labels.map((label, depth) => (before !== undefined && depth < differs ? '' : label))
  })
}

function bodyOf(
  answer: CrossTabAnswer,
  language: Language,
  { textOf }: Figure,
): { rows: Heading[]; columns: Heading[]; cells: string[][] } {
  const known = new Map(answer.cells.map((cell) => [cell.at.join(), textOf(cell)]))
  const rows = headingsOf(answer.axes.slice(0, answer.rows), language)
  const columns = headingsOf(answer.axes.slice(answer.rows), language)
  const cells = rows.map((row) => columns.map((column) => known.get([...row.nodes, ...column.nodes].join()) ?? ''))
  return { rows, columns, cells }
}

/** The block of column headings, one array of lines for each column, all equally high. */
function columnTexts(columns: readonly Heading[], depths: number, language: Language): string[][] {
  if (depths === 0) return [[texts[language].count]]
  const shown = withoutRepeats(columns)
  const blocks = shown.map((labels) => labels.map((label) => wrap(label, widestLabel)))
  const heights = Array.from({ length: depths }, (_, depth) =>
    Math.max(...blocks.map((block) => block[depth]?.length ?? 0)),
  )
  return blocks.map((block) =>
    heights.flatMap((height, depth) => Array.from({ length: height }, (_, line) => block[depth]?.[line] ?? '')),
  )
}

/** One table: headings, rule, rows. */
function tableLines(answer: CrossTabAnswer, language: Language, figure: Figure): string[] {
  const { rows, columns, cells } = bodyOf(answer, language, figure)
  const rowAxes = answer.axes.slice(0, answer.rows)
  const columnAxes = answer.axes.slice(answer.rows)
  const rowTexts = withoutRepeats(rows)
  const rowWidths = rowAxes.map((axis, depth) =>
    Math.max(axis.label[language].length, ...rowTexts.map((labels) => labels[depth]?.length ?? 0)),
  )
  const heads = columnTexts(columns, columnAxes.length, language)
  const widths = heads.map((head, at) =>
    Math.max(...head.map((line) => line.length), ...cells.map((row) => row[at]?.length ?? 0)),
  )
  const side = (labels: readonly string[]) =>
    rowWidths.map((width, depth) => (labels[depth] ?? '').padEnd(width)).join('  ')
  const line = (labels: readonly string[], values: readonly string[]) =>
    `${side(labels)} │ ${values.map((value, at) => value.padStart(widths[at] ?? 0)).join('  ')}`.trimEnd()
  const rule = `${'─'.repeat(side([]).length)}─┼─${'─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))}`

  const height = heads[0]?.length ?? 0
  const lines = figure.title === undefined ? [] : [figure.title]
  if (columnAxes.length > 0) lines.push(`${side([])} │ ${columnAxes.map((axis) => axis.label[language]).join(' × ')}`)
  for (let at = 0; at < height; at += 1)
    lines.push(
      line(
        at === height - 1 ? rowAxes.map((axis) => axis.label[language]) : [],
        heads.map((head) => head[at] ?? ''),
      ),
    )
  lines.push(rule)
  for (const [at, row] of rows.entries()) {
    const isFirstMargin = row.isMargin && rows[at - 1]?.isMargin === false && rowAxes.length === 1
    const isNewGroup = rowAxes.length > 1 && at > 0 && row.nodes[0] !== rows[at - 1]?.nodes[0]
    if (isFirstMargin || isNewGroup) lines.push(rule)
    lines.push(line(rowTexts[at] ?? [], cells[at] ?? []))
  }
  return [...lines, '']
}

/** The same table as text by cell, one for each figure: of a column all its headings, of a row its own. */
export function crossTabGrids(answer: CrossTabAnswer, language: Language) {
  return figuresOf(answer, language).map((figure) => {
    const { rows, columns, cells } = bodyOf(answer, language, figure)
    const words = ({ labels }: Heading) => labels.map((label) => label.trim()).join(' / ')
    const side = answer.axes.slice(0, answer.rows).map((axis) => axis.label[language])
    const across = columns.map((column) => (column.labels.length === 0 ? texts[language].count : words(column)))
    return {
      title: figure.title,
      head: [side.join(' / '), ...across],
      rows: rows.map((row, at) => [words(row), ...(cells[at] ?? [])]),
    }
  })
}

/** @returns lines joined by newlines, without a last one */
export function renderCrossTab(answer: CrossTabAnswer, language: Language, withRules = false): string {
  const words = texts[language]
  const lines = [
    `${answer.title[language]} (${answer.population[language]}, ${words.units[answer.unit]})`,
    ...answer.filters.map(
      ({ label, codes }) => `${words.filter} ${label[language]}: ${codes.map((code) => code[language]).join(', ')}`,
    ),
    '',
    ...figuresOf(answer, language).flatMap((figure) => tableLines(answer, language, figure)),
  ]
  if (answer.withheld > 0) lines.push(words.legend(answer.minimum))
  lines.push(answer.exactness[language])
  lines.push(words.counts(answer.released, answer.withheld, answer.questionsLeft))
  const sentences = [...answer.explanation, ...(withRules ? answer.rules : [])]
  lines.push(...sentences.map((line) => `- ${line[language]}`))
  if (!withRules && answer.rules.length > 0) lines.push(words.rules)
  return lines.join('\n')
}
