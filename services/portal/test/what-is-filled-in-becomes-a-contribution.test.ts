import type { ContributionContent } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import { fieldFault } from '../src/method/field-fault.ts'
import { aboutOf, contentOf, type FormKind, fieldsOf, figureIn, filledFrom } from '../src/method/forms.ts'

const id = '0123456789abcdef'.repeat(2)
const cell = { release: id.repeat(2), tableHash: 'f'.repeat(64), cell: [] }
const contents: (ContributionContent & { readonly kind: FormKind })[] = [
  { kind: 'issue', title: 'Langer thuis', text: 'Wat er speelt.\nEn waar.' },
  { kind: 'goal', issue: id, text: 'Minder crisis.' },
  { kind: 'chosen-issue', issue: id, reason: 'Meeste stemmen.' },
  { kind: 'canvas-note', field: 'core', text: 'Eenzaamheid', analysis: null },
  { kind: 'canvas-note', field: 'questions', text: 'Hoeveel?', analysis: 'descriptive' },
  { kind: 'taking-part', takesPart: false, reason: 'Geen capaciteit.' },
  {
    kind: 'fact',
    question: id,
    statement: 'Er waren meldingen.',
    figure: { value: 12.5, unit: 'per 1.000 inwoners' },
    period: '2025',
    area: 'Noord',
    source: 'Jaarverslag',
    sureness: 'counted',
  },
  {
    kind: 'fact',
    question: null,
    statement: 'Er waren meldingen.',
    figure: null,
    period: '2025',
    area: 'Noord',
    source: 'Jaarverslag',
    sureness: 'impression',
  },
  { kind: 'unknown', question: null, text: 'Hoeveel mensen wonen alleen?' },
  { kind: 'insight', text: 'Ouderen wonen vaker alleen.', restsOn: [cell, { ...cell, tableHash: 'e'.repeat(64) }] },
  { kind: 'solution', title: 'Buurtkamer', text: 'Elke dag open.', insights: [id], logic: 'Het volgt eruit.' },
  { kind: 'feasibility', solution: id, whatMustBeDone: 'Ruimte', stakeholders: 'Welzijn', whyItWouldFail: 'Geld' },
  {
    kind: 'realisation',
    solution: id,
    whatMustBeArranged: 'Huur',
    whoPullsIt: 'Wijkmanager',
    howFollowed: 'Per kwartaal',
    indicators: [cell],
  },
  { kind: 'remark', about: id, text: 'Eens.' },
]

describe('what somebody fills in', () => {
  it.each(contents)('becomes the contribution it came from: $kind', (content) => {
    const filled = filledFrom(content)
    const fields = fieldsOf(content.kind, filled)
    expect(fields.map((field) => fieldFault(field, filled))).toEqual(fields.map(() => undefined))
    const asked = Object.fromEntries(fields.map(({ name }) => [name, filled[name] ?? '']))
    expect(contentOf(content.kind, asked, aboutOf(content))).toEqual(content)
  })

  it('is a figure as people here write it', () => {
    expect(['1.250', '12,5', '1 250 000', '-3', '12.5', '1.250,75'].map(figureIn)).toEqual([
      1250, 12.5, 1_250_000, -3, 12.5, 1250.75,
    ])
    for (const wrong of ['', 'veel', '1,2,3', '12%', '1e3']) expect(figureIn(wrong)).toBeNaN()
  })

  it('is held back while something is missing or belongs to a person', () => {
    const [title] = fieldsOf('issue', {})
    if (title === undefined) throw new Error('an issue has a title')
    expect(fieldFault(title, {})).toBe('faultEmpty')
    expect(fieldFault(title, { title: 'Bel 06-12345678' })).toBe('fault-telephone')
    const unit = fieldsOf('fact', { value: '12' }).map(({ name }) => name)
    expect(unit).toContain('unit')
    expect(fieldsOf('fact', {}).map(({ name }) => name)).not.toContain('unit')
  })
})
