import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AnalysisProblemCode, analyse, analysisProblems, type GivenTable, redo } from '../src/index.ts'
import { people, quarters } from './support/questions.ts'
import { limits, openAnswer, sealedAgain, withheldAnswer } from './support/tables.ts'

const counted = people([30, 20, 300, 100, 16, 14, 200, 90, 12, 44, 500, 210, 9, 11, 80, 70])
const open = openAnswer(counted)
const outcome = { dimension: 'wmo', category: 'ja' }
const by = { dimension: 'gebied' }
const rates = { type: 'rates', by, outcome }

async function refused(
  code: AnalysisProblemCode,
  question: unknown,
  given: readonly GivenTable[] = [{ answer: open }],
) {
  const found = await analyse(question, given, limits)
  expect(found).toMatchObject({ outcome: 'refused', code, ...analysisProblems[code] })
  return found
}

describe('refusals have a code', () => {
  it.each(['person', 'individual-risk', 'risk-score', 'profile'])('about_one_person: %s', async (type) => {
    await refused('about_one_person', { type, of: 'somebody' })
  })

  it('request_malformed names the fields and never what stood in them', async () => {
    const found = await refused('request_malformed', { ...rates, by: { dimension: 'gebied', secret: 123456782 } })
    expect(JSON.stringify(found)).not.toContain('123456782')
    expect(found).toMatchObject({ fields: ['by'] })
    await refused('request_malformed', { type: 'something-else' })
    await refused('request_malformed', undefined)
    await refused('request_malformed', { ...rates, confidence: 0.5 })
  })

  it('answer_malformed', async () => {
    await refused('answer_malformed', rates, [{ answer: {} }])
    await refused('answer_malformed', rates, [{ answer: null }])
    const [first, ...rest] = open.cells
    expect(first).toBeDefined()
    await refused('answer_malformed', rates, [{ answer: sealedAgain(open, { cells: rest }) }])
  })

  it('answer_changed: one count is one more', async () => {
    const cells = open.cells.map((cell, index) =>
      index === 5 && cell.state === 'released' ? { ...cell, count: cell.count + 1 } : cell,
    )
    await refused('answer_changed', rates, [{ answer: { ...open, cells } }])
  })

  it('table_missing', async () => {
    await refused('table_missing', { ...rates, table: 1 })
    await refused('table_missing', rates, [])
  })

  it.each([
    ['dimension_unknown', { ...rates, by: { dimension: 'inkomen' } }],
    ['dimension_twice', { ...rates, within: { gebied: 'n' } }],
    ['category_unknown', { ...rates, within: { leeftijd: 'total' } }],
    ['category_unknown', { ...rates, reference: 'q' }],
    ['category_unknown', { ...rates, by: { dimension: 'gebied', level: 'land' } }],
    ['category_unknown', { ...rates, outcome: { ...outcome, except: ['ja'] } }],
    ['too_few_categories', { type: 'shares', of: { dimension: 'gebied', codes: ['n'] } }],
    ['not_months', { type: 'trend', period: by }],
  ] as const)('%s', async (code, question) => {
    await refused(code, question)
  })

  it('category_ambiguous: a code on two levels, unless the level is named', async () => {
    const twice = openAnswer({
      ...counted,
      sides: counted.sides.map((side, index) =>
        index === 0 ? { ...side, groups: { n: ['n', 'o'], zuid: ['z', 'w'] } } : side,
      ),
    })
    const question = (gebied: unknown) => ({ type: 'shares', of: { dimension: 'wmo' }, within: { gebied } })
    await refused('category_ambiguous', question('n'), [{ answer: twice }])
    const named = await analyse(question({ code: 'n', level: 'gebied' }), [{ answer: twice }], limits)
    expect(named).toMatchObject({ outcome: 'analysed', record: { result: { whole: { low: 450, high: 450 } } } })
  })

  it('noise_without_bound and largest_error_needed', async () => {
    await refused('noise_without_bound', rates, [
      { answer: sealedAgain(open, { mode: 'differential-privacy', minimum: 0 }) },
    ])
    const answer = sealedAgain(open, { mode: 'cell-key' })
    await refused('largest_error_needed', rates, [{ answer }])
    await refused('largest_error_needed', rates, [{ answer, largestError: 0 }])
  })

  it('tables_contradict: parts that do not add up, or two tables of one release', async () => {
    const cells = open.cells.map((cell) =>
      cell.at.join() === '1,1,1' ? { at: cell.at, state: 'withheld' as const } : cell,
    )
    const wrong = cells.map((cell) =>
      cell.state === 'released' && cell.at.join() === '1,1,0' ? { ...cell, count: 0 } : cell,
    )
    await refused('tables_contradict', rates, [{ answer: sealedAgain(open, { cells: wrong }) }])
    const other = openAnswer({ ...counted, counts: counted.counts.map((count) => count + 1) })
    const withheld = withheldAnswer(counted, (at) => at.join() === '1,1,1')
    await refused('tables_contradict', rates, [{ answer: withheld }, { answer: other }])
  })

  it('bounds_too_large and bounds_not_found', async () => {
    // Three pairs of three variables: small tables that hang together in 41 x 41 x 41.
    const codes = Array.from({ length: 41 }, (_, at) => `c${at}`)
    const pair = (...names: readonly string[]) => ({
      sides: names.map((dimension) => ({ dimension, codes })),
      counts: codes.flatMap(() => codes.map(() => 41)),
    })
    const large = [
      withheldAnswer(pair('a', 'b'), ([a = 0, b = 0]) => a === 1 && b === 1),
      openAnswer(pair('b', 'c')),
      openAnswer(pair('a', 'c')),
    ]
    await refused(
      'bounds_too_large',
      { type: 'shares', of: { dimension: 'a' } },
      large.map((answer) => ({ answer })),
    )
    const hidden = withheldAnswer(counted, ([a = 0]) => a > 0)
    const found = await analyse(rates, [{ answer: hidden }], { now: () => performance.now(), timeLimitMs: 0 })
    expect(found).toMatchObject({ outcome: 'refused', code: 'bounds_not_found' })
  })

  it('cell_without_bound: the total is withheld too', async () => {
    const hidden = withheldAnswer(counted, () => true)
    await refused('cell_without_bound', rates, [{ answer: hidden }])
  })

  it('populations_differ', async () => {
    const other = sealedAgain(open, { unit: 'records' })
    await refused('populations_differ', { type: 'differences', of: by, first: { table: 0 }, second: { table: 1 } }, [
      { answer: open },
      { answer: other },
    ])
  })

  it('group_may_be_empty: surely, or perhaps', async () => {
    const empty = openAnswer(people(Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? 0 : 9))))
    await refused('group_may_be_empty', { ...rates, within: { leeftijd: 'jong' } }, [{ answer: empty }])
    const maybe = withheldAnswer(counted, ([a = 0, b = 0, c = 0]) => a + b > 0 && c > 0)
    await refused(
      'group_may_be_empty',
      { type: 'association', rows: by, columns: { dimension: 'wmo' }, within: { leeftijd: 'oud' } },
      [{ answer: maybe }],
    )
  })

  it('a group that may be empty is left out and named, the others are not', async () => {
    const some = openAnswer(people([0, 0, 0, 0, 16, 14, 200, 90, 12, 44, 500, 210, 9, 11, 80, 70]))
    const found = await analyse(rates, [{ answer: some }], limits)
    expect(found).toMatchObject({
      outcome: 'analysed',
      record: {
        result: {
          reference: 'o',
          groups: [{ code: 'o' }, { code: 'z' }, { code: 'w' }],
          leftOut: [{ code: 'n', because: 'group_may_be_empty' }],
        },
      },
    })
  })

  it('cases_exceed_population', async () => {
    const question = {
      type: 'funnel',
      by,
      cases: { within: { wmo: 'nee' } },
      population: { within: { wmo: 'ja' } },
      model: 'binomial',
    }
    await refused('cases_exceed_population', question)
    // Fewer, and not among them.
    await refused('cases_exceed_population', {
      ...question,
      cases: { within: { wmo: 'ja' } },
      population: { within: { leeftijd: 'oud' } },
    })
    // From another table that may be the same people: only where there are surely fewer.
    const two = [{ answer: open }, { answer: open }]
    const apart = { ...question, cases: { within: { wmo: 'ja' } }, population: { table: 1 } }
    expect(await analyse(apart, two, limits)).toMatchObject({ outcome: 'analysed' })
    await refused(
      'cases_exceed_population',
      { ...apart, cases: {}, population: { table: 1, within: { wmo: 'ja' } } },
      two,
    )
    expect(await analyse({ ...question, model: 'poisson' }, [{ answer: open }], limits)).toMatchObject({
      outcome: 'analysed',
    })
  })

  it('too_few_cases: nine in all, ten are enough', async () => {
    const with_ = (cases: number) =>
      openAnswer(people(Array.from({ length: 16 }, (_, at) => (at % 4 > 1 ? 100 : at % 4 === 0 ? cases : 4))))
    const question = { type: 'standardised-rates', by, over: [{ dimension: 'leeftijd' }], outcome }
    await refused('too_few_cases', question, [{ answer: with_(5) }])
    expect(await analyse(question, [{ answer: with_(6) }], limits)).toMatchObject({ outcome: 'analysed' })
  })

  it('standard_incomplete and standard_withheld', async () => {
    const standard = (weights: object[]) => ({ kind: 'given', source: 'made up', weights })
    const question = { type: 'standardised-rates', by, over: [{ dimension: 'leeftijd' }], outcome }
    for (const weights of [
      [{ at: ['jong'], weight: 1 }],
      [
        { at: ['jong'], weight: 1 },
        { at: ['jong'], weight: 1 },
      ],
      [
        { at: ['jong'], weight: 1 },
        { at: ['heel oud'], weight: 1 },
      ],
    ])
      await refused('standard_incomplete', { ...question, standard: standard(weights) })
    const hidden = withheldAnswer(counted, ([a = 0, b = 0, c = 0]) => a === 0 && b === 0 && c > 0 && true)
    // Withheld and to be worked out all the same: that is no gap.
    expect(await analyse(question, [{ answer: hidden }], limits)).toMatchObject({ outcome: 'analysed' })
    const truly = withheldAnswer(counted, ([, , c = 0]) => c > 0)
    await refused('standard_withheld', question, [{ answer: truly }])
  })

  it('period_missing, series_too_short and horizon_too_long', async () => {
    const codes = Array.from(
      { length: 40 },
      (_, at) => `${2022 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
    )
    const months = (some: readonly string[]) =>
      openAnswer({ sides: [{ dimension: 'maand', codes: some }], counts: some.map((_, at) => 50 + (at % 7)) })
    const question = { type: 'forecast', period: { dimension: 'maand' }, horizon: 3 }
    await refused('period_missing', question, [{ answer: months(codes.filter((_, at) => at !== 20)) }])
    await refused('series_too_short', question, [{ answer: months(codes.slice(0, 35)) }])
    const twelve = Array.from({ length: 12 }, (_, at) => `${2022 + Math.floor(at / 4)}-Q${(at % 4) + 1}`)
    const enough = openAnswer({
      sides: [{ dimension: 'kwartaal', codes: [...twelve, 'onbekend'] }],
      counts: [...twelve, ''].map((_, at) => 50 + (at % 5)),
    })
    expect(
      await analyse({ ...question, period: { dimension: 'kwartaal' } }, [{ answer: enough }], limits),
    ).toMatchObject({
      outcome: 'analysed',
      record: { result: { series: [{ forecasts: [{ code: '2025-Q1' }, {}, {}] }] } },
    })
    const answer = openAnswer(quarters(Array.from({ length: 32 }, () => 20)))
    await refused('horizon_too_long', { type: 'forecast', period: { dimension: 'kwartaal' }, horizon: 5 }, [{ answer }])
  })

  it('record_malformed and other_tables', async () => {
    expect(await redo({ format: 'something' }, [open], limits)).toMatchObject({ code: 'record_malformed' })
    const made = await analyse(rates, [{ answer: open }], limits)
    if (made.outcome === 'refused') throw new Error(made.code)
    expect(await redo(made.record, [], limits)).toMatchObject({ code: 'other_tables' })
  })
})

describe('every refusal is documented', () => {
  const page = readFileSync(new URL('../../../contracts/docs/errors.md', import.meta.url), 'utf8')
  const section = page.split('\n## ').find((part) => part.startsWith('Analyses\n')) ?? ''
  const rows = [...section.matchAll(/^\| `([a-z_]+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(([, code, reason, remedy]) => ({
    code,
    reason,
    remedy,
  }))

  it('has a line in errors.md for every code, and no line for a code that is gone', () => {
    expect(rows).toStrictEqual(
      Object.entries(analysisProblems).map(([code, { reason, remedy }]) => ({
        code,
        reason: reason.en,
        remedy: remedy.en,
      })),
    )
  })

  it('has a test above for every code', () => {
    const here = readFileSync(new URL(import.meta.url), 'utf8')
    expect(Object.keys(analysisProblems).filter((code) => !here.includes(`'${code}'`))).toEqual([])
  })

  it.each(Object.entries(analysisProblems))('%s speaks both languages', (_, { reason, remedy }) => {
    expect(reason.nl).not.toBe(reason.en)
    expect(remedy.nl).not.toBe(remedy.en)
  })
})
