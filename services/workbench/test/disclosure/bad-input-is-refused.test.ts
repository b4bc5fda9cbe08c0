import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { command, commandOn, fileOf } from './support/command.ts'

const sex = { name: 'sex', codes: ['m', 'f'] }
const area = { name: 'area', codes: ['a', 'b', 'c'] }

type Refusal = { readonly code: string; readonly faults: readonly { readonly code: string; readonly path: string }[] }

async function refused(name: string, input: unknown): Promise<Refusal & { readonly text: string }> {
  const { code, out, err, result } = await command(name, input)
  expect(code).toBe(2)
  expect(result).toMatchObject({ outcome: 'refused' })
  return { ...(result as unknown as Refusal), text: out + err }
}

const codesOf = ({ faults }: Refusal) => faults.map(({ code, path }) => `${code} ${path}`)

describe('bad input is refused', () => {
  it.each<[string, object]>([
    [
      'count_negative cells[1].count',
      {
        cells: [
          ['m', 12],
          ['f', -1],
        ],
      },
    ],
    ['count_not_whole counts[1].count', { counts: [12, 0.5] }],
    ['count_too_large counts[0].count', { counts: [1e9 + 1, 5] }],
    ['wrong_form counts[0].count', { counts: ['12', 5] }],
    [
      'cell_twice cells[2]',
      {
        cells: [
          ['m', 12],
          ['f', 30],
          ['m', 12],
        ],
      },
    ],
    ['cell_missing cells', { cells: [['m', 12]] }],
    [
      'code_unknown cells[1].at[0]',
      {
        cells: [
          ['m', 12],
          ['x', 30],
        ],
      },
    ],
    ['dimension_unknown cells[0].at', { cells: [{ at: { sex: 'm', age: '4' }, count: 12 }], missing: 'zero' }],
    ['counts_wrong_shape counts', { counts: [12, 13, 14] }],
    ['counts_wrong_shape counts', { counts: [[12], [13]] }],
    ['wrong_form cells', { cells: [['m', 12]], counts: [12, 30] }],
    ['wrong_form cells', {}],
    [
      'margins_do_not_add_up cells[2]',
      {
        cells: [
          ['m', 12],
          ['f', 30],
          ['total', 41],
        ],
      },
    ],
    ['counts_contradict cells[0].byParty', { cells: [{ sex: 'm', count: 3, byParty: { a: 4 } }], missing: 'zero' }],
    ['structural_zero_not_empty structuralZeros', { counts: [12, 30], structuralZeros: [['f']] }],
    ['persons_missing counts[0]', { counts: [12, 30], unit: 'households' }],
    ['minimum_out_of_range policy.minimum', { counts: [12, 30], policy: { minimum: 101 } }],
    ['minimum_out_of_range policy.minimum', { counts: [12, 30], policy: { minimum: 4.5 } }],
    ['policy_out_of_range policy.groupShare', { counts: [12, 30], policy: { groupShare: 0.4 } }],
    ['unknown_field policy', { counts: [12, 30], policy: { minimun: 5 } }],
    ['sum_missing counts[0].sums', { counts: [12, 30], measures: [{ id: 'hours' }] }],
    [
      'measure_unknown cells[0].sums',
      { cells: [{ sex: 'm', count: 1, sums: { cost: { contributions: [4] } } }], missing: 'zero' },
    ],
  ])('%s', async (fault, table) => {
    expect(codesOf(await refused('protect', { dimensions: [sex], ...table }))).toContain(fault)
  })

  it.each<[string, object]>([
    ['code_twice dimensions[0].codes[2]', { codes: ['a', 'b', 'a'] }],
    ['code_unknown dimensions[0].codes[1].parent', { codes: ['a', { code: 'b', parent: 'z' }] }],
    ['hierarchy_cycle dimensions[0]', { codes: ['a', { code: 'b', parent: 'c' }, { code: 'c', parent: 'b' }] }],
    ['hierarchy_cycle dimensions[0]', { codes: ['a', { code: 'b', parent: 'b' }] }],
    ['hierarchy_cycle dimensions[0]', { codes: ['a', 'b'], groups: { x: ['y', 'a'], y: ['x', 'b'] } }],
    [
      'parent_twice dimensions[0].parents (number 1)',
      { codes: ['a', 'b', { code: 'c', parent: 'a' }], parents: { c: 'b' } },
    ],
    ['total_ambiguous dimensions[0]', { codes: ['a', 'b', 'Totaal'] }],
    ['total_ambiguous dimensions[0]', { codes: ['a', 'b', { code: 't', parent: 'a' }], total: 't' }],
    ['code_unknown dimensions[0].neutral[0]', { codes: ['a', 'b'], neutral: ['q'] }],
    ['unknown_field dimensions[0]', { codes: ['a', 'b'], colour: 'red' }],
  ])('%s', async (fault, dimension) => {
    const input = { dimensions: [{ name: 'area', ...dimension }], cells: [], missing: 'zero' }
    expect(codesOf(await refused('protect', input))).toContain(fault)
  })

  it('lists everything that is wrong at once, by place and never by value', async () => {
    const answer = await refused('protect', {
      colour: 'ultramarine',
      dimensions: [{ name: 'sex', codes: ['marcella', 'ferdinand', 'marcella'] }],
      cells: [
        ['marcella', -7321],
        ['ferdinand', 4.7321],
      ],
      policy: { minimum: 2, zeros: 'sometimes' },
    })
    expect(codesOf(answer)).toEqual([
      'unknown_field ',
      'minimum_out_of_range policy.minimum',
      'wrong_form policy.zeros',
      'code_twice dimensions[0].codes[2]',
      'count_negative cells[0].count',
      'count_not_whole cells[1].count',
    ])
    expect(answer.code).toBe('unknown_field')
    for (const value of ['ultramarine', 'marcella', 'ferdinand', '7321', 'sometimes'])
      expect(answer.text).not.toContain(value)
  })

  it('refuses what is no JSON, or no file', async () => {
    expect((await refused('protect', '{ "dimensions": [')).code).toBe('not_json')
    const missing = await commandOn('protect', `${fileOf('')}-not-there`)
    expect(missing).toMatchObject({ code: 2, result: { code: 'file_unreadable' } })
  })

  it('refuses a million cells before it looks at one', async () => {
    const codes = Array.from({ length: 100 }, (_, index) => `c${index}`)
    const dimensions = ['x', 'y', 'z'].map((name) => ({ name, codes }))
    // Were the counts read, they would be found wrong.
    expect((await refused('protect', { dimensions, counts: ['wrong'] })).code).toBe('too_many_cells')
    const cells = new Array(50_001).fill(['c0', 1])
    expect((await refused('protect', { dimensions: [{ name: 'x', codes }], cells })).code).toBe('too_many_cells')
  })

  it('refuses a published table with cells left out, and says how to leave them out', async () => {
    const answer = await refused('attack', {
      dimensions: [sex],
      cells: [
        ['m', 12],
        ['f', null],
      ],
    })
    expect(codesOf(answer)).toEqual(['cell_not_listed cells'])
    expect(answer.text).toContain('withheld')
  })

  it.each<[string, object]>([
    ['unknown_field ', { unsave: [['f']] }],
    ['unknown_field tables[0]', { tables: [{ dimensions: [sex], cells: [], missing: 'withheld', truht: {} }] }],
    ['unknown_field ', { tables: [{ dimensions: [sex], cells: [['m', 12]], missing: 'withheld' }], unsafe: [] }],
    ['unknown_field answers[0]', { answers: [{ dimensions: [sex], cells: [], missing: 'withheld', minimum: 5 }] }],
    ['wrong_form answers', { tables: [{}], answers: [{}] }],
  ])('refuses a published table with a word that nobody reads: %s', async (fault, file) => {
    const one = { dimensions: [sex], cells: [['m', 12]], missing: 'withheld' }
    const input = 'tables' in file || 'answers' in file ? file : { ...one, ...file }
    expect(codesOf(await refused('attack', input))).toContain(fault)
  })

  it.each(['--out', '--private'])('refuses a %s that cannot be written, before anything is printed', async (option) => {
    const ended = await command('protect', { dimensions: [sex], counts: [12, 30] }, option, `${fileOf('')}/deeper.json`)
    expect(ended).toMatchObject({ code: 2, result: { outcome: 'refused', code: 'output_not_writable' } })
  })

  it('refuses a secret that is too short', async () => {
    const path = fileOf('short')
    const ended = await command('protect', { dimensions: [sex], counts: [12, 30] }, '--secret-file', path)
    expect(ended).toMatchObject({ code: 2, result: { code: 'secret_too_short' } })
  })

  it('refuses a command line that it does not know', async () => {
    expect((await command('protect', { dimensions: [sex], counts: [12, 30] }, '--improve-ms', 'soon')).code).toBe(2)
    expect((await command('publish', {})).code).toBe(2)
  })

  it('refuses questions about what is not described, or counted twice over', async () => {
    const catalogue = {
      dimensions: [sex, area],
      counts: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    }
    const asking = async (question: object) =>
      codesOf(await refused('sequence', { ...catalogue, questions: [question] }))
    expect(await asking({ dimensions: ['age'] })).toEqual(['dimension_unknown questions[0].dimensions[0]'])
    expect(await asking({ dimensions: [{ name: 'area', codes: ['q'] }] })).toEqual([
      'code_unknown questions[0].dimensions[0].codes[0]',
    ])
    expect(await asking({ dimensions: ['sex'], filter: { area: ['z'] } })).toEqual([
      'code_unknown questions[0].filter.area',
    ])
    expect(await asking({ dimensions: ['sex', 'sex'] })).toEqual(['dimension_twice questions[0].dimensions[1]'])
    expect(await asking({ dimensions: ['sex'], counts: [6, 15] })).toEqual(['wrong_form questions[0].cells'])
    const deliveries = ['2025', '2026'].map((release) => ({ release, dimensions: [sex], counts: [12, 30] }))
    expect(codesOf(await refused('sequence', { questions: deliveries, together: true }))).toEqual([
      'wrong_form together',
    ])
    const own = { dimensions: [sex, area], questions: [{ dimensions: [{ name: 'area', codes: ['a'] }], counts: [12] }] }
    expect(codesOf(await refused('sequence', own))).toEqual(['codes_do_not_cover questions[0].dimensions'])
  })

  it('ends every input in a document, whatever it is', async () => {
    const field = fc.constantFrom('dimensions', 'cells', 'counts', 'policy', 'missing', 'questions', 'persons', 'title')
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constant([sex]),
      fc.constant([[12, 30]]),
      fc.constant([12, 30]),
    )
    const names = fc.constantFrom('protect', 'attack', 'sequence', 'dry-run')
    await fc.assert(
      fc.asyncProperty(names, fc.dictionary(field, value), async (name, input) => {
        const { code, result } = await command(name, input)
        expect([0, 2, 3, 4]).toContain(code)
        expect(result).toHaveProperty('format')
      }),
      { seed: 11, numRuns: 150 },
    )
  })
})
