/**
 * A result as a table for a terminal. A withheld cell is an `x`, whatever the reason.
 * @module
 */
type Row = readonly string[]

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value)

export function renderText(result: Readonly<Record<string, unknown>>): string {
  const answers = isList(result['answers']) ? result['answers'].filter(isObject) : [result]
  return answers.map((answer) => [...heading(answer), ...body(answer), ...words(answer)].join('\n')).join('\n\n')
}

function heading(answer: Readonly<Record<string, unknown>>): string[] {
  const named = [answer['title'], answer['id']].filter((each) => typeof each === 'string')
  const verdict = answer['verdict'] ?? answer['outcome']
  const code = typeof answer['code'] === 'string' ? ` (${answer['code']})` : ''
  return [...named, ...(typeof verdict === 'string' ? [`${verdict}${code}`] : [])]
}

function body(answer: Readonly<Record<string, unknown>>): string[] {
  if (isList(answer['attacks'])) return answer['attacks'].filter(isObject).flatMap(attackLines)
  const { dimensions, cells } = answer
  if (!isList(dimensions) || !isList(cells)) return []
  const names = dimensions.map((each) => (isObject(each) ? String(each['name']) : String(each)))
  const rows = cells.filter(isObject).map((cell): Row => [...codes(cell), valueOf(cell)])
  return aligned([[...names, typeof answer['simulations'] === 'number' ? 'withheld in' : 'count'], ...rows])
}

const codes = (cell: Readonly<Record<string, unknown>>): string[] => (isList(cell['at']) ? cell['at'].map(String) : [])

function valueOf(cell: Readonly<Record<string, unknown>>): string {
  if (typeof cell['withheldShare'] === 'number') return `${Math.round(cell['withheldShare'] * 100)} %`
  return typeof cell['count'] === 'number' ? String(cell['count']) : 'x'
}

function attackLines(attack: Readonly<Record<string, unknown>>): string[] {
  const tables = isList(attack['tables']) ? attack['tables'].filter(isObject) : []
  const rows = tables.flatMap(({ withheld }) =>
    (isList(withheld) ? withheld : []).filter(isObject).map((cell): Row => {
      const { low, high } = cell
      return [...codes(cell), `${String(low)} .. ${high === null ? 'any' : String(high)}`]
    }),
  )
  const leaks = tables.flatMap(({ leaks: found }) =>
    (isList(found) ? found : []).filter(isObject).map((leak) => `${String(leak['kind'])}: ${codes(leak).join(', ')}`),
  )
  return [`${String(attack['attacker'])}: ${String(attack['verdict'])}`, ...leaks, ...aligned(rows)]
}

/** What was explained, in English: the words of both languages are in the JSON. */
function words(answer: Readonly<Record<string, unknown>>): string[] {
  const explanation = isObject(answer['explanation']) ? answer['explanation'] : answer
  const { en } = explanation
  if (!isObject(en)) return []
  const lines = [en['summary'], en['reason'], en['remedy'], en['rules'], en['advice']].flat()
  return lines.filter((line) => typeof line === 'string')
}

function aligned(rows: readonly Row[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
