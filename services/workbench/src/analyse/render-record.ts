/**
 * A record as something to read: question, answer, figures, how it was made and what it does not say.
 * @module
 */
import type { AnalysisRecord, Refused } from '@kruispunt/analyses'

export type Language = 'nl' | 'en'
export type Refusal = Pick<Refused, 'code' | 'reason' | 'remedy' | 'fields'>

const heads = {
  figures: { nl: 'Cijfers', en: 'Figures' },
  method: { nl: 'Methode', en: 'Method' },
  assumptions: { nl: 'Aannames', en: 'Assumptions' },
  limits: { nl: 'Grenzen', en: 'Limits' },
  tables: { nl: 'Tabellen', en: 'Tables' },
} as const

export function refusalText({ code, reason, remedy, fields }: Refusal, language: Language): string {
  const named = fields.length > 0 ? ` (${fields.join(', ')})` : ''
  return `${code}: ${reason[language]}${named} ${remedy[language]}`
}

export function renderRecord(record: AnalysisRecord, language: Language): string {
  const part = (head: keyof typeof heads, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', heads[head][language], ...lines.map((line) => `  ${line}`)]
  return `${[
    record.question[language],
    '',
    ...record.findings.map((finding) => finding[language]),
    ...part('figures', figureLines(record.result, '')),
    ...part(
      'method',
      record.methods.map(({ name, source }) => `${name[language]} [${source}]`),
    ),
    ...part(
      'assumptions',
      record.assumptions.map((text) => text[language]),
    ),
    ...part(
      'limits',
      record.limits.map((text) => text[language]),
    ),
    ...part(
      'tables',
      record.tables.map(({ title, release, resultSha256 }) => `${title[language]}: ${resultSha256} (${release})`),
    ),
  ].join('\n')}\n`
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isInterval = (value: unknown): value is { low: number; high: number } =>
  isObject(value) && 'low' in value && 'high' in value && typeof value['low'] === 'number'

/** Every figure on a line of its own, with where it stands. Labels are passed over: codes say the same. */
function figureLines(value: unknown, path: string): string[] {
  if (isInterval(value)) return [`${path}  ${value.low === value.high ? value.low : `${value.low} .. ${value.high}`}`]
  if (Array.isArray(value)) {
    if (value.every((each) => !isObject(each))) return value.length === 0 ? [] : [`${path}  ${value.join(', ')}`]
    return value.filter(isObject).flatMap((each) => {
      const { code, at, label: _, ...rest } = each
      const name = typeof code === 'string' ? code : Array.isArray(at) ? at.join('/') : ''
      return figureLines(rest, `${path} ${name}`.trim())
    })
  }
  if (isObject(value))
    return Object.entries(value).flatMap(([key, each]) =>
      isLabel(each) ? [] : figureLines(each, `${path} ${key}`.trim()),
    )
  return value === null || value === undefined ? [] : [`${path}  ${String(value)}`]
}

const isLabel = (value: unknown): boolean => isObject(value) && 'nl' in value && 'en' in value
