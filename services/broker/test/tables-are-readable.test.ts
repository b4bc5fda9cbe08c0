import type { CrossTabAnswer } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import { parseQuestions } from '../src/cli/question-options.ts'
import { renderLinkQuality } from '../src/cli/render-links.ts'
import { renderCrossTab } from '../src/cli/render-table.ts'
import { sampleAnswer } from './support/sample-answer.ts'

describe('a cross-tab reads as a table', () => {
  it('has children under their parent, the total last, and an x for what is withheld', () => {
    expect(renderCrossTab(sampleAnswer, 'nl')).toBe(
      [
        'Wmo naar gebied (inwoners, personen)',
        'alleen leeftijd: 65 jaar en ouder',
        '',
        '            │ Wmo-voorziening',
        'gebied      │  ja     nee  totaal',
        '────────────┼────────────────────',
        'Wijk 0      │  45   1.955   2.000',
        '  Buurt 0-1 │   x       x   1.200',
        '  Buurt 0-2 │   x       x     800',
        'Wijk 1      │ 300  10.045  10.345',
        '────────────┼────────────────────',
        'totaal      │ 345  12.000  12.345',
        '',
        'x = onderdrukt. In deze cel zitten minder dan 10 personen, of de cel zou een andere onderdrukte cel verraden.',
        'Exact.',
        '11 cellen getoond, 4 onderdrukt; nog 99 vragen over',
        '- Kies wijken in plaats van buurten.',
        'Welke regels golden: dezelfde vraag met --rules.',
      ].join('\n'),
    )
    expect(renderCrossTab(sampleAnswer, 'nl', true)).toMatch(/buurten\.\n- Aantallen onder 10 zijn onderdrukt\.$/)
  })

  it('speaks English as well', () => {
    const rendered = renderCrossTab(sampleAnswer, 'en')
    expect(rendered).toContain('Support by area (residents, persons)')
    expect(rendered).toContain('total       │ 345  12,000  12,345')
    expect(rendered).toContain(
      'x = withheld. This cell holds fewer than 10 persons, or it would give another withheld cell away.',
    )
  })

  it('names an outer category once, down and across', () => {
    const [area, wmo] = sampleAnswer.axes
    if (!area || !wmo) throw new Error('no axes')
    const sex = { ...wmo, dimension: 'geslacht', label: { nl: 'geslacht', en: 'sex' } }
    const cells = wmo.nodes.flatMap((_, a) =>
      wmo.nodes.flatMap((_, b) =>
        wmo.nodes.flatMap((_, c) =>
          wmo.nodes.map((_, d) => ({
            at: [a, b, c, d],
            state: 'released' as const,
            count: 10 + a * 27 + b * 9 + c * 3 + d,
          })),
        ),
      ),
    )
    const answer: CrossTabAnswer = {
      ...sampleAnswer,
      rows: 2,
      axes: [wmo, sex, wmo, sex],
      cells,
      filters: [],
      explanation: [],
      rules: [],
      withheld: 0,
      released: 81,
    }
    const lines = renderCrossTab(answer, 'nl').split('\n')
    const body = lines.slice(6, -2)
    expect(lines[3]).toMatch(/^ja +nee +totaal$|│ +ja +nee +totaal$/)
    expect(body.filter((line) => line.startsWith('ja'))).toHaveLength(1)
    expect(body.filter((line) => /^\S/.test(line) && !line.startsWith('─'))).toHaveLength(3)
    // ja × ja is node 1 of each axis: 10 + 27 + 9 + 3 + 1.
    expect(body.find((line) => line.startsWith('ja'))).toMatch(/│ +50 /)
    expect(lines.join('\n')).not.toContain('x =')
  })

  it('has a table of its own for percentages, for sums and for means, with an x for each that is withheld', () => {
    const [, wmo] = sampleAnswer.axes
    if (!wmo) throw new Error('no axis')
    const text = (nl: string, en: string) => ({ nl, en })
    const answer: CrossTabAnswer = {
      ...sampleAnswer,
      axes: [wmo],
      filters: [],
      percentages: 'column',
      measures: [
        { id: 'uren', label: text('uren', 'hours'), unit: text('per week', 'a week'), decimals: 1, meanDecimals: 2 },
      ],
      cells: [
        {
          at: [0],
          state: 'released',
          count: 40,
          permille: 1000,
          sums: [{ state: 'released', sum: 12_345, mean: 3086 }],
        },
        { at: [1], state: 'released', count: 15, permille: 375, sums: [{ state: 'withheld' }] },
        { at: [2], state: 'withheld' },
      ],
    }
    const lines = renderCrossTab(answer, 'en').split('\n')
    const tableAt = (title: string) =>
      lines
        .slice(lines.indexOf(title) + 1)
        .filter((line) => line.includes(' │ '))
        .slice(1, 4)
    expect(tableAt('percent of the column')).toStrictEqual(['yes     │  37.5', 'no      │     x', 'total   │ 100.0'])
    expect(tableAt('hours (a week), sum')).toStrictEqual([
      'yes     │       x',
      'no      │       x',
      'total   │ 1,234.5',
    ])
    expect(tableAt('hours (a week), mean per person').at(-1)).toBe('total   │ 30.86')
  })

  it('shows one variable as one column of counts', () => {
    const [area] = sampleAnswer.axes
    if (!area) throw new Error('no axis')
    const cells = [
      { at: [1], state: 'withheld' as const },
      { at: [0], state: 'released' as const, count: 20 },
    ]
    const rendered = renderCrossTab({ ...sampleAnswer, axes: [area], cells }, 'nl')
    expect(rendered).toMatch(/gebied +│ aantal/)
    expect(rendered).toMatch(/Wijk 0 +│ +x\n/)
    expect(rendered).toMatch(/totaal +│ +20\n/)
  })
})

