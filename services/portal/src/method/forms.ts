/**
 * The form of every kind of contribution: its fields, what becomes of them, and the other way round for changing.
 * @module
 */
import { type ContributionContent, canvasFields, contributionContent } from '@kruispunt/contracts'
import type { MethodWords } from '../texts/method-texts.ts'

/** What somebody filled in, by field; several choices on lines of their own. */
export type Filled = Readonly<Record<string, string>>
/** What is not asked: what the contribution is about. */
export type About = { readonly issue?: string; readonly solution?: string; readonly about?: string }

export type FormField = {
  readonly name: string
  readonly label: MethodWords
  readonly as: 'line' | 'paragraph' | 'number' | 'choice' | 'question' | 'tables' | 'insights'
  readonly options?: readonly MethodWords[]
  readonly isOptional?: boolean
  /** Asked only then. */
  readonly when?: (filled: Filled) => boolean
}

const line = (name: string, label: MethodWords): FormField => ({ name, label, as: 'line' })
const paragraph = (name: string, label: MethodWords): FormField => ({ name, label, as: 'paragraph' })
const choice = (name: string, label: MethodWords, options: readonly MethodWords[]): FormField => ({
  name,
  label,
  as: 'choice',
  options,
})

const question: FormField = { name: 'question', label: 'question', as: 'question', isOptional: true }
const allCanvasFields = [...canvasFields.why, ...canvasFields.what, ...canvasFields.how]

const forms = {
  issue: [line('title', 'title'), paragraph('text', 'text')],
  goal: [paragraph('text', 'goalText')],
  'chosen-issue': [paragraph('reason', 'reason')],
  'canvas-note': [
    choice('field', 'field', allCanvasFields),
    {
      ...choice('analysis', 'analysis', ['descriptive', 'diagnostic', 'predictive', 'prescriptive']),
      when: ({ field }) => field === 'questions',
    },
    paragraph('text', 'text'),
  ],
  'taking-part': [choice('takesPart', 'takesPartQuestion', ['yes', 'no']), paragraph('reason', 'reason')],
  fact: [
    paragraph('statement', 'statement'),
    { name: 'value', label: 'value', as: 'number', isOptional: true },
    { ...line('unit', 'unit'), when: ({ value = '' }) => value.trim() !== '' },
    line('period', 'period'),
    line('area', 'area'),
    line('source', 'source'),
    choice('sureness', 'sureness', ['counted', 'estimated', 'impression']),
    question,
  ],
  unknown: [paragraph('text', 'unknownText'), question],
  insight: [paragraph('text', 'insightText'), { name: 'tables', label: 'tables', as: 'tables' }],
  solution: [
    line('title', 'title'),
    paragraph('text', 'text'),
    { name: 'insights', label: 'fromInsights', as: 'insights' },
    paragraph('logic', 'logic'),
  ],
  feasibility: [
    paragraph('whatMustBeDone', 'whatMustBeDone'),
    paragraph('stakeholders', 'stakeholders'),
    paragraph('whyItWouldFail', 'whyItWouldFail'),
  ],
  realisation: [
    paragraph('whatMustBeArranged', 'whatMustBeArranged'),
    line('whoPullsIt', 'whoPullsIt'),
    paragraph('howFollowed', 'howFollowed'),
    { name: 'tables', label: 'indicators', as: 'tables', isOptional: true },
  ],
  remark: [paragraph('text', 'text')],
} as const satisfies Readonly<Record<string, readonly FormField[]>>
export type FormKind = keyof typeof forms

export const fieldsOf = (kind: FormKind, filled: Filled): readonly FormField[] =>
  (forms[kind] as readonly FormField[]).filter(({ when }) => when === undefined || when(filled))

/** A figure as people here write it: 1.250 or 12,5. */
export const figureIn = (written: string): number => {
  const plain = written
    .trim()
    .replaceAll(/[.\s](?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.')
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}
const linesOf = (text = '') => text.split('\n').filter((one) => one !== '')
const cellsOf = (tables = '') =>
  linesOf(tables).map((one) => {
    const [release, tableHash] = one.split(' ')
    return { release, tableHash, cell: [] }
  })
const tablesOf = (cells: readonly { release: string; tableHash: string }[]) =>
  cells.map(({ release, tableHash }) => `${release} ${tableHash}`).join('\n')

/** @throws ZodError where it does not fit, which the form has seen before */
export function contentOf(kind: FormKind, filled: Filled, about: About): ContributionContent {
  const { value = '', unit, question: asked = '', analysis, takesPart, insights, tables, ...rest } = filled
  const base = { kind, ...about, ...rest }
  const made = {
    ...base,
    ...(kind === 'canvas-note' ? { analysis: filled.field === 'questions' ? analysis : null } : {}),
    ...(kind === 'taking-part' ? { takesPart: takesPart === 'yes' } : {}),
    ...(kind === 'fact' ? { figure: value.trim() === '' ? null : { value: figureIn(value), unit } } : {}),
    ...(kind === 'fact' || kind === 'unknown' ? { question: asked === '' ? null : asked } : {}),
    ...(kind === 'insight' ? { restsOn: cellsOf(tables) } : {}),
    ...(kind === 'realisation' ? { indicators: cellsOf(tables) } : {}),
    ...(kind === 'solution' ? { insights: linesOf(insights) } : {}),
  }
  return contributionContent.parse(made)
}

/** What a form shows of something that is there already. */
export function filledFrom(content: ContributionContent): Filled {
  const texts = Object.entries(content).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'kind',
  )
  const filled: Record<string, string> = Object.fromEntries(texts)
  if (content.kind === 'taking-part') filled.takesPart = content.takesPart ? 'yes' : 'no'
  if (content.kind === 'fact' && content.figure !== null) {
    filled.value = String(content.figure.value).replace('.', ',')
    filled.unit = content.figure.unit
  }
  if (content.kind === 'insight') filled.tables = tablesOf(content.restsOn)
  if (content.kind === 'realisation') filled.tables = tablesOf(content.indicators)
  if (content.kind === 'solution') filled.insights = content.insights.join('\n')
  return filled
}

export function aboutOf(content: ContributionContent): About {
  if (content.kind === 'goal' || content.kind === 'chosen-issue') return { issue: content.issue }
  if (content.kind === 'feasibility' || content.kind === 'realisation') return { solution: content.solution }
  return content.kind === 'remark' ? { about: content.about } : {}
}
