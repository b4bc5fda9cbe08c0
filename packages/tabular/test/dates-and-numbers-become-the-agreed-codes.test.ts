import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeListOf, type FieldSpec, type Target } from '../src/index.ts'
import { codesOf, field } from './helpers.ts'

const t = (text: string) => ({ nl: text, en: text })
const age: Target = { kind: 'ageBand', referenceDate: '2024-06-15', from: [0, 18, 65] }
const month: Target = { kind: 'month', from: '2023-11', to: '2024-04' }
const hours: Target = {
  kind: 'numberBand',
  bands: [
    { code: 'low', label: t('laag'), from: 0, below: 4 },
    { code: 'high', label: t('hoog'), from: 4 },
  ],
}
const refusedSpec = (target: Target) => {
  try {
    codeListOf(field('x', target))
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'accepted'
}

describe('dates become age bands', () => {
  it.each([
    ['20060615', 2],
    ['20060616', 1],
    ['2006-06-15', 2],
    ['15-06-2006', 2],
    ['15/06/2006', 2],
    ['15.6.2006', 2],
    ['2006-06-15T00:00:00', 2],
    ['15-06-2006 12:30', 2],
    [' 15-06-2006 ', 2],
    ['19590615', 3],
    ['19590616', 2],
    ['20240615', 1],
    ['29-02-2004', 2],
    ['29-02-2000', 2],
    ['29-02-1900', 'not_a_date'],
    ['1 januari', 'not_a_date'],
    ['29-02-2005', 'not_a_date'],
    ['31-04-1980', 'not_a_date'],
    ['1980-13-01', 'not_a_date'],
    ['19801301', 'not_a_date'],
    ['12-31-1980', 'not_a_date'],
    ['1-1-80', 'not_a_date'],
    ['198001011', 'not_a_date'],
    ['1980-01-01-01', 'not_a_date'],
    ['1980-01-01x', 'not_a_date'],
    ['-1980-01-01', 'not_a_date'],
    ['20240616', 'date_in_future'],
    ['18980615', 'age_implausible'],
    ['18980616', 3],
    ['', 0],
    ['onbekend', 0],
    ['1900-01-01', 0],
    ['01-01-1900', 0],
    ['99991231', 0],
    ['0000-00-00', 0],
    ['0001-01-01', 0],
  ])('%s gives %s', async (value, expected) => {
    const { codes, bad, report } = await codesOf(age, [value])
    expect(codes).toStrictEqual([typeof expected === 'number' ? expected : 0])
    expect(report.findings.map(({ code, severity }) => [code, severity])).toStrictEqual(
      typeof expected === 'number' ? [] : [[expected, 'error']],
    )
    expect(bad).toStrictEqual([typeof expected === 'number' ? 0 : 1])
  })
  it('a birth date without month or day counts when both possible ages lie in one band', async () => {
    const { codes, bad } = await codesOf(age, [
      '19800000',
      '20060000',
      '20060600',
      '20060700',
      '00-00-1959',
      '00-07-1980',
    ])
    expect(codes).toStrictEqual([2, 0, 0, 1, 0, 2])
    expect(bad).toStrictEqual([0, 0, 0, 0, 0, 0])
  })
  it('reads every day of the calendar in every notation, and the same age as counting on the calendar does', async () => {
    const day = fc.date({ min: new Date('1900-01-02'), max: new Date('2024-06-15'), noInvalidDate: true })
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 30 }), async (days) => {
        const parts = days.map((date) => date.toISOString().slice(0, 10).split('-') as [string, string, string])
        const expected = parts.map(([y, m, d]) => {
          const years = 2024 - Number(y) - (`${m}${d}` > '0615' ? 1 : 0)
          return years < 18 ? 1 : years < 65 ? 2 : 3
        })
        for (const write of [
          ([y, m, d]: string[]) => `${y}${m}${d}`,
          ([y, m, d]: string[]) => `${d}-${m}-${y}`,
          ([y, m, d]: string[]) => `${y}-${m}-${d}`,
        ]) {
          expect((await codesOf(age, parts.map(write))).codes).toStrictEqual(expected)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('dates and months become months of the agreed period', () => {
  it.each([
    ['2023-11', 1],
    ['202311', 1],
    ['11-2023', 1],
    ['2024-4', 6],
    ['30-04-2024 23:59', 6],
    ['2024-04-30T23:59:59.999Z', 6],
    ['20240101', 3],
    ['', 0],
    ['9999-12', 0],
    ['2024-00-00', 0],
    ['202400', 0],
    ['2023-10', 'outside_period'],
    ['2024-05', 'outside_period'],
    ['202413', 'not_a_date'],
    ['april 2024', 'not_a_date'],
    ['24-04', 'not_a_date'],
    ['2024', 'not_a_date'],
  ])('%s gives %s', async (value, expected) => {
    const { codes, report } = await codesOf(month, [value])
    expect(codes).toStrictEqual([typeof expected === 'number' ? expected : 0])
    expect(report.findings.map(({ code }) => code)).toStrictEqual(typeof expected === 'number' ? [] : [expected])
    expect(report.rowsBad).toBe(expected === 'not_a_date' ? 1 : 0)
  })
  it('every month has its quarter as parent', () => {
    const { codes, parents, parentOf } = codeListOf(field('m', month))
    expect(codes.map(({ code }) => code)).toStrictEqual([
      'unknown',
      '2023-11',
      '2023-12',
      '2024-01',
      '2024-02',
      '2024-03',
      '2024-04',
    ])
    expect(parents?.map(({ code }) => code)).toStrictEqual(['unknown', '2023-Q4', '2024-Q1', '2024-Q2'])
    expect(parentOf).toStrictEqual([0, 1, 1, 2, 2, 2, 3])
    expect(codes[3]?.label).toStrictEqual({ nl: 'januari 2024', en: 'January 2024' })
  })
})

describe('numbers become bands', () => {
  it('reads a decimal comma where the column has one', async () => {
    const { codes, report } = await codesOf(hours, [
      '3,9',
      '4,0',
      '1.234,5',
      '1.2345',
      ' 2 ',
      '',
      '-1,5',
      '3,',
      '12 uur',
      '1.23,5',
      '1234.567',
      '.5',
      '1,2,3',
    ])
    expect(codes).toStrictEqual([1, 2, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(report.findings.map(({ code, count, rows }) => [code, count, rows])).toStrictEqual([
      ['not_a_number', 7, [5, 9, 10, 11, 12, 13, 14]],
      ['outside_bands', 1, [8]],
    ])
  })
  it('reads a decimal point where the column has one', async () => {
    expect((await codesOf(hours, ['3.9', '4.0', '1,234.5', '3,9'])).codes).toStrictEqual([1, 2, 2, 0])
  })
  it('takes a point before three digits for thousands when nothing says otherwise, as Dutch does', async () => {
    expect((await codesOf(hours, ['3.999', '3'])).codes).toStrictEqual([2, 1])
  })
  it('reads back every number it is given, in either notation', async () => {
    const cents = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(cents, fc.constantFrom(',', '.'), async (values, mark) => {
        const written = values.map((value) => (value / 100).toFixed(2).replace('.', mark))
        expect((await codesOf(hours, written)).codes).toStrictEqual(values.map((value) => (value < 400 ? 1 : 2)))
      }),
      { numRuns: 60 },
    )
  })
})

describe('words become codes', () => {
  const colours: Target = {
    kind: 'category',
    codes: [
      { code: 'r', label: { nl: 'rood', en: 'red' }, accepts: ['Karmijn', 'één'] },
      { code: 'b', label: { nl: 'blauw', en: 'blue' } },
    ],
  }
  it('by code, by label in either language and by accepted spelling, whatever the case, accents and blanks', async () => {
    const values = ['r', 'ROOD', 'red', ' karmijn ', 'een', 'Ã©Ã©n', 'b', 'Blauw', 'blue', '', '-', 'Onbekend', 'N/A']
    const { codes, report } = await codesOf(colours, values)
    expect(codes).toStrictEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0])
    expect(report.findings).toStrictEqual([])
    expect(report.totals['waarde']).toStrictEqual([4, 6, 3])
  })
  it('yes and no in every Dutch way', async () => {
    const values = ['ja', 'J', 'yes', '1', 'true', 'WAAR', 'nee', 'N', 'no', '0', 'false', 'Onwaar', '', 'misschien']
    expect((await codesOf({ kind: 'yesNo' }, values)).codes).toStrictEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 0, 0])
  })
  it('a neighbourhood with or without its letters, and its district as parent', async () => {
    const area: Target = {
      kind: 'area',
      areas: [{ code: 'BU99990001', label: t('een'), district: 'WK999900' }],
      districts: [{ code: 'WK999900', label: t('wijk') }],
    }
    expect((await codesOf(area, ['BU99990001', 'bu99990001', '99990001', 'BU99990002'])).codes).toStrictEqual([
      1, 1, 1, 0,
    ])
    expect(codeListOf(field('a', area)).parentOf).toStrictEqual([0, 1])
  })
  it('more than a thousand different values give the same codes as a few', async () => {
    const values = Array.from({ length: 3000 }, (_, at) =>
      at % 3 === 0 ? 'rood' : at % 3 === 1 ? 'blauw' : `anders ${at}`,
    )
    const { codes } = await codesOf(colours, values)
    expect(codes).toStrictEqual(values.map((_, at) => [1, 2, 0][at % 3]))
  })
  it('the whole row is bad only when the agreement says so', async () => {
    const strict: Partial<FieldSpec> = { whenInvalid: 'bad_row' }
    expect((await codesOf(colours, ['rood', 'paars'], strict)).bad).toStrictEqual([0, 1])
    expect((await codesOf(colours, ['rood', 'paars'])).bad).toStrictEqual([0, 0])
    expect((await codesOf(age, ['gisteren'], { whenInvalid: 'unknown' })).bad).toStrictEqual([0])
  })
})

describe('a specification that contradicts itself is refused', () => {
  const code = { code: 'a', label: t('a') }
  it.each<[string, Target]>([
    ['a code twice', { kind: 'category', codes: [code, code] }],
    ['no codes', { kind: 'category', codes: [] }],
    ['a code named unknown', { kind: 'category', codes: [{ ...code, code: 'unknown' }] }],
    ['a district that is not listed', { kind: 'area', areas: [{ ...code, district: 'w' }], districts: [code] }],
    ['age bands out of order', { kind: 'ageBand', referenceDate: '2024-12-31', from: [18, 0] }],
    ['half an age', { kind: 'ageBand', referenceDate: '2024-12-31', from: [0.5] }],
    [
      'overlapping bands',
      {
        kind: 'numberBand',
        bands: [
          { ...code, from: 0, below: 5 },
          { code: 'b', label: t('b'), from: 4 },
        ],
      },
    ],
    ['an empty band', { kind: 'numberBand', bands: [{ ...code, from: 5, below: 5 }] }],
    ['a month that is none', { kind: 'month', from: '2024-13', to: '2024-14' }],
    ['a period that ends before it begins', { kind: 'month', from: '2024-02', to: '2024-01' }],
    ['a number of citizens as dimension', { kind: 'bsn' }],
  ])('%s', (_, target) => expect(refusedSpec(target)).toBe('spec_invalid'))
  it('a reference date that is not on the calendar', async () => {
    await expect(
      codesOf({ kind: 'ageBand', referenceDate: '2024-02-30', from: [0] }, ['20000101']),
    ).rejects.toMatchObject({ code: 'spec_invalid' })
  })
  it('takes bands and periods at their borders', () => {
    expect(refusedSpec({ kind: 'month', from: '2024-01', to: '2024-01' })).toBe('accepted')
    expect(
      refusedSpec({
        kind: 'numberBand',
        bands: [
          { ...code, from: 0, below: 5 },
          { code: 'b', label: t('b'), from: 5 },
        ],
      }),
    ).toBe('accepted')
  })
})