it('reads a typed question', () => {
  const typed = { table: 't', rows: 'gebied@wijk+buurt,wmo', filter: ['leeftijd=65+|0-17'] }
  const first = {
    table: 't',
    rows: [{ dimension: 'gebied', levels: ['wijk', 'buurt'] }, { dimension: 'wmo' }],
    columns: [],
    filters: [{ dimension: 'leeftijd', codes: ['65+', '0-17'] }],
  }
  expect(parseQuestions(typed)).toEqual([first])
  expect(parseQuestions({ ...typed, and: ['wmo/geslacht', 'wmo'] })).toEqual([
    first,
    { ...first, rows: [{ dimension: 'wmo' }], columns: [{ dimension: 'geslacht' }] },
    { ...first, rows: [{ dimension: 'wmo' }] },
  ])
})

const pair = { singleKey: null, suspects: null, conflicts: 0, ties: 0 }
const none = { share: null, margin: null, flaw: 'no_basis' }
const unknown = { precision: none, recall: none, range: null }
const quality = {
  precision: { share: 0.998, margin: 0.002, flaw: null },
  recall: { share: 0.97, margin: null, flaw: 'too_few' },
  range: null,
}

it('shows link rates, and an x for what is too few', () => {
  const lines = renderLinkQuality(
    {
      persons: 2000,
      parties: [{ party: 'ggd', subjects: 1234, linkedToAny: 0.987, ambiguous: null }],
      pairs: [
        { ...pair, a: 'ggd', b: 'politie', linked: null, rateOfA: null, rateOfB: null, quality: unknown },
        { ...pair, a: 'ggd', b: 'zorg', linked: 500, rateOfA: 0.41, rateOfB: 0.9, quality },
      ],
      keys: [],
      quality: unknown,
      households: null,
      selfTest: null,
      explanation: [{ nl: 'Van de 1.234 is 41 % herkend.', en: 'Of the 1,234, 41 % were recognised.' }],
    },
    'nl',
  )
  expect(lines[0]).toBe('Van de 1.234 is 41 % herkend.')
  expect(lines.join('\n')).toMatch(/ggd +1\.234 +98,7% +x/)
  expect(lines.join('\n')).toMatch(/ggd \+ politie +x +x +x +x +x/)
  expect(lines.join('\n')).toMatch(/ggd \+ zorg +500 +41,0% +90,0% +99,8% +~ 97,0%/)
  expect(lines.at(-1)).toBe('personen samen: 2.000')
})
