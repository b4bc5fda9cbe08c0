import { describe, expect, it } from 'vitest'
import { adviceText, defaultRules, explainAnswer, type Outcome, type Rules, refusalTexts } from '../../src/index.ts'
import { flat, protect, twoWay } from '../tables.ts'

const axes = [flat('area', ['a', 'b']), flat('care', ['none', 'some'], { owner: 'clinic' })]
const refused: Outcome = { outcome: 'refused', code: 'time_limit', advice: [] }

type Asked = {
  readonly rules?: Partial<Rules>
  readonly parties?: readonly string[]
  readonly withParameters?: boolean
}

const rulesOf = ({ rules, parties = [], withParameters = false }: Asked, shape = axes, unit = 'persons' as const) =>
  explainAnswer({ unit, axes: shape, outcome: refused, rules: { ...defaultRules, ...rules }, parties, withParameters })
    .rules

const told = (asked: Asked, shape = axes): string =>
  rulesOf(asked, shape)
    .flatMap(({ nl, en }) => [nl, en])
    .join('\n')

describe('answers are explained', () => {
  it('names a rule only where it can strike: who delivers and who owns what decides', () => {
    expect(told({})).not.toMatch(/organisati|bijna iedereen|nearly everyone/)
    expect(told({ parties: ['clinic'] })).not.toMatch(/bijna iedereen/)
    expect(told({ parties: ['clinic', 'school'] })).toMatch(/Bij care is een categorie onderdrukt als bijna iedereen/)
    expect(told({ parties: ['clinic', 'school'] })).toMatch(/Een nul wordt behandeld als een klein aantal/)
    expect(told({ parties: ['clinic', 'school'], rules: { zeros: 'publish' } })).toMatch(/A zero may be shown/)
    expect(told({ rules: { zeros: 'protect' } })).toMatch(/A zero is treated as a small count/)
    expect(told({ parties: ['clinic', 'school'], rules: { insider: false } })).not.toMatch(/own people/)
    expect(told({ parties: ['clinic', 'school'], rules: { coalition: 2 } })).toMatch(/organisations that take/)
    const neutral = axes.with(1, flat('care', ['none', 'some'], { owner: 'clinic', neutral: [0, 1, 2] }))
    expect(told({ parties: ['clinic', 'school'] }, neutral)).not.toMatch(/nearly everyone/)
  })

  it('names the minimum, and other parameters only where the agreement publishes them', () => {
    const parties = ['clinic', 'school']
    const rules = { groupShare: 0.87, coalition: 2, minimum: 12 }
    expect(told({ parties, rules })).toContain('12')
    expect(told({ parties, rules })).not.toMatch(/87|\b2\b/)
    expect(told({ parties, rules, withParameters: true })).toMatch(/87 %[\s\S]*2 organisations/)
  })

  it('says of records and households what is asked of them', () => {
    const of = (unit: 'records' | 'households') =>
      explainAnswer({ unit, axes, outcome: refused, rules: defaultRules, parties: [] }).rules.map(({ en }) => en)
    expect(of('households')[0]).toContain('10 persons and households')
    expect(of('records').join()).toContain("another's records closely")
  })

  it('has one text for every withheld cell', () => {
    const { states } = explainAnswer({ unit: 'persons', axes, outcome: refused, rules: defaultRules, parties: [] })
    expect(states.withheld).toEqual({
      nl: 'Onderdrukt: in deze cel zitten minder dan 10 personen, of de cel zou een andere onderdrukte cel verraden.',
      en: 'Withheld: this cell holds fewer than 10 persons, or it would give another withheld cell away.',
    })
  })

  it('does not look at a hidden count: tables that publish the same are explained the same', async () => {
    const explained = async (small: number) => {
      const counts = [
        [20, 50, 10, small],
        [30, 19, 22, 30 - small],
        [17, 32, 12, 15],
      ]
      const table = twoWay(counts)
      const outcome = await protect(table, { zeros: 'protect' })
      if (outcome.outcome === 'refused') throw new Error(outcome.code)
      const explanation = explainAnswer({
        unit: 'persons',
        axes: table.axes,
        outcome,
        rules: defaultRules,
        parties: [],
      })
      return { pattern: outcome.cells.map(({ state }) => state).join(), explanation }
    }
    const [three, four] = [await explained(3), await explained(4)]
    expect(three.pattern).toBe(four.pattern)
    expect(three.explanation).toEqual(four.explanation)
    expect(three.explanation.advice.length).toBeGreaterThan(0)
  })

  it('says how much is shown, and of a refusal why and what first', () => {
    const sparse: Outcome = {
      outcome: 'refused',
      code: 'too_sparse',
      advice: [
        { kind: 'coarsen_dimension', dimension: 'area', into: [['a', 'b']], cells: 6 },
        { kind: 'drop_dimension', dimension: 'unseen', cells: 3 },
      ],
    }
    const labels = {
      dimension: (name: string) => (name === 'area' ? { nl: 'gebied', en: 'area' } : undefined),
      category: (_: string, code: string) => ({ nl: code.toUpperCase(), en: code.toUpperCase() }),
    }
    const { summary, advice } = explainAnswer({
      unit: 'persons',
      axes,
      outcome: sparse,
      rules: defaultRules,
      parties: [],
      labels,
    })
    expect(summary).toEqual(refusalTexts.too_sparse.reason)
    expect(advice.map(({ nl }) => nl)).toEqual([
      'Kies grovere categorieën of minder dimensies.',
      'Kies grovere categorieën voor gebied (A + B): de tabel heeft dan 6 cellen.',
    ])
  })

  it('writes out six groups and counts the others', () => {
    const into = Array.from({ length: 8 }, (_, index) => [`d${index}`])
    const text = adviceText({ kind: 'coarsen_dimension', dimension: 'area', into, cells: 9, shownShare: 0.666 })
    expect(text.en).toBe(
      'Choose coarser categories for area (d0, d1, d2, d3, d4 and d5 and 2 more): then at least 66 % of the 9 cells can be shown.',
    )
  })

  it('promises all cells where all can be shown, and expects where nothing is certain', () => {
    const merge = { kind: 'merge_categories', dimension: 'area', codes: ['a', 'b'], cells: 6, shownShare: 1 } as const
    expect(adviceText(merge).nl).toBe('Voeg bij area samen: a en b; dan zijn alle 6 cellen te zien.')
    expect(adviceText(merge, {}, 'expected').en).toBe(
      'Under area, merge a and b: then 100 % of the 6 cells are expected to be shown.',
    )
  })
})
