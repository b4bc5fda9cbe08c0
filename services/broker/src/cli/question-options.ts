/**
 * A question as it is typed: `--rows district@district+neighbourhood --columns wmo,politie --filter sex=v|m --measures hours
 * --percentages row --and district/age`.
 * @module
 */
export type QuestionOptions = {
  readonly table: string
  readonly rows: string
  readonly columns?: string
  readonly filter?: readonly string[]
  readonly measures?: string
  readonly percentages?: string
  /** Linked tables asked at once, each as rows or `rows/columns`. */
  readonly and?: readonly string[]
}

const listOf = (text: string, separator: string) => text.split(separator).filter((part) => part !== '')

function axesOf(text: string) {
  return listOf(text, ',').map((axis) => {
    const [dimension, levels] = axis.split('@')
    return levels === undefined ? { dimension } : { dimension, levels: listOf(levels, '+') }
  })
}

/** Not checked yet: that is the contract's work. */
function parseQuestion({ table, rows, columns, filter, measures, percentages }: QuestionOptions): unknown {
  return {
    table,
    rows: axesOf(rows),
    columns: axesOf(columns ?? ''),
    filters: (filter ?? []).map((text) => {
      const at = text.indexOf('=')
      return { dimension: text.slice(0, at), codes: listOf(text.slice(at + 1), '|') }
    }),
    ...(measures === undefined ? {} : { measures: listOf(measures, ',') }),
    ...(percentages === undefined ? {} : { percentages }),
  }
}

/** The question and those beside it, which differ in rows and columns only. Not checked yet. */
export const parseQuestions = ({ and = [], ...options }: QuestionOptions): readonly unknown[] => [
  parseQuestion(options),
  ...and.map((text) => {
    const [rows = '', columns = '', ...rest] = text.split('/')
    // A second slash is no name of a dimension, so the contract refuses it.
    return parseQuestion({ ...options, rows, columns: [columns, ...rest].join('/') })
  }),
]
